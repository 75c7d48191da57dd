"""Is a page for everybody: at both sizes, light and dark, as drawn and for the elderly, with nothing for axe-core to find?"""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize

SIZES: dict[str, ViewportSize] = {
    "desktop": {"width": 1366, "height": 768},
    "phone": {"width": 360, "height": 740},
}
MODES: list[dict[str, str]] = [{}, {"theme": "dark"}, {"mode": "elder"}, {"theme": "dark", "mode": "elder"}]
SET = "m => { const d = document.documentElement.dataset; delete d.theme; delete d.mode; Object.assign(d, m); }"
FITS = "document.documentElement.scrollWidth <= window.innerWidth"

# A test of behaviour runs once: on a phone, as most customers do. What is looked at, or is an agent's, says otherwise.
on_both = pytest.mark.parametrize("page", list(SIZES), indirect=True)
on_a_desktop = pytest.mark.parametrize("page", ["desktop"], indirect=True)


def axe(page: Page) -> None:
    """axe-core finds nothing in any mode, and nothing is wider than the window."""
    page.emulate_media(reduced_motion="reduce")  # or colours on their way from mode to mode would be measured
    for mode in MODES:
        page.evaluate(SET, mode)
        result = Axe().run(page)
        assert result.response["violations"] == [], f"{mode}: {result.generate_report()}"
        assert page.evaluate(FITS), mode
    page.evaluate(SET, {})
