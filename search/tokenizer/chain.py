"""Which words does a text hold, and where? The whole analysis chain."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from search.tokenizer.segment import Segmenter
from search.tokenizer.stages import Traced, fold


@dataclass(frozen=True)
class Token:
    """A word: folded text, its stretch [start, end) of the original text, and whether it is a stop word."""

    text: str
    start: int
    end: int
    stop: bool = False


class Chain:
    """fold → cut → search-mode parts → stop words marked."""

    def __init__(self, segmenter: Segmenter, stop_words: Iterable[str] = ()) -> None:
        self.segmenter = segmenter
        self._stop = frozenset(stop_words)
        # A build looks at each text for several ends in turn.
        self.analyse = lru_cache(maxsize=128)(self._analyse)

    def is_stop(self, word: str) -> bool:
        """Whether ``word`` (folded) is a stop word."""
        return word in self._stop

    def segments(self, text: str) -> list[str]:
        """The folded text cut into segments, punctuation and spaces included; joined they equal the folded text."""
        return self.segmenter.cut(fold(text).text)

    def tokens(self, text: str) -> tuple[Token, ...]:
        """The words of ``text`` in order; the parts of a long word follow it."""
        return self.analyse(text)[1]

    def _analyse(self, text: str) -> tuple[Traced, tuple[Token, ...]]:
        """``text`` folded, and its words."""
        traced = fold(text)
        found: list[Token] = []
        position = 0
        for segment in self.segmenter.cut(traced.text):
            if any(c.isalnum() for c in segment):
                found.append(self._token(traced, position, segment))
                found += [
                    self._token(traced, position + offset, part) for offset, part in self.segmenter.parts(segment)
                ]
            position += len(segment)
        return traced, tuple(found)

    def _token(self, traced: Traced, position: int, text: str) -> Token:
        start, end = traced.span(position, position + len(text))
        return Token(text, start, end, self.is_stop(text))
