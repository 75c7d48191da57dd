"""Which features do the articles hold, and how do their questions begin?

Cut by as many processes as there are cores; what has not changed is not cut again.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from search.beginnings import beginnings
from search.corpus import Analysed, Corpus
from search.documents import Record
from search.engines.fields import laid_out
from search.features import Analyser
from search.suggestions import Beginning, Beginnings
from search.tokenizer import Chain

_CHUNK = 100
# Below this many articles a second process costs more than it saves.
_FEW = 200
# That of the build that is going on, for the processes that it forks.
_analyser: Analyser | None = None


@dataclass(frozen=True)
class Analysis:
    """hashes: what each article was, as ``content_hash`` tells; fresh: the numbers of the articles that had to be cut, and fields:
    what the index of fields takes of each of them."""

    hashes: list[str]
    corpus: Corpus
    beginnings: Beginnings
    fresh: list[int]
    fields: list[dict[str, str]]


def content_hash(record: Record) -> str:
    """Changes with anything that is matched or shown of an article."""
    return hashlib.sha256(repr(record).encode("utf-8", "replace")).hexdigest()[:20]


def analysed(record: Record, analyser: Analyser) -> Analysed:
    """The features of one article."""
    return Analysed(
        tuple(map(analyser.question, record.asked)),
        analyser.body(record.whole),
        tuple(map(analyser.question, record.not_for)),
    )


def analyse(
    records: Sequence[Record],
    analyser: Analyser,
    previous: Analysis | None = None,
    progress: Callable[[int], None] = lambda _n: None,
) -> Analysis:
    """What the index of ``records`` is made from; articles that are in ``previous`` as they are now are taken from there.

    progress: called with how many more articles have been seen to.
    """
    hashes = [content_hash(record) for record in records]
    known = {} if previous is None else {mark: number for number, mark in enumerate(previous.hashes)}
    fresh = [number for number, mark in enumerate(hashes) if mark not in known]
    progress(len(records) - len(fresh))
    chunks = [fresh[i : i + _CHUNK] for i in range(0, len(fresh), _CHUNK)]
    made = _cut([(chunk, [records[number] for number in chunk]) for chunk in chunks], analyser, progress)
    parts = [corpus for corpus, _, _ in made]
    fields = [document for _, _, documents in made for document in documents]
    place = {number: (part, i) for part, chunk in enumerate(chunks) for i, number in enumerate(chunk)}
    starts = [starts for _, starts, _ in made]
    if previous is not None:
        parts.append(previous.corpus)
        numbers = np.full(len(previous.hashes), -1, dtype=np.int32)
        for number, mark in enumerate(hashes):
            if mark in known:
                place[number] = (len(parts) - 1, known[mark])
                numbers[known[mark]] = number
        starts.append(previous.beginnings.renumbered(numbers))
    corpus = Corpus.joined(parts, [place[number] for number in range(len(records))])
    return Analysis(hashes, corpus, Beginnings.merged(starts), fresh, fields)


_Chunk = tuple[list[int], list[Record]]
_Cut = tuple[Corpus, Beginnings, list[dict[str, str]]]


def _cut(chunks: list[_Chunk], analyser: Analyser, progress: Callable[[int], None]) -> list[_Cut]:
    global _analyser
    _analyser = analyser  # a forked process sees it; a tokenizer is too large to be sent
    found: list[_Cut] = []
    cores = os.cpu_count() or 1
    if cores > 1 and sum(len(numbers) for numbers, _ in chunks) > _FEW:
        with multiprocessing.get_context("fork").Pool(cores) as pool:
            for (numbers, _), part in zip(chunks, pool.imap(_cut_chunk, chunks), strict=True):
                found.append(part)
                progress(len(numbers))
    else:
        for chunk in chunks:
            found.append(_cut_chunk(chunk))
            progress(len(chunk[0]))
    return found


def _cut_chunk(chunk: _Chunk) -> _Cut:
    assert _analyser is not None
    numbers, records = chunk
    articles: list[Analysed] = []
    rows: list[Beginning] = []
    documents: list[dict[str, str]] = []
    for number, record in zip(numbers, records, strict=True):
        articles.append(analysed(record, _analyser))
        rows += beginnings(record, number, _analyser.chain)
        documents.append(_fields(record, _analyser.chain))
    return Corpus.of(articles), Beginnings.of(rows), documents


def _fields(record: Record, chain: Chain) -> dict[str, str]:
    return {
        "id": record.id,
        "question": laid_out(chain.tokens(record.question)),
        "similar": " ".join(laid_out(chain.tokens(question)) for question in record.similar),
        "body": laid_out(chain.tokens(record.whole)),
        "category": record.category,
        "topic": record.topic,
        "product": " ".join(record.products),
        "tag": " ".join(record.tags),
    }
