"""How is a text made comparable before it is cut? An ordered list of small stages that keep track of where each character came from."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from core.chinese import simplified
from search.tokenizer.numerals import Numeral, numerals


@dataclass(frozen=True)
class Traced:
    """A text, and for each of its characters the index of the original character that it came from."""

    text: str
    origin: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> Traced:
        return cls(text, tuple(range(len(text))))

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the original behind [start, end) of this text."""
        return self.origin[start], self.origin[end - 1] + 1


Stage = Callable[[Traced], Traced]


def _each(traced: Traced, change: Callable[[str], str]) -> Traced:
    """``change`` applied to every character; one that grows keeps its one origin."""
    text: list[str] = []
    origin: list[int] = []
    for char, source in zip(traced.text, traced.origin, strict=True):
        new = change(char)
        text.append(new)
        origin.extend([source] * len(new))
    return Traced("".join(text), tuple(origin))


def clean(traced: Traced) -> Traced:
    """Control characters and lone surrogates become spaces: no later stage has to fear them."""
    if traced.text.isprintable():
        return traced
    return Traced("".join(c if c.isprintable() else " " for c in traced.text), traced.origin)


def width(traced: Traced) -> Traced:
    """Full width, half width and other compatibility forms become the ordinary one (NFKC, UAX #15)."""
    if unicodedata.is_normalized("NFKC", traced.text):
        return traced
    return _each(traced, lambda c: unicodedata.normalize("NFKC", c))


def case(traced: Traced) -> Traced:
    """Letters become lower case."""
    return traced if traced.text == traced.text.lower() else _each(traced, str.lower)


def simplify(traced: Traced) -> Traced:
    """Traditional characters become simplified ones (OpenCC t2s)."""
    if any(
        "\ud800" <= c <= "\udfff" for c in traced.text
    ):  # no UTF-8, which OpenCC works on; ``clean`` takes them away
        return traced
    text = simplified(traced.text)
    if len(text) == len(traced.text):
        return Traced(text, traced.origin)
    return _each(traced, simplified)


def count(traced: Traced) -> Traced:
    """Chinese numerals that count something become digits (三十天 → 30天), spread over the characters of the numeral."""
    text: list[str] = []
    origin: list[int] = []
    done = 0
    for numeral in numerals(traced.text):
        text += traced.text[done : numeral.start], numeral.digits
        origin += traced.origin[done : numeral.start]
        origin += [traced.origin[place] for place in _spread(numeral)]
        done = numeral.end
    if not done:
        return traced
    return Traced("".join(text) + traced.text[done:], (*origin, *traced.origin[done:]))


def _spread(numeral: Numeral) -> list[int]:
    """A place in the numeral for each digit, the first and the last one at its ends; a % stands with the last."""
    digits = numeral.digits.removesuffix("%")
    last = numeral.end - 1
    steps = max(1, len(digits) - 1)
    places = [numeral.first + (last - numeral.first) * step // steps for step in range(len(digits))]
    return places + [last] * (len(numeral.digits) - len(digits))


# Each character as it was typed, only in its ordinary form; then numbers too.
SPELLING: tuple[Stage, ...] = (clean, width, clean, case, simplify)
STAGES: tuple[Stage, ...] = (*SPELLING, count)


def fold(text: str, stages: tuple[Stage, ...] = STAGES) -> Traced:
    """``text`` after every stage."""
    traced = Traced.of(text)
    for stage in stages:
        traced = stage(traced)
    return traced
