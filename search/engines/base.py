"""What must every engine be able to do? The protocol that the contract suite in tests/search/engines asks of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from search.corpus import Corpus

Mask = NDArray[np.bool_]
Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Term:
    """A feature to look for and how much it counts (1 for a word of the query, less for a synonym).

    instead_of: the word of the query that this one, a synonym, stands for; empty for what was asked itself.
    """

    text: str
    weight: float = 1.0
    instead_of: str = ""


@dataclass(frozen=True)
class Ranked:
    """An article that matched (its number), its score, and which of its questions matched best (-1: none did)."""

    article: int
    score: float
    question: int
    question_score: float


@dataclass(frozen=True)
class Part:
    """What one term gives to the score of one article: by the question that matched best, and by all questions together and
    the text. rarity: how much the term tells at all, whether the article holds it or not."""

    term: Term
    rarity: float
    question: float
    article: float

    @property
    def held(self) -> bool:
        return self.question > 0 or self.article > 0


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
    def build(cls, folder: Path, corpus: Corpus) -> None:
        """Write an index of ``corpus`` into ``folder``, which is new."""

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

    def parts(self, ranked: Ranked, terms: Sequence[Term]) -> list[Part]:
        """What each of ``terms`` gives to the score of ``ranked``; without a prior, and where the article is not unfit, they
        add up to it."""
