"""What is /widget.js? The scripts of site/widget/ in one file, with its style sheet and what it has to know of the brand.

No bundler: the files are joined in order, comments and indents taken out. Sizes and colours are those tokens of the site that the
style sheet uses, in px: a rem would be the host page's.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

from articles.customer import human
from articles.look import Look, stylesheet
from articles.pages.library import Library

_SITE = Path(__file__).parent / "site"
_SOURCES = _SITE / "widget"
_TOKENS = _SITE / "theme" / "assets" / "tokens.css"
_SCRIPTS = ("dom.js", "api.js", "views.js", "panel.js")
_MOMENTS = 4
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_MEDIA = re.compile(r"@media[^{]*\{(?:[^{}]*\{[^{}]*\})*\s*\}")
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_REM = re.compile(r"(\d*\.?\d+)rem\b")
_LOOSE = re.compile(r"""(?P<text>"(?:\\.|[^"\\])*"|`[^`]*`)|\s*(?P<sign>[{}()\[\],;:=<>?&|!]+)\s*""")
_VAR = re.compile(r"var\(--([\w-]+)\)")
# The tokens' switches stand on <html>; the widget's stand on its own root, out of the host page's reach.
_WHERE = {
    ":root": ".kb",
    '[data-theme="dark"]': '.kb[data-theme="dark"]',
    '[data-mode="elder"]': '.kb[data-mode="elder"]',
    '[data-mode="elder"][data-theme="dark"]': '.kb[data-mode="elder"][data-theme="dark"]',
}


def widget_script(library: Library) -> str:
    """The whole script for the site of ``library``."""
    said = {"BRAND": _json(_brand(library)), "STYLE": _json(_style(library.config.brand.look))}
    lines = [
        "(()=>{",
        '"use strict";',
        "const script=document.currentScript||document.querySelector('script[src*=\"/widget.js\"]');",
        'const HOME=new URL(".",script.src).href;',
        *(f"const {name}={value};" for name, value in said.items()),
        *(_small((_SOURCES / name).read_text("utf-8")) for name in _SCRIPTS),
        "})();",
    ]
    return "\n".join(lines) + "\n"


def _brand(library: Library) -> dict[str, object]:
    """What the panel says before, and without, an answer of the API."""
    brand = library.config.brand
    reach = human(library.config)
    moments = [[m.title, m.text, m.article] for m in brand.home.moments if m.article in library.shown]
    return {
        "name": brand.name,
        "site": brand.site,
        "demo": brand.demo,
        "title": brand.home.title,
        "lead": library.config.fill(brand.home.lead),
        "placeholder": brand.home.placeholder,
        "hotline": reach.hotline,
        "hours": reach.hours,
        "ways": [[way.label, way.value] for way in reach.ways],
        "moments": moments[:_MOMENTS],
    }


def _small(script: str) -> str:
    """``script`` without its comments, which stand on lines of their own, and without spaces around signs; texts stay as they are."""
    lines = (line.strip() for line in script.splitlines())
    code = "\n".join(line for line in lines if not line.startswith(("//", "/**")))
    return _LOOSE.sub(lambda found: found["text"] or found["sign"], code).strip()


def _style(look: Look) -> str:
    """The style sheet after the tokens that it uses; one that no mode changes is written where it is used."""
    given = _tokens(look)
    light, *modes = given.values()
    fixed = {name: value for name, value in light.items() if not any(name in mode for mode in modes)}
    style = _VAR.sub(lambda var: fixed.get(var[1], var[0]), _squeezed((_SOURCES / "widget.css").read_text("utf-8")))
    used = set(_VAR.findall(style))
    while more := {n for values in given.values() for k in used for n in _VAR.findall(values.get(k, ""))} - used:
        used |= more
    rules = (
        f"{where}{{{';'.join(f'--{name}:{value}' for name, value in values.items() if name in used)}}}"
        for where, values in given.items()
    )
    return "".join(rules) + style


def _tokens(look: Look) -> Mapping[str, dict[str, str]]:
    """Where → name → value, with the brand's own colours."""
    text = _MEDIA.sub("", _COMMENT.sub("", _TOKENS.read_text("utf-8") + stylesheet(look, None)))
    found: dict[str, dict[str, str]] = {}
    for where, body in _RULE.findall(text):
        if where.strip() not in _WHERE:
            continue
        pairs = (line.split(":", 1) for line in body.split(";") if line.strip().startswith("--"))
        values = {name.strip()[2:]: _squeezed(_REM.sub(_px, value)) for name, value in pairs}
        found.setdefault(_WHERE[where.strip()], {}).update(values)
    return found


def _px(size: re.Match[str]) -> str:
    return f"{float(size[1]) * 16:g}px"


def _squeezed(css: str) -> str:
    """``css`` without comments and needless spaces."""
    plain = re.sub(r"\s+", " ", _COMMENT.sub("", css))
    return re.sub(r"\s*([{};,])\s*|(?<=[\w-]:) ", r"\1", plain).replace(";}", "}").strip()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
