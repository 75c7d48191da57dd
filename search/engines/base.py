"""What must every engine be able to do? The protocol that the contract suite in tests/search/engines asks of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]
Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Analysed:
    """An article as engines see it: the features of each way to ask it, of the whole article, and of what it is not for."""

    questions: tuple[Counter[str], ...]
    body: Counter[str]
    not_for: tuple[Counter[str], ...] = ()


@dataclass(frozen=True)
class Term:
    """A feature to look for and how much it counts (1 for a word of the query, less for a synonym)."""

    text: str
    weight: float = 1.0


@dataclass(frozen=True)
class Ranked:
    """An article that matched (its number), its score, and which of its questions matched best (-1: none did)."""

    article: int
    score: float
    question: int
    question_score: float


@dataclass(frozen=True)
class Ranking:
    """``top``: the best ones, best first, ties by number. ``matched``: for every article, whether it matched at all.

    ideal: what the terms weigh together, those that no question holds counted as the rarest: the measure for scores.
    """

    top: list[Ranked]
    matched: Mask
    ideal: float

    @property
    def strength(self) -> float:
        """How much of what was asked the best article holds; 0 when nothing was found."""
        return self.top[0].score / self.ideal if self.top and self.ideal else 0.0


class Engine(Protocol):
    """A built index, opened for reading. Safe to share between threads and forked processes."""

    @classmethod
    def build(cls, folder: Path, articles: Iterable[Analysed]) -> None:
        """Write an index of ``articles``, numbered in their order, into ``folder``, which is new."""

    @classmethod
    def open(cls, folder: Path) -> Engine:
        """The index in ``folder``. Raises IndexMismatch when it is damaged or no index."""

    def rank(
        self, terms: Sequence[Term], limit: int, allowed: Mask | None = None, prior: Floats | None = None
    ) -> Ranking:
        """The best ``limit`` articles that hold at least one of ``terms`` (among ``allowed``, when given).

        prior: what each article's score is multiplied by. An article that ``terms`` match better by what it is not for
        than by its own questions comes after every other one.
        """
