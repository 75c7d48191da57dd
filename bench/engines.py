"""How fast is ranking at 1,000, 10,000 and 100,000 articles, beside plain Whoosh, SQLite FTS5 and Tantivy?

Every engine indexes the same questions (six an article) as the same words, and is asked the same queries; the time is from the words of a
query to the ten best. Ours ranks more than that: the pairs and characters too, all questions of an article together, and its text.
``python -m bench.engines 1000 10000``
"""

from __future__ import annotations

import random
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path

import tantivy

from articles.loading import load
from core.paths import Root
from search.dictionaries import expanded, read_dictionaries
from search.engines.base import Analysed, Engine, Term
from search.engines.frozen import FrozenEngine
from search.engines.whoosh import WhooshEngine
from search.evaluation import percentile
from search.features import document_features, query_terms
from search.tokenizer import Chain

QUERIES = 2000
SLOW_QUERIES = 40  # an engine that takes seconds a query is asked fewer
Rank = Callable[[int], object]


def generated(texts: Sequence[str], sentences: Sequence[str], count: int) -> Iterator[tuple[list[str], str]]:
    """``count`` articles: six questions and a text, recombined from those of kb/ with a fixed seed."""
    pick = random.Random(1)
    for _ in range(count):
        questions = [
            f"{pick.choice(texts)[: pick.randint(4, 14)]}{pick.choice(texts)[-pick.randint(4, 14) :]}" for _ in range(6)
        ]
        yield questions, "".join(pick.sample(sentences, 8))


def main() -> None:
    """Print one table a size."""
    root = Root.at(".")
    kb = load(root)
    dictionaries = read_dictionaries(root)
    chain = dictionaries.chain(root.var / "cache")
    synonyms = expanded(dictionaries, chain)
    texts = [question for article in kb.articles for question in article.asked]
    sentences = [line for article in kb.articles for line in article.answer.split("。") if line.strip()]
    pick = random.Random(2)
    asked = list(dict.fromkeys(pick.choice(texts)[: pick.randint(6, 30)] for _ in range(QUERIES * 2)))[:QUERIES]
    words = [list(dict.fromkeys(t.text for t in chain.tokens(query) if not t.stop)) for query in asked]
    terms = [query_terms(chain, synonyms, query) for query in asked]
    for size in [int(argument) for argument in sys.argv[1:]] or [1000, 10000]:
        print(f"\n# {size} articles, {6 * size} questions, {len(asked)} distinct queries")
        print(
            "| engine | build s | size MB | open ms | p50 ms | p95 ms | p99 ms |\n|---|---|---|---|---|---|---|",
            flush=True,
        )
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            cut = [[[t.text for t in chain.tokens(q)] for q in qs] for qs, _ in generated(texts, sentences, size)]
            _ours(folder / "frozen", chain, generated(texts, sentences, size), terms)
            _tantivy(folder / "tantivy", cut, words)
            _fts5(folder / "fts5", cut, words)
            if size <= 10000:
                _whoosh(folder / "whoosh", cut, words)


def _ours(
    folder: Path, chain: Chain, articles: Iterator[tuple[list[str], str]], terms: Sequence[Sequence[Term]]
) -> None:
    def analysed() -> Iterator[Analysed]:
        for questions, body in articles:
            yield Analysed(tuple(document_features(chain, q) for q in questions), document_features(chain, body))

    _measure(
        "ours (frozen)",
        folder,
        lambda: FrozenEngine.build(folder, analysed()),
        lambda: _ranker(FrozenEngine.open(folder), terms),
    )


def _whoosh(folder: Path, cut: Sequence[Sequence[Sequence[str]]], words: Sequence[Sequence[str]]) -> None:
    made = (Analysed(tuple(map(Counter, questions)), Counter()) for questions in cut)
    terms = [[Term(word) for word in query] for query in words]
    _measure(
        "plain Whoosh",
        folder,
        lambda: WhooshEngine.build(folder, made),
        lambda: _ranker(WhooshEngine.open(folder), terms),
        SLOW_QUERIES,
    )


def _ranker(engine: Engine, terms: Sequence[Sequence[Term]]) -> Rank:
    return lambda i: engine.rank(terms[i], 10)


def _tantivy(folder: Path, cut: Sequence[Sequence[Sequence[str]]], words: Sequence[Sequence[str]]) -> None:
    schema = tantivy.SchemaBuilder()
    schema.add_text_field("question", tokenizer_name="whitespace", index_option="freq")
    schema.add_unsigned_field("article", stored=True)
    made = schema.build()

    def build() -> None:
        folder.mkdir()
        writer = tantivy.Index(made, path=str(folder)).writer(128_000_000)
        for number, questions in enumerate(cut):
            for question in questions:
                writer.add_document(tantivy.Document(question=" ".join(question), article=number))
        writer.commit()
        writer.wait_merging_threads()

    def open_index() -> Rank:
        index = tantivy.Index.open(str(folder))
        index.reload()
        searcher = index.searcher()
        parts = [
            [(tantivy.Occur.Should, tantivy.Query.term_query(made, "question", w)) for w in query] for query in words
        ]
        queries = [tantivy.Query.boolean_query(part) for part in parts]
        return lambda i: searcher.search(queries[i], 10).hits

    _measure("Tantivy", folder, build, open_index)


def _fts5(folder: Path, cut: Sequence[Sequence[Sequence[str]]], words: Sequence[Sequence[str]]) -> None:
    file = folder / "fts5.db"

    def build() -> None:
        folder.mkdir()
        with sqlite3.connect(file) as connection:
            connection.execute(
                'create virtual table asked using fts5(question, article unindexed, tokenize = "unicode61 remove_diacritics 0")'
            )
            rows = ((" ".join(q), n) for n, questions in enumerate(cut) for q in questions)
            connection.executemany("insert into asked values (?, ?)", rows)

    def open_index() -> Rank:
        connection = sqlite3.connect(file)
        queries = [" OR ".join(f'"{word}"' for word in query) for query in words]
        select = "select article from asked where asked match ? order by rank limit 10"
        return lambda i: connection.execute(select, (queries[i],)).fetchall() if queries[i] else []

    _measure("SQLite FTS5", folder, build, open_index, QUERIES // 10)


def _measure(
    name: str, folder: Path, build: Callable[[], None], open_index: Callable[[], Rank], most: int = QUERIES
) -> None:
    began = time.perf_counter()
    build()
    built = time.perf_counter() - began
    size = sum(p.stat().st_size for p in folder.rglob("*") if p.is_file()) / 1e6
    began = time.perf_counter()
    rank = open_index()
    opened = (time.perf_counter() - began) * 1000
    took: list[float] = []
    for i in islice(range(QUERIES), most):
        start = time.perf_counter()
        rank(i)
        took.append((time.perf_counter() - start) * 1000)
    cells = [f"{built:.1f}", f"{size:.1f}", f"{opened:.0f}", *(f"{percentile(took, p):.3f}" for p in (50, 95, 99))]
    print(f"| {name} | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
