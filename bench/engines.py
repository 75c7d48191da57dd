"""How fast is ranking at 1,000, 10,000 and 100,000 articles, beside plain Whoosh, SQLite FTS5 and Tantivy? How long does an index take to
make, to bring up to date and to open, and how much memory does it need?

Every engine indexes the same questions (six an article) as the same words, and is asked the same queries; the time is from the words of a
query to the ten best. Ours ranks more than that: characters and pairs too, all questions of an article together, and its text.
``python -m bench.engines 1000 10000 100000``
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from articles.loading import load
from bench.footprint import footprint
from bench.peers import Rank, Words, fts5, tantivy_index, whoosh
from core.paths import Root
from search.building import build_index
from search.dictionaries import read_dictionaries
from search.documents import Record
from search.evaluation import percentile
from search.features import Analyser
from search.index import fingerprint, open_index
from search.local import public_records

QUERIES = 2000
SLOW_QUERIES = 60  # an engine that takes long for a query is asked fewer


def generated(records: Sequence[Record], count: int) -> Iterator[Record]:
    """``count`` articles: six questions and a text, recombined from those of ``records`` with a fixed seed."""
    pick = random.Random(1)
    texts = [question for record in records for question in record.asked]
    sentences = [line for record in records for line in record.body.split("。") if line.strip()]
    for number in range(count):
        like = records[number % len(records)]
        asked = [
            f"{pick.choice(texts)[: pick.randint(4, 14)]}{pick.choice(texts)[-pick.randint(4, 14) :]}" for _ in range(6)
        ]
        body = "。".join(pick.sample(sentences, 8))
        fresh = replace(like, id=f"made-{number}", question=asked[0], similar=tuple(asked[1:]), body=body, not_for=())
        yield fresh


def distinct_queries(records: Sequence[Record], count: int = QUERIES) -> list[str]:
    """Beginnings of the questions of ``records``, 6 to 30 characters, no two alike."""
    pick = random.Random(2)
    texts = [question for record in records for question in record.asked]
    return list(dict.fromkeys(pick.choice(texts)[: pick.randint(6, 30)] for _ in range(count * 3)))[:count]


def main(sizes: Sequence[int]) -> None:
    """Print two tables a size."""
    root = Root.at(".")
    records = public_records(load(root), date.today())
    analyser = read_dictionaries(root).analyser(root.var / "cache")
    queries = distinct_queries(records)
    for size in sizes:
        made = list(generated(records, size))
        print(f"\n# {size} articles, {6 * size} questions, {len(queries)} distinct queries", flush=True)
        with tempfile.TemporaryDirectory() as name:
            _index(root, Path(name), made, analyser, queries[:500])
            _ranking(root, Path(name), made, analyser, queries)


def _index(root: Root, folder: Path, made: list[Record], analyser: Analyser, queries: Sequence[str]) -> None:
    mark = fingerprint(root)
    built = _timed(lambda: build_index(folder / "index", made, analyser, mark))
    edited = [replace(made[0], question="换了一个完全不同的标准问？"), *made[1:]]
    again = _timed(lambda: build_index(folder / "again", edited, analyser, mark, previous=folder / "index"))
    held = footprint(root, folder / "index", mark, queries)
    print(
        "| index | built s | after one change s | size MB | open s | first worker MB (without mapped files) | each further MB |"
    )
    print("|---|---|---|---|---|---|---|")
    cells = [f"{built:.1f}", f"{again:.1f}", f"{_megabytes(folder / 'index'):.0f}", f"{held.open_s:.2f}"]
    print(
        f"| ours | {' | '.join([*cells, f'{held.first_mb:.0f} ({held.first_own_mb:.0f})', f'{held.further_mb:.0f}'])} |\n",
        flush=True,
    )


def _ranking(root: Root, folder: Path, made: list[Record], analyser: Analyser, queries: Sequence[str]) -> None:
    print(
        "| engine | built s | size MB | open ms | p50 ms | p95 ms | p99 ms |\n|---|---|---|---|---|---|---|", flush=True
    )
    words = [list(dict.fromkeys(t.text for t in analyser.chain.tokens(q) if not t.stop)) for q in queries]
    terms = {tuple(w): analyser.terms(q) for w, q in zip(words, queries, strict=True)}
    opening = _timed(lambda: open_index(folder / "index", fingerprint(root)))
    engine = open_index(folder / "index", fingerprint(root)).engine
    _row("ours", "–", folder / "index" / "engine", opening, lambda w: engine.rank(terms[tuple(w)], 10), words)
    cut = [[[t.text for t in analyser.chain.tokens(q)] for q in record.asked] for record in made]
    peers = {"Tantivy": (tantivy_index, QUERIES), "SQLite FTS5": (fts5, QUERIES // 10)}
    if len(made) <= 10_000:
        peers["plain Whoosh"] = (whoosh, SLOW_QUERIES)
    for name, (build, most) in peers.items():
        began = time.perf_counter()
        opener = build(folder / name, cut)
        built = time.perf_counter() - began
        began = time.perf_counter()
        rank = opener()
        opening = time.perf_counter() - began
        _row(name, f"{built:.1f}", folder / name, opening, rank, words[:most])


def _row(name: str, built: str, folder: Path, opening: float, rank: Rank, queries: Sequence[Words]) -> None:
    took: list[float] = []
    for query in queries:
        start = time.perf_counter()
        rank(query)
        took.append((time.perf_counter() - start) * 1000)
    cells = [built, f"{_megabytes(folder):.1f}", f"{opening * 1000:.0f}"]
    print(f"| {name} | {' | '.join([*cells, *(f'{percentile(took, p):.3f}' for p in (50, 95, 99))])} |", flush=True)


def _timed(do: Callable[[], object]) -> float:
    began = time.perf_counter()
    do()
    return time.perf_counter() - began


def _megabytes(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


if __name__ == "__main__":
    main([int(argument) for argument in sys.argv[1:]] or [1000, 10_000])
