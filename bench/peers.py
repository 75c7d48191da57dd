"""What is our ranking measured beside? Plain Whoosh, SQLite FTS5 and Tantivy over the same questions as the same words."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import tantivy

from search.corpus import Analysed, Corpus
from search.engines.base import Term
from search.engines.whoosh import WhooshEngine

Words = Sequence[str]
# The questions of each article, as words.
Cut = Sequence[Sequence[Words]]
Rank = Callable[[Words], object]


def whoosh(folder: Path, cut: Cut) -> Callable[[], Rank]:
    """Plain OR over the questions, BM25 as Whoosh computes it."""
    WhooshEngine.build(folder, Corpus.of(Analysed(tuple(map(Counter, questions)), Counter()) for questions in cut))

    def opened() -> Rank:
        engine = WhooshEngine.open(folder)
        return lambda words: engine.rank([Term(word) for word in words], 10)

    return opened


def fts5(folder: Path, cut: Cut) -> Callable[[], Rank]:
    """SQLite's full-text index, OR, its own BM25."""
    folder.mkdir()
    with sqlite3.connect(folder / "fts5.db") as connection:
        connection.execute(
            'create virtual table asked using fts5(question, article unindexed, tokenize = "unicode61 remove_diacritics 0")'
        )
        rows = ((" ".join(words), number) for number, questions in enumerate(cut) for words in questions)
        connection.executemany("insert into asked values (?, ?)", rows)

    def opened() -> Rank:
        connection = sqlite3.connect(folder / "fts5.db")
        select = "select article from asked where asked match ? order by rank limit 10"

        def rank(words: Words) -> object:
            query = " OR ".join(f'"{word}"' for word in words)
            return connection.execute(select, (query,)).fetchall() if query else []

        return rank

    return opened


def tantivy_index(folder: Path, cut: Cut) -> Callable[[], Rank]:
    """Tantivy, OR, ten best questions."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("question", tokenizer_name="whitespace", index_option="freq")
    builder.add_unsigned_field("article", stored=True)
    schema = builder.build()
    folder.mkdir()
    writer = tantivy.Index(schema, path=str(folder)).writer(128_000_000)
    for number, questions in enumerate(cut):
        for words in questions:
            writer.add_document(tantivy.Document(question=" ".join(words), article=number))
    writer.commit()
    writer.wait_merging_threads()

    def opened() -> Rank:
        index = tantivy.Index.open(str(folder))
        index.reload()
        searcher = index.searcher()

        def rank(words: Words) -> object:
            parts = [(tantivy.Occur.Should, tantivy.Query.term_query(schema, "question", word)) for word in words]
            return searcher.search(tantivy.Query.boolean_query(parts), 10).hits

        return rank

    return opened
