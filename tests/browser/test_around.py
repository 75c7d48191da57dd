"""Does what stands around the pages hold: how to complain in one tap, the notices for everybody, another insurer's look at any width?"""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from articles.checking import load_checked
from core.paths import Root
from publishing.mkdocs_build import build_site
from tests.browser.conftest import Site
from tests.browser.looks import FITS, MODES, SET, axe, on_both

LOOK = """look:
  colours:
    light: { brand: "#0b5cad" }
    dark: { brand: "#1d64b4", text: "#8fc1ff" }
  logo: logo.svg
  scale: 1.25
  name_size: 1.4
"""


@on_both
@pytest.mark.parametrize("path", ["/", "/claims/claim-progress/", "/questions/", "/privacy/", "/no/such/page/"])
def test_telephone_address_and_process_are_one_tap_away(page: Page, site: Site, path: str) -> None:
    page.goto(site.url + path)
    page.locator("a[href='#complain'] >> visible=true").first.click()
    for what in ("#complain .foot-tel", "#complain dd:has-text('客户权益部')", "#complain .foot-way li >> nth=0"):
        expect(page.locator(what)).to_be_in_viewport()
    assert page.locator("#complain .foot-tel").get_attribute("href") == "tel:95518"


@on_both
@pytest.mark.parametrize("path", ["/privacy/", "/offline/"])
def test_the_notices_are_for_everybody(page: Page, site: Site, path: str) -> None:
    page.goto(site.url + path, wait_until="networkidle")
    axe(page)


@pytest.mark.parametrize("width", [320, 768, 960, 1088, 1200])
def test_the_header_has_room_for_everything(page: Page, site: Site, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    for path in ("/", "/claims/"):
        page.goto(site.url + path)
        for mode in MODES[::2]:
            page.evaluate(SET, mode)
            assert page.evaluate(FITS), (path, mode)
            assert page.locator(".top-in").evaluate("e => e.scrollWidth <= e.clientWidth + 1"), (path, mode)


@pytest.mark.parametrize("width", [360, 1366])
def test_another_insurers_look_is_there_and_fits(page: Page, good: Root, width: int) -> None:
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 30"><path d="M0 0h90v30H0z" fill="#0b5cad"/></svg>'
    )
    (good.config / "logo.svg").write_text(drawing, "utf-8")
    brand = good.config / "brand.yml"
    brand.write_text(brand.read_text("utf-8") + LOOK, "utf-8")
    folder: Path = good.path.parent / "site"
    build_site(load_checked(good), folder)
    page.set_viewport_size({"width": width, "height": 740})
    for path in ("index.html", "claims/index.html", "claims/first-steps/index.html"):
        page.goto(f"file://{folder}/{path}")
        assert page.locator(".mark-logo").evaluate("e => e.naturalWidth && Math.round(e.width / e.height)") == 3
        assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "20px"
        for mode in MODES:
            page.evaluate(SET, mode)
            assert page.evaluate(FITS), (path, mode)
    page.evaluate(SET, {})
    assert page.locator(".slip").first.evaluate("e => getComputedStyle(e).backgroundColor") == "rgb(11, 92, 173)"
    page.evaluate(SET, {"mode": "elder"})
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "16px"
    assert page.locator(".slip").first.evaluate("e => getComputedStyle(e).backgroundColor") != "rgb(194, 23, 29)"
