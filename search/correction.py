"""What did somebody mean who typed pinyin, first letters, or a character that only sounds right?

A noisy channel (Kernighan, Church & Gale, 1990): the cheapest way to read the query as words, where a common word costs little,
reading a word otherwise than it is written costs extra, and words whose neighbouring characters are known as neighbours cost less.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator

from search.lexicon import Lexicon, alike

_PARTS = re.compile(r"[a-z]+(?:[ '][a-z]+)*|[一-鿿]+|[^a-z一-鿿]+")
_LONGEST_WORD = 6
_LONGEST_TYPED = 30
# Ways to read the same stretch so far that are kept, one for each last character.
_BEAM = 8
# Costs and what neighbours save, in −log of a probability; measured on the development queries.
SAME_SOUND = 4.0
NEAR_SOUND = 8.0
OTHER_CHARACTER = 9.0
LONE_CHARACTER = 6.0
UNKNOWN_CHARACTER = 14.0
LONE_SYLLABLE = 12.0
# A word of general Chinese that no article uses.
FOREIGN_WORD = 4.0
NEIGHBOURS = 2.0

# Where a reading ends → last character → its cost and its text.
_Readings = list[dict[str, tuple[float, str]]]


class Corrector:
    """Reads folded queries."""

    def __init__(
        self,
        lexicon: Lexicon,
        frequency: Callable[[str], int],
        total: int,
        neighbours: Callable[[str, str], bool] = lambda _a, _b: False,
    ) -> None:
        """frequency: how common a word is in general Chinese (0: unknown), out of ``total``; neighbours: whether some question
        has the two characters side by side."""
        self._lexicon, self._frequency, self._total = lexicon, frequency, math.log(total)
        self._neighbours = neighbours

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

        def options(start: int, end: int) -> Iterator[tuple[float, str]]:
            key = letters[start:end]
            words = self._lexicon.typed.get(key, ())
            yield from ((word.cost, word.text) for word in words)
            if not words and key in self._lexicon.syllables:
                yield LONE_SYLLABLE, ""

        return self._cheapest(len(letters), _LONGEST_TYPED, options) or None

    def _characters(self, part: str) -> str:
        return self._cheapest(len(part), _LONGEST_WORD, lambda a, b: self._readings(part[a:b])) or part

    def _cheapest(
        self, length: int, longest: int, options: Callable[[int, int], Iterable[tuple[float, str]]]
    ) -> str | None:
        """The cheapest way through a stretch; options: what a piece of it may be read as, and what that costs."""
        best: _Readings = [{"": (0.0, "")}, *({} for _ in range(length))]
        for start in range(length):
            so_far = sorted(best[start].items(), key=lambda item: item[1][0])[:_BEAM]
            if not so_far:
                continue
            for end in range(start + 1, min(length, start + longest) + 1):
                for cost, text in options(start, end):
                    for last, (before, read) in so_far:
                        saved = NEIGHBOURS if last and text and self._neighbours(last, text[0]) else 0.0
                        _offer(best[end], text[-1:] or last, before + cost - saved, read + text)
        return min(best[-1].values())[1] if best[-1] else None

    def _readings(self, written: str) -> Iterator[tuple[float, str]]:
        """What a stretch may be read as, and what that costs."""
        cost = self._cost(written)
        if len(written) == 1:
            yield (UNKNOWN_CHARACTER if cost is None else max(cost, LONE_CHARACTER)), written
            return
        if cost is not None:
            yield cost, written
        if written in self._lexicon.words:
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
        word = self._lexicon.words.get(text)
        general = self._frequency(text)
        costs = [word.cost] if word else []
        costs += [self._total - math.log(general) + (0.0 if word else FOREIGN_WORD)] if general else []
        return min(costs) if costs else None


def _offer(best: dict[str, tuple[float, str]], last: str, cost: float, text: str) -> None:
    """Keep the cheaper way to get here with this last character."""
    there = best.get(last)
    if there is None or cost < there[0]:
        best[last] = (cost, text)
