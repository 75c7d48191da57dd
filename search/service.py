"""Which articles answer this question? The face of the room: nothing outside asks an engine directly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from pathlib import Path

from search.dictionaries import Dictionaries
from search.documents import Document, Kind, Record
from search.engines.base import Scored, Term
from search.index import open_index
from search.snippets import snippet
from search.suggestions import matching
from search.tokenizer import Chain, Token

QUESTION_WEIGHT = 1.0
ARTICLE_WEIGHT = 0.35
SYNONYM_WEIGHT = 0.6
_MOST_TERMS = 64


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
        self._index = open_index(folder, mark)
        self._chain: Chain = dictionaries.chain(cache)
        self._synonyms = dictionaries.synonyms
        self._tokens = lru_cache(maxsize=8192)(lambda text: tuple(self._chain.tokens(text)))

    def record(self, article_id: str) -> Record | None:
        """The record of an article, None when it is not in this index."""
        return self._index.records.get(article_id)

    def search(
        self,
        query: str,
        *,
        category: str | None = None,
        product: str | None = None,
        limit: int = 10,
        explain: bool = False,
    ) -> Found:
        """The articles that fit ``query`` best. Punctuation in it is text: nothing is a query language here."""
        terms = self._terms(self._chain.tokens(query))
        best, scores = self._scores(terms)
        kept = [i for i in scores if product is None or product in self._index.records[i].products]
        categories = Counter(self._index.records[i].category for i in kept)
        kept = [i for i in kept if category is None or self._index.records[i].category == category]
        products = Counter(p for i in kept for p in self._index.records[i].products)
        kept.sort(key=lambda i: (-sum(scores[i].values()), i))
        results = [self._result(i, terms, best[i], scores[i], explain) for i in kept[:limit]]
        return Found(query, len(kept), results, dict(categories), dict(products))

    def suggest(self, typed: str, limit: int = 8) -> list[Suggestion]:
        """Questions with a word that begins with ``typed``, one an article; 标准问 before 相似问."""
        keys = matching(self._index.beginnings, typed)
        documents = sorted((self._index.documents[k] for k in keys), key=lambda d: d.number > 0)
        chosen: dict[str, Document] = {}
        for document in documents:
            chosen.setdefault(document.article, document)
        found = []
        for document in list(chosen.values())[:limit]:
            record = self._index.records[document.article]
            found.append(Suggestion(document.text, record.id, record.url, record.category))
        return found

    def _terms(self, tokens: Sequence[Token]) -> list[Term]:
        """What to look for: the words of the query without stop words (unless there is nothing else), and synonyms."""
        words = [t.text for t in tokens if not t.stop] or [t.text for t in tokens]
        weights: dict[str, float] = dict.fromkeys(words[:_MOST_TERMS], 1.0)
        for word in list(weights):
            for synonym in self._synonyms.get(word, ()):
                for part in self._chain.tokens(synonym):
                    weights.setdefault(part.text, SYNONYM_WEIGHT)
        return [Term(word, weight) for word, weight in weights.items()]

    def _scores(self, terms: Sequence[Term]) -> tuple[dict[str, int], dict[str, dict[str, float]]]:
        """For each article: the key of its best document, and the parts of its score."""
        best: dict[str, int] = {}
        scores: dict[str, dict[str, float]] = {}
        for questions, name, weight in ((True, "question", QUESTION_WEIGHT), (False, "article", ARTICLE_WEIGHT)):
            ranked: list[Scored] = self._index.engine.rank(terms, questions=questions)
            for scored in ranked:
                article = self._index.documents[scored.key].article
                parts = scores.setdefault(article, {})
                if name not in parts:
                    best.setdefault(article, scored.key)
                    parts[name] = scored.score * weight
        return best, scores

    def _result(self, article: str, terms: Sequence[Term], key: int, parts: dict[str, float], explain: bool) -> Result:
        record, document = self._index.records[article], self._index.documents[key]
        words = {term.text for term in terms}
        text = record.question if document.kind == "article" else document.text
        held = {token.text for token in self._tokens(document.text)}
        return Result(
            id=record.id,
            question=record.question,
            category=record.category,
            topic=record.topic,
            url=record.url,
            answer=record.answer,
            snippet=snippet(f"{record.answer}{record.body}", words, self._tokens),
            score=round(sum(parts.values()), 4),
            matched=Matched(text, document.kind, [term.text for term in terms if term.text in held]),
            explain={name: round(part, 4) for name, part in parts.items()} if explain else {},
        )
