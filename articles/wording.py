"""Which words of a text have changed? Clause by clause, with the changed words marked, as one would say it aloud."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

# A number keeps to its unit, so that “10 日内” changes as a whole and not a digit of it.
_WORD = re.compile(
    r"\d[\d,.]*(?: ?(?:个?工作日|自然日|个?月|小时|分钟|[日天年元次%]))?内?"
    r"|[一二三四五六七八九十百千万两零]+(?:个?工作日|个月|小时|分钟|[日天年元次])内?"
    r"|第[一二三四五六七八九十百千零\d]+[条款章节项]"
    r"|[A-Za-z]+|\s+|."
)
_END = re.compile(r"[，。；：！？,;!?\n]")
# Below this share of words in common a text counts as written anew.
_ANEW = 0.3
# So few words between two changes are read as changed with them.
_CONFETTI = 2
# So many characters beside a change say where it stands.
_AROUND = 30
_GAP = "……"


@dataclass(frozen=True)
class Piece:
    """A stretch of text, and whether it has changed."""

    text: str
    changed: bool


@dataclass(frozen=True)
class Rewording:
    """A stretch as it read and as it reads, from one punctuation mark to the next."""

    old: tuple[Piece, ...]
    new: tuple[Piece, ...]


@dataclass(frozen=True)
class Marked:
    """A stretch of both texts (same), of the old one (del) or of the new one (ins)."""

    kind: Literal["same", "del", "ins"]
    text: str


@dataclass(frozen=True)
class _Hunk:
    """Words [a:b] of the old text became words [c:d] of the new one."""

    a: int
    b: int
    c: int
    d: int


def rewordings(old: str, new: str) -> list[Rewording]:
    """The stretches in which ``old`` and ``new`` differ, in order; nothing when they are the same."""
    if old == new:
        return []
    before, after = _words(old), _words(new)
    hunks = _hunks(before, after)
    if hunks is None:
        return [Rewording((Piece(old, True),), (Piece(new, True),))]
    return [_stretch(group, before, after) for group in _groups(hunks, before)]


def marked(old: str, new: str) -> list[Marked]:
    """Both texts as one, in order: what went, what came, and as much between as says where that stands."""
    before, after = _words(old), _words(new)
    hunks = _hunks(before, after)
    if hunks is None:
        return [piece for piece in (Marked("del", old), Marked("ins", new)) if piece.text]
    found: list[Marked] = []
    at = 0
    for hunk in hunks:
        found += [
            Marked("same", _shortened("".join(before[at : hunk.a]), before=at > 0, after=True)),
            Marked("del", "".join(before[hunk.a : hunk.b])),
            Marked("ins", "".join(after[hunk.c : hunk.d])),
        ]
        at = hunk.b
    found.append(Marked("same", _shortened("".join(before[at:]), before=True, after=False)))
    return [piece for piece in found if piece.text]


def _shortened(text: str, *, before: bool, after: bool) -> str:
    """A stretch that is the same, without what is far from the changes; before, after: there is one on that side."""
    if len(text) <= 2 * _AROUND:
        return text
    return (text[:_AROUND] if before else "") + _GAP + (text[-_AROUND:] if after else "")


def _words(text: str) -> list[str]:
    return _WORD.findall(text)


def _hunks(before: list[str], after: list[str]) -> list[_Hunk] | None:
    """Where ``before`` and ``after`` differ; None when too little is the same to tell."""
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if matcher.ratio() < _ANEW:
        return None
    hunks: list[_Hunk] = []
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            continue
        between = before[hunks[-1].b : a] if hunks else []
        if hunks and len(between) <= _CONFETTI and not any(map(_END.match, between)):
            hunks[-1] = _Hunk(hunks[-1].a, b, hunks[-1].c, d)
        else:
            hunks.append(_Hunk(a, b, c, d))
    return hunks


def _groups(hunks: list[_Hunk], before: list[str]) -> list[list[_Hunk]]:
    """Hunks of one clause belong together."""
    groups: list[list[_Hunk]] = []
    for hunk in hunks:
        if groups and not any(_END.match(word) for word in before[groups[-1][-1].b : hunk.a]):
            groups[-1].append(hunk)
        else:
            groups.append([hunk])
    return groups


def _stretch(group: list[_Hunk], before: list[str], after: list[str]) -> Rewording:
    """The clause around a group of hunks. What stands before and behind them is the same in both texts."""
    first, last = group[0], group[-1]
    lead = 0
    while lead < first.a and lead < first.c and not _END.match(before[first.a - lead - 1]):
        lead += 1
    tail = 0
    while last.b + tail < len(before) and last.d + tail < len(after) and not _END.match(before[last.b + tail]):
        tail += 1
    old = _pieces(before, first.a - lead, last.b + tail, [(h.a, h.b) for h in group])
    new = _pieces(after, first.c - lead, last.d + tail, [(h.c, h.d) for h in group])
    return Rewording(old, new)


def _pieces(words: list[str], start: int, end: int, changed: list[tuple[int, int]]) -> tuple[Piece, ...]:
    found: list[Piece] = []
    at = start
    for a, b in changed:
        found += [Piece("".join(words[at:a]), False), Piece("".join(words[a:b]), True)]
        at = b
    found.append(Piece("".join(words[at:end]), False))
    return tuple(piece for piece in found if piece.text)
