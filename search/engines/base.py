"""What must every engine be able to do? The protocol that the contract suite in tests/search/engines asks of each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True)
class Analysed:
    """A document as engines see it: its key, whether it is a question or a whole article, and its words in order."""

    key: int
    question: bool
    words: tuple[str, ...]


@dataclass(frozen=True)
class Term:
    """A word to look for and how much it counts (1 for a word of the query, less for a synonym)."""

    text: str
    weight: float = 1.0


@dataclass(frozen=True)
class Scored:
    """A document that matched; higher is better, never negative."""

    key: int
    score: float


class Engine(Protocol):
    """A built index, opened for reading. Safe to share between threads."""

    @classmethod
    def build(cls, folder: Path, documents: Iterable[Analysed]) -> None:
        """Write an index of ``documents`` into ``folder``, which is new and empty."""

    @classmethod
    def open(cls, folder: Path) -> Engine:
        """The index in ``folder``. Raises IndexMismatch when it is damaged or no index."""

    def rank(self, terms: Sequence[Term], *, questions: bool) -> list[Scored]:
        """Every question (or every whole article) that holds at least one of ``terms``, best first, ties by key."""
