"""What may somebody who has typed this far be about to ask? Prefixes of words in 标准问 and 相似问: as they are written, in
pinyin (``tuibao``) and by first letters (``tb``).

The beginnings lie in one sorted array that is mapped into memory, so that a million of them cost no memory and a search for a
prefix is two binary searches.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import IntEnum
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from search.tokenizer.stages import SPELLING, fold

# Bytes of a beginning that count: twelve Han characters, or 36 letters of pinyin.
_LONGEST = 36
# An input method puts spaces or apostrophes between the syllables of what is being typed.
_LATIN = re.compile(r"[a-z0-9 '’]+")
_BETWEEN = re.compile(r"[ '’]")
_NAMES = ("text", "way", "article", "question")


class Way(IntEnum):
    """How the beginning of a question is typed, the surest first."""

    TEXT = 0
    PINYIN = 1
    INITIALS = 2


# What a question reads like from the start of one of its words on, in which way, the number of its article, its own there.
Beginning = tuple[str, int, int, int]


class Beginnings:
    """Every beginning of every question, sorted; each with its way, the number of its article, and its own there."""

    def __init__(
        self,
        text: NDArray[np.bytes_],
        way: NDArray[np.uint8],
        article: NDArray[np.int32],
        question: NDArray[np.uint16],
    ) -> None:
        self.text, self.way, self.article, self.question = text, way, article, question

    @classmethod
    def of(cls, rows: Iterable[Beginning]) -> Beginnings:
        """Those of ``rows``, sorted."""
        encoded = {(text.encode()[:_LONGEST], way, article, question) for text, way, article, question in rows}
        columns = list(zip(*sorted(encoded), strict=True)) or [()] * len(_NAMES)
        return cls(
            np.array(columns[0], dtype=f"S{_LONGEST}"),
            np.array(columns[1], dtype=np.uint8),
            np.array(columns[2], dtype=np.int32),
            np.array(columns[3], dtype=np.uint16),
        )

    def renumbered(self, numbers: NDArray[np.int32]) -> Beginnings:
        """Those of the articles that are kept, under their new numbers; numbers: old → new (-1: not kept)."""
        article = numbers[self.article]
        kept = article >= 0
        return Beginnings(self.text[kept], self.way[kept], article[kept], self.question[kept])

    @classmethod
    def merged(cls, parts: Sequence[Beginnings]) -> Beginnings:
        """All of ``parts``, sorted."""
        columns = [np.concatenate([getattr(part, name) for part in parts]) for name in _NAMES]
        order = columns[0].argsort(kind="stable")
        return cls(*(column[order] for column in columns))

    def save(self, folder: Path) -> None:
        """Write suggest-*.npy into ``folder``."""
        for name in _NAMES:
            np.save(folder / f"suggest-{name}.npy", getattr(self, name))

    @classmethod
    def load(cls, folder: Path) -> Beginnings:
        """Those in ``folder``, mapped. Raises OSError or ValueError when a file is missing or damaged."""
        return cls(*(np.asarray(np.load(folder / f"suggest-{name}.npy", mmap_mode="r")) for name in _NAMES))

    def matching(self, typed: str) -> list[tuple[int, int]]:
        """(article, question) of those that hold a word, or words, beginning with ``typed``; each once, those written so
        before those that only sound so or have such first letters, and 标准问 first among each."""
        spans = []
        for prefix in _prefixes(typed):
            wanted = prefix.encode("utf-8", "replace")[:_LONGEST]
            after = wanted + b"\xff" * (_LONGEST - len(wanted) + 1)
            spans.append(np.arange(*np.searchsorted(self.text, np.array([wanted, after], dtype=f"S{_LONGEST + 1}"))))
        if not spans:
            return []
        found = np.concatenate(spans)
        order = np.lexsort((np.arange(len(found)), self.question[found] > 0, self.way[found]))
        found = found[order]
        return list(dict.fromkeys(zip(self.article[found].tolist(), self.question[found].tolist(), strict=True)))


def _prefixes(typed: str) -> list[str]:
    """What to look for: the text with numbers as they are typed and in digits, Latin letters also without what stands between."""
    read = [fold(typed).text.strip(), fold(typed, SPELLING).text.strip()]
    read += [_BETWEEN.sub("", text) for text in read if _LATIN.fullmatch(text)]
    return [prefix for prefix in dict.fromkeys(read) if prefix]
