"""How is a text made plain before the rules read it? Character for character, so that each place leads back to the original.

What is masked already, and what a pass has found, stands as one character that no rule reads: a text and its masked form
look the same to the rules, so masking twice changes nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from core.chinese import simplified
from core.masking.found import LABELS, Found

_KINDS = tuple(LABELS)
_MASKED = re.compile("|".join(re.escape(label) for label in LABELS.values()))
_FIRST = 0xE000  # private use: what a customer types there becomes a space
_BY_LABEL = {label: chr(_FIRST + place) for place, label in enumerate(LABELS.values())}
_DASHES = "‐‑‒–—―−﹣－ー─"
_DOTS = "•∙・‧●⋅･"
_BEFORE_HAN = 0x2E80
_FORMS_CACHED = 50_000


def barrier(kind: str) -> str:
    """The character that stands for a stretch of this kind that is found or masked."""
    return chr(_FIRST + _KINDS.index(kind))


BARRIERS = f"{chr(_FIRST)}-{chr(_FIRST + len(_KINDS) - 1)}"
NUMBERS = "".join(barrier(kind) for kind in ("id-card", "phone", "bank-card", "plate"))


@dataclass(frozen=True)
class Folded:
    """A text as the rules read it; character i comes from [starts[i], ends[i]) of the original."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> Folded:
        """Half width, upper case, simplified; without marks and invisible characters; masked stretches as barriers."""
        forms = list(map(_form, text))
        if all(forms):  # nothing falls away, as in nearly every text
            return cls("".join(forms), tuple(range(len(forms))), tuple(range(1, len(forms) + 1)))._masked()
        plain: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        for place, form in enumerate(forms):
            if form:
                plain.append(form)
                starts.append(place)
                ends.append(place + 1)
            elif ends:  # a mark belongs to the character that it stands on
                ends[-1] = place + 1
        return cls("".join(plain), tuple(starts), tuple(ends))._masked()

    def _masked(self) -> Folded:
        return self._cut((*match.span(), _BY_LABEL[match[0]]) for match in _MASKED.finditer(self.text))

    def without(self, found: Iterable[Found]) -> Folded:
        """With a barrier in the place of each of ``found`` (places in this text, in order, apart from each other)."""
        return self._cut((each.start, each.end, barrier(each.kind)) for each in found)

    def original(self, found: Found) -> Found:
        """``found`` in this text, told in places of the original."""
        return Found(found.kind, self.starts[found.start], self.ends[found.end - 1])

    def _cut(self, stretches: Iterable[tuple[int, int, str]]) -> Folded:
        text: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        done = 0
        for start, end, char in stretches:
            text += self.text[done:start], char
            starts += *self.starts[done:start], self.starts[start]
            ends += *self.ends[done:start], self.ends[end - 1]
            done = end
        if not done:
            return self
        return Folded("".join(text) + self.text[done:], (*starts, *self.starts[done:]), (*ends, *self.ends[done:]))


@lru_cache(_FORMS_CACHED)
def _form(char: str) -> str:
    """One character or none: a rule about one character must not depend on its neighbours."""
    if char == "\n":
        return char
    if unicodedata.category(char) in ("Cf", "Mn", "Me"):
        return ""
    if char in _DASHES:
        return "-"
    if char in _DOTS:
        return "·"
    plain = unicodedata.normalize("NFKC", char)
    char = plain if len(plain) == 1 else char
    if unicodedata.category(char) == "Nd":
        return str(unicodedata.decimal(char))
    if not char.isprintable() or char.isspace():
        return " "
    if char.isascii():
        return char.upper()
    if ord(char) >= _BEFORE_HAN:
        plain = simplified(char)
        return plain if len(plain) == 1 else char
    return char
