"""Is the logo fit for every page? A small SVG or PNG that runs nothing and asks nothing of other hosts."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

LARGEST = 32 * 1024
_WIDEST = 6.0
_SVG = "{http://www.w3.org/2000/svg}"
_PNG = b"\x89PNG\r\n\x1a\n"
# Drawing only: no script, no animation, no foreignObject, no image, no link.
_ELEMENTS = {
    *("svg", "g", "defs", "use", "symbol", "title", "desc", "style", "clipPath", "mask", "pattern"),
    *("path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan"),
    *("linearGradient", "radialGradient", "stop"),
}
_FOREIGN = re.compile(r"url\(\s*[\"']?(?!\s*[\"']?#)|@import|expression\s*\(|\\", re.IGNORECASE)
_LENGTH = re.compile(r"^\s*([\d.]+)\s*(?:px)?\s*$")


class BadLogo(Exception):
    """What is wrong with a logo: a sentence and the fix, in Chinese."""

    def __init__(self, message: str, fix: str) -> None:
        super().__init__(message)
        self.message, self.fix = message, fix


def logo_ratio(path: Path) -> float:
    """Width by height of the logo at ``path``. Raises BadLogo when it may not stand on a page."""
    if path.is_symlink() or not path.is_file():
        raise BadLogo(f"site_config/ 里没有标志图片“{path.name}”", "把图片放进去，或删掉 look 里的 logo")
    if path.stat().st_size > LARGEST:
        size = path.stat().st_size / 1024
        raise BadLogo(f"标志图片“{path.name}”有 {size:.0f} KB，超过 {LARGEST // 1024} KB", "压缩或简化后再放")
    raw = path.read_bytes()
    width, height = _png_size(raw, path.name) if path.suffix == ".png" else _svg_size(raw, path.name)
    if not (width > 0 and height > 0 and 1 / _WIDEST <= width / height <= _WIDEST):
        raise BadLogo(f"标志图片“{path.name}”的宽高比不合适", f"宽和高相差不超过 {_WIDEST:g} 倍，SVG 要有 viewBox")
    return width / height


def _png_size(raw: bytes, name: str) -> tuple[float, float]:
    if not raw.startswith(_PNG) or raw[12:16] != b"IHDR" or len(raw) < 33:
        raise BadLogo(f"标志图片“{name}”不是 PNG", "另存为 PNG 或 SVG")
    return int.from_bytes(raw[16:20], "big"), int.from_bytes(raw[20:24], "big")


def _svg_size(raw: bytes, name: str) -> tuple[float, float]:
    try:
        root: Element = fromstring(raw, forbid_dtd=True)
    except (DefusedXmlException, ParseError, ValueError, LookupError) as error:
        raise BadLogo(f"标志图片“{name}”不是可以用的 SVG", "另存为不带 DOCTYPE 和实体的 SVG") from error
    if root.tag != f"{_SVG}svg":
        raise BadLogo(f"标志图片“{name}”不是 SVG", "最外层写 <svg xmlns=…>")
    if b"<?xml-stylesheet" in raw:
        raise BadLogo(f"标志图片“{name}”引用了别处的样式", "删掉 xml-stylesheet 这一行")
    for element in root.iter():
        _refuse_active(element, name)
    return _size(root)


def _refuse_active(element: Element, name: str) -> None:
    """Raises BadLogo for an element that does more than draw."""
    local = element.tag.removeprefix(_SVG)
    if local not in _ELEMENTS or local == element.tag:
        raise BadLogo(f"标志图片“{name}”里不能有 <{local.rpartition('}')[2]}>", "标志里只留图形，另存为纯 SVG")
    for key, value in element.attrib.items():
        plain = key.rpartition("}")[2].lower()
        if plain.startswith("on"):
            raise BadLogo(f"标志图片“{name}”里有脚本（{plain}）", "删掉脚本，另存为纯 SVG")
        if (plain in {"href", "src"} and not value.strip().startswith("#")) or _FOREIGN.search(value):
            raise BadLogo(f"标志图片“{name}”引用了别处的内容：{value[:40]}", "标志里只能引用自己的图形（#…）")
    if local == "style" and _FOREIGN.search("".join(element.itertext())):
        raise BadLogo(f"标志图片“{name}”的样式引用了别处的内容", "删掉 url(…) 和 @import")


def _size(root: Element) -> tuple[float, float]:
    """From the viewBox, else from width and height; (0, 0) for neither."""
    box = root.get("viewBox", "").replace(",", " ").split()
    try:
        if len(box) == 4:
            return float(box[2]), float(box[3])
        found = [_LENGTH.match(root.get(side, "")) for side in ("width", "height")]
        width, height = (float(match[1]) if match else 0.0 for match in found)
    except ValueError:
        return 0.0, 0.0
    return width, height
