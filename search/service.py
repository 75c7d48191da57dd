"""Which articles answer this question? The face of the room: nothing outside asks an engine directly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path

import numpy as np

from search.correction import Corrector
from search.dictionaries import Dictionaries, expanded
from search.documents import Kind
from search.engines.base import Floats, Mask, Ranked, Ranking, Term
from search.features import query_terms
from search.index import open_index
from search.snippets import snippet
from search.suggestions import matching
from search.tokenizer import Chain
from search.tokenizer.stages import fold

# A query whose best article holds less of it than WEAK is read as it may have been meant, and that reading is taken when it
# holds more by a factor of BETTER. Measured on the development queries.
WEAK = 2.2
BETTER = 1.15
# What the score of an article is multiplied by when it should have been looked at again by now.
OVERDUE = 0.95


@dataclass(frozen=True)
class Matched:
    """Why it matched: which 标准问 or 相似问 (or the article as a whole), and by which words."""

    text: str
    kind: Kind
    words: list[str]


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
    explain: dict[str, float] = field(default_factory=dict)

    def as_dict(self) -> dict[str, object]:
        return asdict(self)


@dataclass(frozen=True)
class Found:
    """What a search found: ``total`` counts all, ``results`` are the first of them; facets: key → number of articles."""

    query: str
    corrected: str | None
    total: int
    results: list[Result]
    categories: dict[str, int]
    products: dict[str, int]


@dataclass(frozen=True)
class Suggestion:
    text: str
    id: str
    url: str
    category: str


class SearchService:
    """One opened index and the chain that it was built with. Safe to share between threads."""

    def __init__(self, folder: Path, mark: str, dictionaries: Dictionaries, cache: Path) -> None:
        """Opens the index in ``folder``; ``mark`` is the fingerprint it must carry.

        Raises IndexMismatch.
        """
        opened = open_index(folder, mark)
        self._engine, self._records, self._beginnings = opened.engine, opened.records, opened.beginnings
        self._chain: Chain = dictionaries.chain(cache)
        self._synonyms = expanded(dictionaries, self._chain)
        segmenter = self._chain.segmenter
        self._corrector = Corrector(opened.lexicon, segmenter.frequency, segmenter.total)
        self._categories = _codes([[r.category] for r in self._records])
        self._products = _codes([r.products for r in self._records])
        self._day: tuple[date | None, Mask, Floats] = (None, np.zeros(0, dtype=bool), np.zeros(0, dtype=np.float32))
        self._tokens = lru_cache(maxsize=8192)(lambda text: tuple(self._chain.tokens(text)))

    def search(
        self,
        query: str,
        *,
        category: str | None = None,
        product: str | None = None,
        limit: int = 10,
        explain: bool = False,
        literal: bool = False,
    ) -> Found:
        """The articles that fit ``query`` best. Punctuation in it is text: nothing is a query language here.

        literal: take the query as it is typed, whatever it may have meant.
        """
        nothing: Mask = np.zeros(len(self._records), dtype=bool)
        in_product = None if product is None else self._products.get(product, nothing)
        in_category = None if category is None else self._categories.get(category, nothing)
        live, prior = self._today(date.today())
        terms, ranking, corrected = self._read(query, limit, live, prior, literal=literal)
        sold = ranking.matched & live if in_product is None else ranking.matched & live & in_product
        kept = sold if in_category is None else sold & in_category
        if in_product is not None or in_category is not None:
            ranking = self._engine.rank(terms, limit, kept, prior)
        results = [self._result(ranked, terms, explain) for ranked in ranking.top]
        counts = _counts(self._categories, sold), _counts(self._products, kept)
        return Found(query, corrected, int(kept.sum()), results, *counts)

    def _read(
        self, query: str, limit: int, live: Mask, prior: Floats, *, literal: bool
    ) -> tuple[list[Term], Ranking, str | None]:
        """What to look for, what it finds, and the query that was searched instead: when what was typed finds little, and
        what it may have meant finds clearly more."""
        terms = query_terms(self._chain, self._synonyms, query)
        ranking = self._engine.rank(terms, limit, live, prior)
        if literal or ranking.strength >= WEAK:
            return terms, ranking, None
        meant = self._corrector.correct(fold(query).text).strip()
        if meant == fold(query).text.strip():
            return terms, ranking, None
        other = query_terms(self._chain, self._synonyms, meant)
        found = self._engine.rank(other, limit, live, prior)
        if found.strength > ranking.strength * BETTER:
            return other, found, meant
        return terms, ranking, None

    def _today(self, day: date) -> tuple[Mask, Floats]:
        """Which articles have not expired by ``day``, and what each score is multiplied by: overdue ones lose a little."""
        if self._day[0] != day:
            live = np.array([r.valid_to is None or r.valid_to >= day for r in self._records], dtype=bool)
            overdue = np.array([r.review_by is not None and r.review_by < day for r in self._records], dtype=bool)
            self._day = (day, live, np.where(overdue, OVERDUE, 1.0).astype(np.float32))
        return self._day[1], self._day[2]

    def suggest(self, typed: str, limit: int = 8) -> list[Suggestion]:
        """Questions with a word that begins with ``typed``, one an article; 标准问 before 相似问."""
        chosen: dict[int, int] = {}
        for article, number in matching(self._beginnings, typed):
            chosen.setdefault(article, number)
        found = ((self._records[article], number) for article, number in list(chosen.items())[:limit])
        return [Suggestion(record.asked[number], record.id, record.url, record.category) for record, number in found]

    def _result(self, ranked: Ranked, terms: Sequence[Term], explain: bool) -> Result:
        record = self._records[ranked.article]
        kind: Kind = "article" if ranked.question < 0 else "similar" if ranked.question else "standard"
        text = record.asked[max(0, ranked.question)]
        words = {term.text for term in terms}
        held = {token.text for token in self._tokens(record.whole if ranked.question < 0 else text)}
        parts = {"question": ranked.question_score, "article": ranked.score - ranked.question_score}
        return Result(
            id=record.id,
            question=record.question,
            category=record.category,
            topic=record.topic,
            url=record.url,
            answer=record.answer,
            snippet=snippet(f"{record.answer}{record.body}", words, self._tokens),
            score=round(ranked.score, 4),
            matched=Matched(text, kind, [term.text for term in terms if term.text in held]),
            explain={name: round(part, 4) for name, part in parts.items()} if explain else {},
        )


def _codes(values: Sequence[Sequence[str]]) -> dict[str, Mask]:
    """Value → which articles have it."""
    names = dict.fromkeys(name for several in values for name in several)
    return {name: np.array([name in several for several in values], dtype=bool) for name in names}


def _counts(codes: dict[str, Mask], among: Mask) -> dict[str, int]:
    """Value → how many of ``among`` have it, where any does."""
    counts = {name: int(np.count_nonzero(mask & among)) for name, mask in codes.items()}
    return {name: count for name, count in counts.items() if count}
