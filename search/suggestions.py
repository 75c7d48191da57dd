"""What may somebody who has typed this far be about to ask? Prefixes of words in 标准问 and 相似问."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from search.documents import Record
from search.tokenizer import Chain
from search.tokenizer.stages import fold

_LONGEST = 24

# What a question reads like from the start of one of its words on, the number of its article, and its own number there.
Beginning = tuple[str, int, int]


def beginnings(records: Sequence[Record], chain: Chain) -> list[Beginning]:
    """Every beginning of every question, sorted."""
    found: set[Beginning] = set()
    for article, record in enumerate(records):
        for number, question in enumerate(record.asked):
            text = fold(question).text
            position = 0
            for segment in chain.segments(question):
                if any(c.isalnum() for c in segment):
                    found.add((text[position : position + _LONGEST], article, number))
                position += len(segment)
    return sorted(found)


def matching(starts: Sequence[Beginning], typed: str) -> list[tuple[int, int]]:
    """(article, question) of those that hold a word, or words, beginning with ``typed``; each once, 标准问 first."""
    prefix = fold(typed).text.strip()[:_LONGEST]
    if not prefix:
        return []
    found: list[tuple[int, int]] = []
    at = bisect_left(starts, (prefix, -1, -1))
    while at < len(starts) and starts[at][0].startswith(prefix):
        found.append(starts[at][1:])
        at += 1
    return sorted(dict.fromkeys(found), key=lambda place: place[1] > 0)
