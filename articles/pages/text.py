"""How does text become HTML? Everything is escaped by construction: only ``Markup`` passes as it is."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from markupsafe import Markup, escape

_CLAUSE = re.compile(r"[^，；：。？！]*[，；：。？！]+[”’」』）*]*|[^，；：。？！]+")
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_SPACED = re.compile(r"(?<=\d) (?=[\u4e00-\u9fff])")
_PIECES = re.compile(r"(<a\b.*?</a>|<[^>]*>)", re.DOTALL)
_EMERGENCY = r"(?<=[拨打])( ?)(110|119|120|122)(?![\d.]| ?[元天日月年万次])"


def h(template: str, *values: object, **named: object) -> Markup:
    """``template`` with the values put in, each escaped unless it is Markup. Templates are literals of ours."""
    return Markup(template).format(*values, **named)


def join(parts: Iterable[Markup], between: str = "") -> Markup:
    """The parts one after the other."""
    return Markup(between).join(parts)


def clauses(text: str) -> Markup:
    """``text`` with its clauses marked, so that lines break after a comma first; a number keeps to its unit."""
    parts = _CLAUSE.findall(_SPACED.sub("\u00a0", text))
    if len(parts) < 2:
        return escape("".join(parts))
    return join(h('<span class="c">{}</span>', part) for part in parts)


def bold(text: str) -> Markup:
    """Brand text, where ``**word**`` is the only mark-up."""
    return Markup(_BOLD.sub(r"<b>\1</b>", str(escape(text))))


def bold_clauses(text: str) -> Markup:
    """Brand text with its clauses marked, unless a bold stretch runs over several of them."""
    parts = _CLAUSE.findall(text)
    if any(part.count("**") % 2 for part in parts):
        return bold(text)
    return join(h('<span class="c">{}</span>', bold(part)) for part in parts)


def tel_href(number: str) -> str:
    """The address that dials ``number``."""
    return "tel:" + re.sub(r"[^\d+]", "", number)


class Phones:
    """Makes telephone numbers in text ready to be tapped: those of the brand, and 110, 119, 120, 122 after 拨 or 打."""

    def __init__(self, numbers: Collection[str]) -> None:
        known = sorted((re.escape(n) for n in numbers if len(n) > 3), key=len, reverse=True)
        self._brand = re.compile(rf"(?<![\d.-])({'|'.join(known)})(?![\d-])") if known else None
        self._short = re.compile(_EMERGENCY)

    def linked(self, html: Markup) -> Markup:
        """``html`` with its numbers as links; numbers inside tags and links stay as they are."""
        pieces = _PIECES.split(str(html))
        pieces[::2] = [self._link(piece) for piece in pieces[::2]]
        return Markup("".join(pieces))

    def _link(self, text: str) -> str:
        if not any(c.isdigit() for c in text):
            return text
        if self._brand:
            text = self._brand.sub(lambda m: self._dial(m[1]), text)
        return self._short.sub(lambda m: m[1] + self._dial(m[2]), text)

    @staticmethod
    def _dial(number: str) -> str:
        return str(h('<a class="tel" href="{}">{}</a>', tel_href(number), number))
