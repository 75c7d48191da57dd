"""What did somebody mean who typed pinyin, first letters, or a character that only sounds right?

A noisy channel (Kernighan, Church & Gale, 1990): the cheapest way to read the query as words, where a common word costs little,
and reading a word otherwise than it is written costs extra.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator

from search.lexicon import Lexicon, Word, alike

_PARTS = re.compile(r"[a-z]+(?:[ '][a-z]+)*|[一-鿿]+|[^a-z一-鿿]+")
_LONGEST_WORD = 6
_LONGEST_TYPED = 30
SAME_SOUND = 8.0
NEAR_SOUND = 11.0
OTHER_CHARACTER = 13.0
LONE_CHARACTER = 6.0
UNKNOWN_CHARACTER = 14.0
LONE_SYLLABLE = 12.0


class Corrector:
    """Reads folded queries; ``frequency`` tells how common a word is in general Chinese (0: unknown), out of ``total``."""

    def __init__(self, lexicon: Lexicon, frequency: Callable[[str], int], total: int) -> None:
        self._lexicon, self._frequency, self._total = lexicon, frequency, math.log(total)

    def correct(self, query: str) -> str:
        """``query`` (folded) as it was probably meant; unchanged when nothing better is found."""
        return "".join(self._part(part) for part in _PARTS.findall(query))

    def _part(self, part: str) -> str:
        if part[0].isascii() and part[0].isalpha():
            return self._typed(part)
        return self._characters(part) if "一" <= part[0] <= "鿿" else part

    def _typed(self, part: str) -> str:
        """Letters as words: first letters of a word, or pinyin from end to end; otherwise what was typed."""
        letters = re.sub(r"[^a-z]", "", part)
        if len(letters) < 2 or len(letters) > 120:
            return part
        whole = self._pinyin(letters)
        if whole is not None:
            return whole
        pieces = re.split(r"[ ']", part)
        read = [self._piece(piece) for piece in pieces]
        return "".join(new or f" {old} " for new, old in zip(read, pieces, strict=True)) if any(read) else part

    def _piece(self, piece: str) -> str | None:
        """One of several pieces of letters that are not pinyin as a whole; None when it means nothing."""
        if len(piece) < 2:
            return None
        word = self._lexicon.initials.get(piece)
        return self._pinyin(piece) or (word.text if word else None)

    def _pinyin(self, letters: str) -> str | None:
        """The cheapest words whose syllables are ``letters``; None when they are no pinyin."""
        best: list[tuple[float, str] | None] = [(0.0, "")] + [None] * len(letters)
        for start in range(len(letters)):
            so_far = best[start]
            if so_far is None:
                continue
            for end in range(start + 1, min(len(letters), start + _LONGEST_TYPED) + 1):
                key = letters[start:end]
                word = self._lexicon.typed.get(key)
                if word is not None:
                    _offer(best, end, so_far[0] + word.cost, so_far[1] + word.text)
                elif key in self._lexicon.syllables:
                    _offer(best, end, so_far[0] + LONE_SYLLABLE, so_far[1])
        last = best[-1]
        return last[1] if last and last[1] else None

    def _characters(self, part: str) -> str:
        best: list[tuple[float, str] | None] = [(0.0, "")] + [None] * len(part)
        for start in range(len(part)):
            so_far = best[start]
            if so_far is None:
                continue
            for end in range(start + 1, min(len(part), start + _LONGEST_WORD) + 1):
                for cost, text in self._readings(part[start:end]):
                    _offer(best, end, so_far[0] + cost, so_far[1] + text)
        last = best[-1]
        return last[1] if last else part

    def _readings(self, written: str) -> Iterator[tuple[float, str]]:
        """What a stretch may be read as, and what that costs."""
        cost = self._cost(written)
        if len(written) == 1:
            yield (UNKNOWN_CHARACTER if cost is None else max(cost, LONE_CHARACTER)), written
            return
        if cost is not None:
            yield cost, written
            return
        sounds = [self._lexicon.syllable(c) for c in written]
        for word in self._lexicon.sounding.get(tuple(map(alike, sounds)), ()):
            yield word.cost + (SAME_SOUND if list(word.syllables) == sounds else NEAR_SOUND), word.text
        if len(written) >= 3:
            for i in range(len(written)):
                for word in self._lexicon.gapped.get(written[:i] + "*" + written[i + 1 :], ()):
                    yield word.cost + OTHER_CHARACTER, word.text

    def _cost(self, text: str) -> float | None:
        """−log of how common a word is, here or in general; None when it is no word."""
        word: Word | None = self._lexicon.words.get(text)
        general = self._frequency(text)
        costs = [word.cost] if word else []
        costs += [self._total - math.log(general)] if general else []
        return min(costs) if costs else None


def _offer(best: list[tuple[float, str] | None], at: int, cost: float, text: str) -> None:
    """Keep the cheaper way to get to ``at``."""
    there = best[at]
    if there is None or cost < there[0]:
        best[at] = (cost, text)
