"""How does Whoosh hold and rank the documents? The only file that knows Whoosh.

Features arrive ready, so Whoosh only splits at spaces. Questions and whole articles are two fields, so that each has
counts and lengths of its own (BM25F: Robertson & Zaragoza, 2009).
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from whoosh import analysis, fields, index, query, searching
from whoosh.index import FileIndex

from core.errors import IndexMismatch
from search.corpus import Corpus, TextKind
from search.engines.base import Floats, Mask, Part, Ranked, Ranking, Term

ARTICLE_WEIGHT = 0.35
_FIELDS = {TextKind.QUESTION: "question", TextKind.AGAINST: "against", TextKind.BODY: "body"}


def _schema() -> fields.Schema:
    words = analysis.SpaceSeparatedTokenizer()
    return fields.Schema(
        article=fields.NUMERIC(stored=True),
        number=fields.NUMERIC(stored=True),
        against=fields.TEXT(analyzer=words, phrase=False),
        question=fields.TEXT(analyzer=words, phrase=False),
        body=fields.TEXT(analyzer=words, phrase=False),
    )


class WhooshEngine:
    """An opened Whoosh index."""

    def __init__(self, opened: FileIndex, articles: int) -> None:
        self._opened = opened
        self._articles = articles
        self._local = threading.local()

    def _searcher(self) -> searching.Searcher:
        """One searcher a thread: its readers keep a position in their files."""
        if not hasattr(self._local, "searcher"):
            self._local.searcher = self._opened.searcher()
        return self._local.searcher

    @classmethod
    def build(cls, folder: Path, corpus: Corpus) -> None:
        """See Engine.build."""
        folder.mkdir(parents=True, exist_ok=True)
        writer = index.create_in(str(folder), _schema()).writer(limitmb=256)
        owner = corpus.owner
        for text, kind in enumerate(corpus.kind.tolist()):
            article = int(owner[text])
            entries = range(int(corpus.start[text]), int(corpus.start[text + 1]))
            words = [w for i in entries for w in [corpus.names[corpus.feature[i]]] * int(corpus.count[i])]
            number = text - int(corpus.first[article]) if kind == TextKind.QUESTION else -1
            writer.add_document(article=article, number=number, **{_FIELDS[TextKind(kind)]: " ".join(words)})
        writer.commit(optimize=True)

    @classmethod
    def open(cls, folder: Path) -> WhooshEngine:
        """See Engine.open."""
        try:
            opened = index.open_dir(str(folder), schema=_schema(), readonly=True)
            with opened.searcher() as searcher:
                articles = max((hit["article"] for hit in searcher.documents()), default=-1) + 1
            return cls(opened, articles)
        except Exception as error:  # Whoosh tells a damaged index by whatever its reader stumbles over
            raise IndexMismatch(
                f"索引 {folder.name} 打不开（{type(error).__name__}）", "运行 kb publish 重建"
            ) from error

    def rank(
        self, terms: Sequence[Term], limit: int, allowed: Mask | None = None, prior: Floats | None = None
    ) -> Ranking:
        """See Engine.rank."""
        if not self._articles:
            return Ranking([], np.zeros(0, dtype=bool), 0.0)
        best: dict[int, tuple[float, int]] = {}
        whole: dict[int, float] = {}
        for article, number, score in self._hits("question", terms):
            if score > best.get(article, (0.0, -1))[0]:
                best[article] = (score, number)
        for article, _, score in self._hits("body", terms):
            whole[article] = score * ARTICLE_WEIGHT
        unfit = {
            article for article, _, score in self._hits("against", terms) if score > best.get(article, (0.0, -1))[0]
        }
        matched = np.zeros(self._articles, dtype=bool)
        matched[list(best.keys() | whole.keys())] = True
        found = []
        for article in best.keys() | whole.keys():
            own, number = best.get(article, (0.0, -1))
            score = (own + whole.get(article, 0.0)) * (1e-6 if article in unfit else 1.0)
            if allowed is None or allowed[article]:
                found.append(Ranked(article, score * (1.0 if prior is None else float(prior[article])), number, own))
        return Ranking(sorted(found, key=lambda r: (-r.score, r.article))[:limit], matched, self._ideal(terms))

    def parts(self, ranked: Ranked, terms: Sequence[Term]) -> list[Part]:
        """See Engine.parts."""
        found = []
        for term in terms:
            asked = [s for a, n, s in self._hits("question", [term]) if (a, n) == (ranked.article, ranked.question)]
            body = [s for a, _, s in self._hits("body", [term]) if a == ranked.article]
            rarity = self._searcher().idf("question", term.text) if term.text else 0.0
            found.append(Part(term, float(rarity), sum(asked), sum(body) * ARTICLE_WEIGHT))
        return found

    def _ideal(self, terms: Sequence[Term]) -> float:
        searcher = self._searcher()
        return float(sum(term.weight * searcher.idf("question", term.text) for term in terms if term.text))

    def _hits(self, field: str, terms: Sequence[Term]) -> list[tuple[int, int, float]]:
        """(article, number of its question, score) of every document that holds one of ``terms``."""
        if not terms:
            return []
        wanted = query.Or([query.Term(field, term.text, boost=term.weight) for term in terms])
        hits = self._searcher().search(wanted, limit=None)
        return [(hit["article"], hit["number"], float(hit.score or 0.0)) for hit in hits]
