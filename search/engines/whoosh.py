"""How does Whoosh hold and rank the documents? The only file that knows Whoosh.

Words arrive already cut, so Whoosh only splits at spaces. Questions and whole articles are two fields, so that each has
word counts and lengths of its own (BM25F: Robertson & Zaragoza, 2009).
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from pathlib import Path

from whoosh import analysis, fields, index, query, searching
from whoosh.index import FileIndex

from core.errors import IndexMismatch
from search.engines.base import Analysed, Scored, Term


def _schema() -> fields.Schema:
    words = analysis.SpaceSeparatedTokenizer()
    return fields.Schema(
        key=fields.NUMERIC(stored=True, unique=True),
        question=fields.TEXT(analyzer=words),
        article=fields.TEXT(analyzer=words),
    )


class WhooshEngine:
    """An opened Whoosh index."""

    def __init__(self, opened: FileIndex) -> None:
        self._opened = opened
        self._local = threading.local()

    def _searcher(self) -> searching.Searcher:
        """One searcher a thread: its readers keep a position in their files."""
        if not hasattr(self._local, "searcher"):
            self._local.searcher = self._opened.searcher()
        return self._local.searcher

    @classmethod
    def build(cls, folder: Path, documents: Iterable[Analysed]) -> None:
        """See Engine.build."""
        folder.mkdir(parents=True, exist_ok=True)
        writer = index.create_in(str(folder), _schema()).writer(limitmb=256)
        for document in documents:
            field = "question" if document.question else "article"
            writer.add_document(key=document.key, **{field: " ".join(document.words)})
        writer.commit(optimize=True)

    @classmethod
    def open(cls, folder: Path) -> WhooshEngine:
        """See Engine.open."""
        try:
            return cls(index.open_dir(str(folder), schema=_schema(), readonly=True))
        except Exception as error:  # Whoosh tells a damaged index by whatever its reader stumbles over
            raise IndexMismatch(
                f"索引 {folder.name} 打不开（{type(error).__name__}）", "运行 kb publish 重建"
            ) from error

    def rank(self, terms: Sequence[Term], *, questions: bool) -> list[Scored]:
        """See Engine.rank."""
        if not terms:
            return []
        field = "question" if questions else "article"
        wanted = query.Or([query.Term(field, term.text, boost=term.weight) for term in terms])
        hits = self._searcher().search(wanted, limit=None, scored=True)
        found = [Scored(hit["key"], float(hit.score or 0.0)) for hit in hits]
        return sorted(found, key=lambda s: (-s.score, s.key))
