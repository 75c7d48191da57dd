"""Where may the line of a title or a conclusion break? After a comma first (articles/pages marks the clauses), then between two
words, and never inside one: each word is marked, and the style sheet keeps it together. (``<wbr>`` would do it too, but browsers
tell screen readers of a space there.)"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

Cut = Callable[[str], list[str]]

_CLAUSE = re.compile(r'(<span class="c">)([^<>&]+)(</span>)|(<h1>)([^<>&]+)(</h1>)')
# Longer than a line of a phone in large type might be: it must be allowed to break.
_LONGEST = 8
# These stay with what stands before them …
_TIED = frozenset("的了吗呢吧啊呀么们着过地得里上下内外前后中日月年天元时分次个")
# … and nothing is parted from these.
_OPENING = frozenset("“‘（《「【〔·—")


def words_kept(html: str, cut: Cut) -> str:
    """``html`` with the places marked where its clauses and titles may break."""

    def marked(found: re.Match[str]) -> str:
        before, text, after = found.groups()[:3] if found[1] else found.groups()[3:]
        return f"{before}{_kept(text, cut)}{after}"

    return _CLAUSE.sub(marked, html)


@lru_cache(4096)
def _kept(text: str, cut: Cut) -> str:
    pieces: list[str] = []
    for word in cut(text):
        if pieces and _may_break(pieces[-1][-1], word):
            pieces.append(word)
        else:
            pieces[-1:] = [f"{pieces[-1]}{word}" if pieces else word]
    return "".join(f'<span class="w">{p}</span>' if 1 < len(p) <= _LONGEST else p for p in pieces)


def _may_break(last: str, word: str) -> bool:
    if last in _OPENING or last.isdigit() or last.isspace():
        return False
    return word[0].isalnum() and word[0] not in _TIED
