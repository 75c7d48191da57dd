"""Which stretch of the answer shows why it matched? The original text, escaped, with the matched words marked."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from html import escape

from search.tokenizer import Token

_SENTENCE = re.compile(r"[^。！？!?；;\n]*[。！？!?；;\n]?")
WIDTH = 90


def snippet(text: str, words: Collection[str], tokens: Callable[[str], tuple[Token, ...]]) -> str:
    """HTML: at most about WIDTH characters of ``text`` around the sentence that holds most of ``words``."""
    spans = [(t.start, t.end) for t in tokens(text) if t.text in words]
    start = _best_start(text, spans)
    end = min(len(text), start + WIDTH)
    marked = mark(text, [(max(a, start), min(b, end)) for a, b in spans if a < end and b > start], start, end)
    return ("……" if start else "") + " ".join(marked.split()) + ("……" if end < len(text) else "")


def mark(text: str, spans: list[tuple[int, int]], start: int, end: int) -> str:
    """``text[start:end]`` as HTML with ``spans`` in <mark>; spans that touch or overlap become one."""
    merged: list[list[int]] = []
    for a, b in sorted(spans):
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


def _best_start(text: str, spans: list[tuple[int, int]]) -> int:
    """The beginning of the first sentence of those that hold most matches."""
    best, most = 0, 0
    for sentence in _SENTENCE.finditer(text):
        held = sum(sentence.start() <= a < sentence.end() for a, _b in spans)
        if held > most:
            best, most = sentence.start(), held
    return best
