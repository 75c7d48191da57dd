"""Can an insurer's own look be read, is it made into rules, and is a logo that does more than draw refused?"""

from __future__ import annotations

import re
import struct
from pathlib import Path

import pytest

from articles.checking import check, load_checked
from articles.logo import BadLogo, logo_ratio
from articles.look import ELDER_GROUNDS, GROUNDS, Colours, Look, Palette, contrast, stylesheet, too_pale
from core.paths import Root
from publishing.mkdocs_build import build_site
from tests.conftest import REPOSITORY

BLUE = 'look:\n  colours:\n    light: { brand: "#0b5cad" }\n    dark: { brand: "#1d64b4", text: "#8fc1ff" }\n'
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20">{}</svg>'
TOKENS = (REPOSITORY / "publishing/site/theme/assets/tokens.css").read_text("utf-8")


def with_look(root: Root, text: str) -> Root:
    brand = root.config / "brand.yml"
    brand.write_text(brand.read_text("utf-8") + text, "utf-8")
    return root


def said(root: Root) -> list[str]:
    return [str(p) for p in check(root)[1] if p.level == "error"]


def block(css: str, selector: str) -> dict[str, str]:
    found = re.search(
        r"(?:^|\})\s*" + re.escape(selector) + r"\s*\{(.*?)\}", re.sub(r"(?s)/\*.*?\*/", "", css), re.DOTALL
    )
    assert found, selector
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", found[1]))


def test_the_grounds_are_those_of_the_tokens() -> None:
    for selector, grounds in (
        (":root", GROUNDS["light"]),
        ('[data-theme="dark"]', GROUNDS["dark"]),
        ('[data-mode="elder"]', ELDER_GROUNDS["light"]),
        ('[data-mode="elder"][data-theme="dark"]', ELDER_GROUNDS["dark"]),
    ):
        tokens = block(TOKENS, selector)
        assert (tokens["paper"], tokens["sheet"]) == grounds, selector


def test_ratios_are_those_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)
    assert contrast("#ffffff", "#777777") == contrast("#777777", "#ffffff")


def test_another_insurer_has_its_colours_its_logo_and_its_size(good: Root) -> None:
    (good.config / "our-logo.svg").write_text(SVG.format('<path d="M0 0h40v20H0z" fill="#0b5cad"/>'), "utf-8")
    with_look(good, BLUE + "  logo: our-logo.svg\n  scale: 1.1\n  name_size: 1.3\n")
    assert said(good) == []
    site = good.path.parent / "site"
    build_site(load_checked(good), site)
    css = next(site.glob("assets/*/brand.css")).read_text("utf-8")
    assert block(css, ":root") == {
        "brand": "#0b5cad",
        "brand-on": "#ffffff",
        "brand-key": "#9dbede",
        "brand-text": "#0b5cad",
    }
    assert block(css, '[data-theme="dark"]')["brand-text"] == "#8fc1ff"
    assert "font-size: 110%" in css
    assert "--brand-name-size: 1.3rem" in css
    assert "aspect-ratio: 2.000" in css
    assert set(re.findall(r"(--[\w-]+):", css)) <= {f"--brand{n}" for n in ("", "-on", "-key", "-text", "-name-size")}
    home = (site / "index.html").read_text("utf-8")
    assert home.index("tokens.css") < home.index("site.css") < home.index("brand.css")
    assert '<img class="mark-logo" src="assets/brand/our-logo.svg" alt="">' in home
    assert 'class="mark-slip"' not in home
    assert (site / "assets/brand/our-logo.svg").is_file()


def test_nothing_set_makes_nothing(good: Root) -> None:
    site = good.path.parent / "site"
    build_site(load_checked(good), site)
    assert not list(site.rglob("brand.css"))
    home = (site / "index.html").read_text("utf-8")
    assert "brand.css" not in home
    assert 'class="mark-slip"' in home


@pytest.mark.parametrize("brand", ["#0b5cad", "#c2171d", "#ffcc00", "#000000"])
def test_elders_get_the_same_colours_with_more_contrast(brand: str) -> None:
    on = "#000000" if contrast("#000000", brand) > contrast("#ffffff", brand) else "#ffffff"
    palette = Palette(brand=brand, on=on)
    css = stylesheet(Look(colours=Colours(light=palette, dark=palette)), None)
    for selector, mode in (('[data-mode="elder"]', "light"), ('[data-mode="elder"][data-theme="dark"]', "dark")):
        made = block(css, selector)
        assert contrast(made["brand-on"], made["brand"]) >= 7
        assert min(contrast(made["brand-text"], ground) for ground in ELDER_GROUNDS[mode]) >= 7


@pytest.mark.parametrize(
    ("light", "dark", "told"),
    [
        ('brand: "#ff8a00"', 'brand: "#1d64b4", text: "#8fc1ff"',
         ["brand.yml:23: K720 look 的浅色配色看不清：#ffffff 在 #ff8a00 上，对比度 2.36",
          "#ff8a00 在 #f2f6f7 上，对比度 2.1"]),
        ('brand: "#0b5cad", on: "#5588bb"', 'brand: "#1d64b4", text: "#8fc1ff"',
         ["K720 look 的浅色配色看不清：#5588bb 在 #0b5cad 上，对比度 1."]),
        ('brand: "#0b5cad"', 'brand: "#1d64b4"', ["brand.yml:24: K720 look 的深色配色看不清：#1d64b4 在 #172328 上，对比度 2."]),
    ],
)  # fmt: skip
def test_a_colour_that_is_too_pale_is_refused_with_its_ratio(
    good: Root, light: str, dark: str, told: list[str]
) -> None:
    with_look(good, f"look:\n  colours:\n    light: {{ {light} }}\n    dark: {{ {dark} }}\n")
    found = said(good)
    assert len(found) == len(told), found
    for text in told:
        assert any(text in line for line in found), found
    assert all("至少要 4.5" in line for line in found)


def test_a_ratio_is_never_rounded_up_to_what_it_does_not_reach() -> None:
    just_short = Look(colours=Colours(light=Palette(brand="#777777"), dark=Palette(brand="#777777", text="#ffffff")))
    assert all(pale.measured < 4.5 for pale in too_pale(just_short))
    assert len(list(too_pale(just_short))) == 3


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("look: { colours: { light: { brand: red }, dark: { brand: '#111111' } } }", "“look.colours.light.brand”的值不对：red 的写法不对"),
        ("look: { colours: { light: { brand: '#111111' } } }", "缺少字段“look.colours.dark”"),
        ("look: { colours: { light: { paper: '#111111' } } }", "没有“look.colours.light.paper”这个字段"),
        ("look: { scale: 3 }", "应当不大于 1.25"),
        ("look: { scale: 0.5 }", "应当是数字，且不小于 1"),
        ("look: { scale: big }", "应当是数字"),
        ("look: { logo: ../secret.svg }", "../secret.svg 的写法不对"),
        ("look: { logo: logo.gif }", "logo.gif 的写法不对"),
        ("look: { logo: none.svg }", "K721 site_config/ 里没有标志图片“none.svg”"),
    ],
)  # fmt: skip
def test_what_is_not_a_look_is_told(good: Root, text: str, told: str) -> None:
    found = said(with_look(good, text + "\n"))
    assert any(told in line for line in found), found


@pytest.mark.parametrize(
    ("drawing", "told"),
    [
        ("<script>alert(1)</script>", "不能有 <script>"),
        ('<script xmlns="http://www.w3.org/1999/xhtml">alert(1)</script>', "不能有 <script>"),
        ('<path d="M0 0" onload="alert(1)"/>', "有脚本（onload）"),
        ('<a href="javascript:alert(1)"><path d="M0 0"/></a>', "不能有 <a>"),
        ('<image href="https://evil.example/x.png"/>', "不能有 <image>"),
        ('<use href="https://evil.example/x.svg#a"/>', "引用了别处的内容"),
        ('<use xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="data:image/svg+xml,x"/>', "引用了别处的内容"),
        ('<rect fill="url(https://evil.example/x.svg#a)"/>', "引用了别处的内容"),
        ("<rect style=\"fill:url( 'https://evil.example/#a')\"/>", "引用了别处的内容"),
        ("<style>@import '//evil.example/x.css';</style>", "样式引用了别处的内容"),
        ("<style>rect{fill:u\\72l(//evil.example)}</style>", "样式引用了别处的内容"),
        ("<foreignObject><p/></foreignObject>", "不能有 <foreignObject>"),
        ('<animate attributeName="href" to="javascript:alert(1)"/>', "不能有 <animate>"),
    ],
)  # fmt: skip
def test_a_drawing_that_does_more_than_draw_is_refused(tmp_path: Path, drawing: str, told: str) -> None:
    logo = tmp_path / "logo.svg"
    logo.write_text(SVG.format(drawing), "utf-8")
    with pytest.raises(BadLogo, match=re.escape(told)):
        logo_ratio(logo)


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"<svg", "不是可以用的 SVG"),
        (b"<html/>", "不是 SVG"),
        (b'<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>', "不是可以用的 SVG"),
        (b'<?xml-stylesheet href="//x"?><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>', "别处的样式"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "宽高比"),
        (b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 1"/>', "宽高比"),
        (SVG.format(" " * 40_000).encode(), "超过 32 KB"),
    ],
)
def test_what_is_no_small_drawing_is_refused(tmp_path: Path, raw: bytes, told: str) -> None:
    logo = tmp_path / "logo.svg"
    logo.write_bytes(raw)
    with pytest.raises(BadLogo, match=told):
        logo_ratio(logo)


def test_ordinary_drawings_and_pictures_pass(tmp_path: Path) -> None:
    drawing = tmp_path / "logo.svg"
    inside = '<defs><linearGradient id="a"/></defs><style>.b{fill:url(#a)}</style><rect class="b" fill="url(\'#a\')"/>'
    drawing.write_text(SVG.format(inside), "utf-8")
    assert logo_ratio(drawing) == 2
    picture = tmp_path / "logo.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sIIBBBBBI", 13, b"IHDR", 90, 30, 8, 6, 0, 0, 0, 0))
    assert logo_ratio(picture) == 3
    picture.write_bytes(b"GIF89a" + bytes(40))
    with pytest.raises(BadLogo, match="不是 PNG"):
        logo_ratio(picture)
