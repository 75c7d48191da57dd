"""What may somebody who has typed this far be about to ask? Prefixes of words in 标准问 and 相似问."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from search.documents import Document
from search.tokenizer import Chain
from search.tokenizer.stages import fold

_LONGEST = 24


def beginnings(documents: Sequence[Document], chain: Chain) -> list[tuple[str, int]]:
    """(what a question reads like from the start of one of its words on, document key), sorted."""
    found: set[tuple[str, int]] = set()
    for key, document in enumerate(documents):
        if document.number < 0:
            continue
        traced = fold(document.text).text
        position = 0
        for segment in chain.segments(document.text):
            if any(c.isalnum() for c in segment):
                found.add((traced[position : position + _LONGEST], key))
            position += len(segment)
    return sorted(found)


def matching(starts: Sequence[tuple[str, int]], typed: str) -> list[int]:
    """Keys of the documents that hold a word, or words, beginning with ``typed``; nearest to the beginning first."""
    prefix = fold(typed).text.strip()[:_LONGEST]
    if not prefix:
        return []
    found: list[int] = []
    at = bisect_left(starts, (prefix, -1))
    while at < len(starts) and starts[at][0].startswith(prefix):
        found.append(starts[at][1])
        at += 1
    return list(dict.fromkeys(found))
