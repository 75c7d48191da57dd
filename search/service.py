"""Which articles answer this question? The face of the room: nothing outside asks an engine directly."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Literal

import numpy as np

from search.bands import DEPTH, Band, category_shares, signs
from search.correction import Corrector
from search.dictionaries import Dictionaries
from search.documents import Kind, Record
from search.engines.base import Floats, Mask, Part, Ranked, Ranking, Term
from search.engines.fields import FieldIndex
from search.features import is_word, pair
from search.index import open_index
from search.results import Found, Matched, Named, Reason, Result, Suggestion
from search.snippets import snippet
from search.tokenizer.stages import fold

# A query without a confident answer is read as it may have been meant, and that reading is taken when its best article holds
# more of it by this factor. Measured on the development queries.
BETTER = 1.15


@dataclass(frozen=True)
class _Reading:
    """One way to read a query: what was looked for, and what that found."""

    text: str
    terms: list[Term]
    ranking: Ranking


class SearchService:
    """One opened index and the chain that it was built with. Safe to share between threads."""

    def __init__(self, folder: Path, mark: str, dictionaries: Dictionaries, cache: Path) -> None:
        """Opens the index in ``folder``; ``mark`` is the fingerprint it must carry.

        Raises IndexMismatch.
        """
        opened = open_index(folder, mark)
        self._engine, self._records, self._beginnings = opened.engine, opened.records, opened.beginnings
        self.learned = opened.learned
        self._names = sorted(set(self._records.category))
        self._analyser = dictionaries.analyser(cache)
        self._fields = FieldIndex(opened.fields, self._analyser.chain)
        segmenter = self._analyser.chain.segmenter
        self._corrector = Corrector(opened.lexicon, segmenter.frequency, segmenter.total, self._side_by_side)
        self._folded = lru_cache(maxsize=1024)(fold)

    def _side_by_side(self, a: str, b: str) -> bool:
        return self._engine.knows(pair(a, b))

    def search(
        self,
        query: str,
        *,
        category: str | None = None,
        product: str | None = None,
        limit: int = 10,
        explain: bool = False,
        literal: bool = False,
        withheld: Collection[str] = (),
    ) -> Found:
        """The articles that fit ``query`` best. Punctuation in it is text: nothing is a query language here.

        literal: take the query as it is typed, whatever it may have meant. withheld: ids of articles that must not be found; what
        would have come first among them is named, and nothing that is left is an answer then.
        """
        in_product = self._mask(self._records.of_product, product)
        in_category = self._mask(self._records.in_category, category)
        live, prior = self._records.on(date.today())
        reading = self._read(query, live, prior, literal=literal)
        terms, ranking = reading.terms, reading.ranking
        words = [term for term in terms if is_word(term.text)]
        is_asked = self._is_asked(ranking, reading.text)
        probability = 1.0 if is_asked else self._probability(ranking, terms)
        guess = self.learned.category_probabilities(category_shares(ranking, self._records.category, self._names))
        band: Band = "answer" if is_asked else self.learned.band(probability)
        hidden = self._numbers(withheld)
        first = ranking.top[0].article if ranking.top else -1
        missed = self._records.ids[first] if first in hidden and band != "unsure" else None
        if first in hidden:
            # The best of the others was never meant.
            probability, band = 0.0, "unsure" if band == "answer" else band
        sold = ranking.matched & live if in_product is None else ranking.matched & live & in_product
        sold = self._without(sold, hidden)
        kept = sold if in_category is None else sold & in_category
        if limit > DEPTH or in_product is not None or in_category is not None or hidden:
            ranking = self._engine.rank(terms, limit, kept, prior)
        return Found(
            query=query,
            corrected=None if reading.text == query else reading.text,
            total=int(kept.sum()),
            results=[self._result(ranked, terms, words, explain) for ranked in ranking.top[:limit]],
            categories=_counts(self._records.in_category, sold),
            products=_counts(self._records.of_product, kept),
            band=band,
            probability=round(probability, 4),
            guess={name: round(p, 4) for name, p in guess.items()},
            withheld=missed,
        )

    def _mask(self, masks: Mapping[str, Mask], key: str | None) -> Mask | None:
        """Who has ``key``: nobody when it is unknown; None when none is asked for."""
        return None if key is None else masks.get(key, np.zeros(len(self._records), dtype=bool))

    def _numbers(self, ids: Collection[str]) -> set[int]:
        """Those of ``ids`` that are in this index, by number."""
        return {self._records.number[name] for name in ids if name in self._records.number}

    def _without(self, mask: Mask, numbers: set[int]) -> Mask:
        if not numbers:
            return mask
        left = mask.copy()
        left[list(numbers)] = False
        return left

    def _is_asked(self, ranking: Ranking, text: str) -> bool:
        """Whether ``text`` is, but for punctuation and case, a question of the first article: no two articles claim the same."""
        if not ranking.top or ranking.top[0].question < 0:
            return False
        first = ranking.top[0]
        return _bare(self._records.get(first.article).asked[first.question]) == _bare(text)

    def _probability(self, ranking: Ranking, terms: Sequence[Term]) -> float:
        """How probable it is that the first article is right."""
        if not ranking.top:
            return 0.0
        parts = self._engine.parts(ranking.top[0], terms)
        return self.learned.probability(signs(ranking, parts, self._records.topic))

    def _read(self, query: str, live: Mask, prior: Floats | None, *, literal: bool) -> _Reading:
        """The query as it is typed, or, when that finds little and what it may have meant finds clearly more, as that."""

        def read(text: str) -> _Reading:
            terms = self._analyser.terms(text)
            return _Reading(text, terms, self._engine.rank(terms, DEPTH, live, prior))

        typed = read(query)
        if literal or self.learned.band(self._probability(typed.ranking, typed.terms)) == "answer":
            return typed
        meant = self._corrector.correct(fold(query).text).strip()
        if meant == fold(query).text.strip():
            return typed
        other = read(meant)
        return other if other.ranking.strength > typed.ranking.strength * BETTER else typed

    def find(
        self, query: str, limit: int = 10, *, category: str | None = None, product: str | None = None
    ) -> list[Result]:
        """The articles that hold what ``query`` asks for in the query language of fields and phrases (engines/fields.py)."""
        live, _ = self._records.on(date.today())
        for kept in (self._mask(self._records.in_category, category), self._mask(self._records.of_product, product)):
            live = live if kept is None else live & kept
        numbers = ((self._records.number[name], score) for name, score in self._fields.find(query, len(live)))
        hits = [Ranked(number, score, -1, 0.0) for number, score in numbers if live[number]][:limit]
        terms = self._analyser.terms(query)
        words = [term for term in terms if is_word(term.text)]
        return [self._result(hit, terms, words, explain=False) for hit in hits]

    def similar(self, name: str, limit: int = 5, withheld: Collection[str] = ()) -> list[Suggestion]:
        """Other articles about what the article ``name`` is about, the closest first, without those of ``withheld``; none for an
        id that there is not."""
        number = self._records.number.get(name)
        if number is None:
            return []
        live, prior = self._records.on(date.today())
        allowed = self._without(live, {number, *self._numbers(withheld)})
        record = self._records.get(number)
        ranking = self._engine.rank(self._analyser.terms(f"{record.question} {record.topic}"), limit, allowed, prior)
        found = [self._records.get(ranked.article) for ranked in ranking.top]
        return [Suggestion(other.question, other.id, other.url, other.category) for other in found]

    @property
    def ids(self) -> list[str]:
        """The id of every article, by its number."""
        return self._records.ids

    def all_records(self) -> list[Record]:
        """Every record, by its number."""
        return [self._records.get(number) for number in range(len(self._records))]

    def terms(self, query: str) -> list[Term]:
        """What is looked for."""
        return self._analyser.terms(query)

    def first(self, query: str) -> Named:
        """The article that comes first for ``query`` as it is typed; one without a name when nothing is found."""
        live, prior = self._records.on(date.today())
        top = self._engine.rank(self._analyser.terms(query), 1, live, prior).top
        if not top:
            return Named("", "没有结果")
        record = self._records.get(top[0].article)
        return Named(record.id, record.question)

    def words(self, text: str) -> frozenset[str]:
        """The words of ``text`` that are looked for, without pairs, characters and synonyms."""
        return frozenset(t.text for t in self._analyser.terms(text) if is_word(t.text) and not t.instead_of)

    def suggest(self, typed: str, limit: int = 8, withheld: Collection[str] = ()) -> list[Suggestion]:
        """Questions with a word that begins with ``typed``, one an article, without those of ``withheld``; 标准问 before 相似问."""
        chosen: dict[int, int] = {}
        hidden = self._numbers(withheld)
        for article, number in self._beginnings.matching(typed):
            if article in hidden:
                continue
            chosen.setdefault(article, number)
            if len(chosen) == limit:
                break
        found = ((self._records.get(article), number) for article, number in chosen.items())
        return [Suggestion(record.asked[number], record.id, record.url, record.category) for record, number in found]

    def _result(self, ranked: Ranked, terms: Sequence[Term], words: Sequence[Term], explain: bool) -> Result:
        record = self._records.get(ranked.article)
        kind: Kind = "article" if ranked.question < 0 else "similar" if ranked.question else "standard"
        text = record.asked[max(0, ranked.question)]
        place = self._folded(record.whole if ranked.question < 0 else text).text
        found = [term for term in words if term.text in place]
        held = {term.text for term in found}
        synonyms = {term.instead_of: term.text for term in found if term.instead_of and term.instead_of not in held}
        shown = f"{record.answer}{record.body}"
        parts = self._engine.parts(ranked, terms) if explain else []
        return Result(
            id=record.id,
            question=record.question,
            category=record.category,
            topic=record.topic,
            url=record.url,
            answer=record.answer,
            snippet=snippet(shown, self._folded(shown), [term.text for term in words]),
            score=round(ranked.score, 4),
            matched=Matched(text, kind, [term.text for term in found], synonyms),
            explain=[_reason(part) for part in parts if part.held],
        )


def _bare(text: str) -> str:
    return "".join(c for c in fold(text).text if c.isalnum())


def _reason(part: Part) -> Reason:
    text = part.term.text
    if is_word(text):
        kind: Literal["word", "synonym"] = "synonym" if part.term.instead_of else "word"
        return Reason(text, kind, round(part.question, 4), round(part.article, 4))
    return Reason(text[1:], "pair" if text[0] == "#" else "character", round(part.question, 4), round(part.article, 4))


def _counts(codes: dict[str, Mask], among: Mask) -> dict[str, int]:
    """Value → how many of ``among`` have it, where any does."""
    counts = {name: int(np.count_nonzero(mask & among)) for name, mask in codes.items()}
    return {name: count for name, count in counts.items() if count}
