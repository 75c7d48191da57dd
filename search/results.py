"""What does a search tell? Results, why each matched, how sure it is; plain data for terminal, API and figures."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Literal

from search.bands import Band
from search.documents import Kind


@dataclass(frozen=True)
class Matched:
    """Why it matched: which 标准问 or 相似问 (or the article as a whole), by which words, and by which others that stand for
    words of the query (word → the one that was found)."""

    text: str
    kind: Kind
    words: list[str]
    synonyms: dict[str, str]


@dataclass(frozen=True)
class Reason:
    """What one word, pair or character of the query adds to a score: by the question that matched best, and by all questions
    together and the text."""

    text: str
    kind: Literal["word", "synonym", "pair", "character"]
    question: float
    article: float


@dataclass(frozen=True)
class Result:
    """One article that fits."""

    id: str
    question: str
    category: str
    topic: str
    url: str
    answer: str
    snippet: str
    score: float
    matched: Matched
    explain: list[Reason] = field(default_factory=list)

    def as_dict(self) -> dict[str, object]:
        return asdict(self)


@dataclass(frozen=True)
class Found:
    """What a search found: ``total`` counts all, ``results`` are the first of them; facets: key → number of articles.

    band, probability: how sure it is that the first result is the answer. guess: category → how probably the question is of it.
    withheld: the article that would have come first, as the answer or a choice, and must not be shown.
    """

    query: str
    corrected: str | None
    total: int
    results: list[Result]
    categories: dict[str, int]
    products: dict[str, int]
    band: Band
    probability: float
    guess: dict[str, float]
    withheld: str | None = None

    def as_dict(self) -> dict[str, object]:
        return asdict(self)


@dataclass(frozen=True)
class Named:
    """An article by its id and its 标准问."""

    id: str
    question: str


@dataclass(frozen=True)
class Suggestion:
    text: str
    id: str
    url: str
    category: str
