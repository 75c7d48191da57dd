"""Which stretch of the answer shows why it matched? The original text, escaped, with the matched words marked."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection
from html import escape

from search.tokenizer.stages import Traced

_SENTENCE = re.compile(r"[^。！？!?；;\n]+[。！？!?；;\n]*")
WIDTH = 90

Span = tuple[int, int]


def snippet(text: str, folded: Traced, words: Collection[str]) -> str:
    """HTML: at most about WIDTH characters of ``text`` from the sentence on that holds most of ``words``; folded: ``text`` as words
    are matched in it."""
    spans = _spans(folded, words)
    start = _best_start(text, spans)
    end = min(len(text), start + WIDTH)
    marked = mark(text, [(max(a, start), min(b, end)) for a, b in spans if a < end and b > start], start, end)
    return ("……" if start else "") + " ".join(marked.split()) + ("……" if end < len(text) else "")


def mark(text: str, spans: list[Span], start: int, end: int) -> str:
    """``text[start:end]`` as HTML with ``spans``, which are in order, in <mark>; spans that touch or overlap become one."""
    merged: list[list[int]] = []
    for a, b in spans:
        if merged and a <= merged[-1][1]:
            merged[-1][1] = max(merged[-1][1], b)
        else:
            merged.append([a, b])
    pieces: list[str] = []
    at = start
    for a, b in merged:
        pieces += [escape(text[at:a]), "<mark>", escape(text[a:b]), "</mark>"]
        at = b
    return "".join(pieces) + escape(text[at:end])


def _spans(folded: Traced, words: Collection[str]) -> list[Span]:
    """Where the words stand in the original text, in order."""
    found: list[Span] = []
    for word in words:
        at = folded.text.find(word)
        while at >= 0:
            found.append(folded.span(at, at + len(word)))
            at = folded.text.find(word, at + len(word))
    return sorted(found)


def _best_start(text: str, spans: list[Span]) -> int:
    """The beginning of the first sentence of those that hold most matches."""
    starts = [a for a, _ in spans]
    best, most = 0, 0
    for sentence in _SENTENCE.finditer(text) if spans else ():
        held = bisect_left(starts, sentence.end()) - bisect_left(starts, sentence.start())
        if held > most:
            best, most = sentence.start(), held
    return best
