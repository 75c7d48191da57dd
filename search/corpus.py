"""Which features does each text of each article hold? Kept as arrays, so that what has not changed is not cut again.

The texts of an article stand one after another: its questions, what it is not for, its body.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Bytes = NDArray[np.uint8]
_MOST = 255  # a feature that a text holds more often counts as held so often
_ARRAYS = ("feature", "count", "start", "kind", "first")


class TextKind(IntEnum):
    """What a text is to its article."""

    QUESTION = 0
    AGAINST = 1
    BODY = 2


@dataclass(frozen=True)
class Analysed:
    """An article as engines see it: the features of each way to ask it, of its text, and of what it is not for."""

    questions: tuple[Counter[str], ...]
    body: Counter[str]
    not_for: tuple[Counter[str], ...] = ()

    def texts(self) -> list[tuple[TextKind, Counter[str]]]:
        """Its texts in their order."""
        asked = [(TextKind.QUESTION, counts) for counts in self.questions]
        return [*asked, *((TextKind.AGAINST, counts) for counts in self.not_for), (TextKind.BODY, self.body)]


@dataclass(frozen=True)
class Corpus:
    """feature, count: what each text holds and how often, text after text. start: where each text begins in them.
    kind: what each text is. first: the first text of each article. start and first have one entry more, the end."""

    names: list[str]
    feature: Ints
    count: Bytes
    start: Longs
    kind: Bytes
    first: Longs

    @property
    def articles(self) -> int:
        return len(self.first) - 1

    @property
    def owner(self) -> Ints:
        """The article of each text."""
        return np.repeat(np.arange(self.articles, dtype=np.int32), np.diff(self.first))

    @property
    def text_of_entry(self) -> Ints:
        """The text of each entry of ``feature``."""
        return np.repeat(np.arange(len(self.kind), dtype=np.int32), np.diff(self.start))

    @classmethod
    def of(cls, articles: Iterable[Analysed]) -> Corpus:
        """The arrays of ``articles``, numbered in their order."""
        numbers: dict[str, int] = {}
        feature: list[int] = []
        count: list[int] = []
        start, first = [0], [0]
        kind: list[int] = []
        for article in articles:
            for what, counts in article.texts():
                feature += [numbers.setdefault(name, len(numbers)) for name in counts]
                count += [min(_MOST, n) for n in counts.values()]
                start.append(len(feature))
                kind.append(what)
            first.append(len(kind))
        return cls(
            names=list(numbers),
            feature=np.array(feature, dtype=np.int32),
            count=np.array(count, dtype=np.uint8),
            start=np.array(start, dtype=np.int64),
            kind=np.array(kind, dtype=np.uint8),
            first=np.array(first, dtype=np.int64),
        )

    @classmethod
    def joined(cls, parts: Sequence[Corpus], order: Sequence[tuple[int, int]]) -> Corpus:
        """A corpus of articles taken from ``parts``; order: for each of its articles, which part and which article there."""
        numbers: dict[str, int] = {}
        renamed = [
            np.array([numbers.setdefault(name, len(numbers)) for name in part.names], dtype=np.int32) for part in parts
        ]
        features = [new[part.feature] for part, new in zip(parts, renamed, strict=True)]
        feature, count, sizes, kind, texts = [], [], [], [], []
        for part_number, article in order:
            part = parts[part_number]
            a, b = int(part.first[article]), int(part.first[article + 1])
            feature.append(features[part_number][part.start[a] : part.start[b]])
            count.append(part.count[part.start[a] : part.start[b]])
            sizes.append(np.diff(part.start[a : b + 1]))
            kind.append(part.kind[a:b])
            texts.append(b - a)
        return cls(
            names=list(numbers),
            feature=np.concatenate([np.zeros(0, np.int32), *feature]),
            count=np.concatenate([np.zeros(0, np.uint8), *count]),
            start=np.concatenate([[0], np.cumsum(np.concatenate([np.zeros(0, np.int64), *sizes]))]).astype(np.int64),
            kind=np.concatenate([np.zeros(0, np.uint8), *kind]),
            first=np.concatenate([[0], np.cumsum(texts)]).astype(np.int64),
        )

    def without(self, texts: NDArray[np.bool_]) -> Corpus:
        """The same articles without the texts that are marked."""
        kept = ~texts
        sizes = np.diff(self.start)
        entries = np.repeat(kept, sizes)
        left = np.bincount(self.owner[kept], minlength=self.articles)
        return Corpus(
            names=self.names,
            feature=self.feature[entries],
            count=self.count[entries],
            start=np.concatenate([[0], np.cumsum(sizes[kept])]).astype(np.int64),
            kind=self.kind[kept],
            first=np.concatenate([[0], np.cumsum(left)]).astype(np.int64),
        )

    def save(self, folder: Path) -> None:
        """Write the arrays into ``folder``, which is there."""
        for name in _ARRAYS:
            np.save(folder / f"{name}.npy", getattr(self, name))
        (folder / "features.json").write_text(json.dumps(self.names, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> Corpus:
        """The corpus in ``folder``, mapped. Raises OSError or ValueError when a file is missing or damaged."""
        names: list[str] = json.loads((folder / "features.json").read_text("utf-8"))
        # Plain arrays over the mapped files: slices of numpy.memmap cost several times as much.
        arrays = [np.asarray(np.load(folder / f"{name}.npy", mmap_mode="r")) for name in _ARRAYS]
        return cls(names, *arrays)
