"""Does the widget wear the brand's colours, and stay small?"""

from __future__ import annotations

from datetime import date

from articles.loading import load
from articles.pages import Library
from core.paths import Root
from publishing.widget import widget_script

LOOK = """
look:
  colours:
    light: { brand: "#0b5d3b", text: "#0b5d3b" }
    dark: { brand: "#0b5d3b", text: "#7fe0b0" }
"""


def script(root: Root) -> str:
    return widget_script(Library.of(load(root), date(2026, 11, 25)))


def test_the_brand_has_its_own_colours(good: Root) -> None:
    usual = script(good)
    brand = good.config / "brand.yml"
    brand.write_text(brand.read_text("utf-8") + LOOK, "utf-8")
    own = script(good)
    assert "#0b5d3b" not in usual
    assert "#0b5d3b" in own
    assert len(own.encode()) < 20_000
