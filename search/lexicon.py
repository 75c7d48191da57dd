"""Which words do the articles use, how often, and how do they sound? Made at build, read by the correction of queries.

The sounds come from sounds.py, which only the build loads: what a query needs is in the file.
"""

from __future__ import annotations

import json
import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import numpy as np

from search.corpus import Corpus, TextKind

_HAN = re.compile(r"^[一-鿿]+$")
_LONGEST = 8
# What many speakers do not tell apart.
_ALIKE = [("zh", "z"), ("ch", "c"), ("sh", "s"), ("ang", "an"), ("eng", "en"), ("ing", "in")]


Spoken = Callable[[Iterable[str]], dict[str, list[str]]]


@dataclass(frozen=True)
class Word:
    """A word of the articles, what it costs to take it for granted (−log of how common it is), and its syllables."""

    text: str
    cost: float
    syllables: tuple[str, ...]


def write_lexicon(path: Path, corpus: Corpus, spoken: Spoken, characters: dict[str, str]) -> None:
    """Write the words of ``corpus`` (how customers ask counts most) and their sounds.

    spoken: gives the syllables of words; characters: how each one sounds.
    """
    asked = corpus.kind[corpus.text_of_entry] == TextKind.QUESTION
    counts = np.bincount(corpus.feature, corpus.count * np.where(asked, 3, 1), len(corpus.names)).astype(int).tolist()
    words = {
        name: count
        for name, count in zip(corpus.names, counts, strict=True)
        if count and len(name) <= _LONGEST and _HAN.match(name)
    }
    syllables = spoken(words)
    body = {"words": [[word, count, syllables[word]] for word, count in words.items()], "characters": characters}
    path.write_text(json.dumps(body, ensure_ascii=False), encoding="utf-8")


@cache
def alike(syllable: str) -> str:
    """A syllable with what is easily confused taken away: zhuang and zuan become one."""
    for a, b in _ALIKE:
        syllable = syllable.replace(a, b)
    return syllable


class Lexicon:
    """The words, found by their text, by what is typed for them, and by how they sound."""

    def __init__(self, words: list[Word], characters: dict[str, str]) -> None:
        self.words = {word.text: word for word in words}
        self._characters = characters

    @classmethod
    def read(cls, path: Path) -> Lexicon:
        """The lexicon that the build wrote."""
        body = json.loads(path.read_text("utf-8"))
        total = math.log(sum(count for _, count, _ in body["words"]) or 1)
        return cls([Word(w, total - math.log(n), tuple(s)) for w, n, s in body["words"]], body["characters"])

    def syllable(self, character: str) -> str:
        """How a character sounds; itself when it has no sound."""
        return self._characters.get(character, character)

    @cached_property
    def syllables(self) -> frozenset[str]:
        """Every syllable that there is."""
        return frozenset(self._characters.values())

    @cached_property
    def typed(self) -> dict[str, Word]:
        """What is typed for a word (its syllables joined) → the most common such word."""
        return self._best(("".join(w.syllables), w) for w in self.words.values())

    @cached_property
    def initials(self) -> dict[str, Word]:
        """First letters → the most common word of two or more characters that has them."""
        return self._best(("".join(s[0] for s in w.syllables), w) for w in self.words.values() if len(w.text) > 1)

    @cached_property
    def sounding(self) -> dict[tuple[str, ...], list[Word]]:
        """Syllables, confusable ones taken as one → the words of two or more characters that sound like that."""
        found: dict[tuple[str, ...], list[Word]] = defaultdict(list)
        for word in self.words.values():
            if len(word.text) > 1:
                found[tuple(map(alike, word.syllables))].append(word)
        return dict(found)

    @cached_property
    def gapped(self) -> dict[str, list[Word]]:
        """A word of three or more characters with one taken out (``受*人``) → the words that fit."""
        found: dict[str, list[Word]] = defaultdict(list)
        for word in self.words.values():
            if len(word.text) >= 3:
                for i in range(len(word.text)):
                    found[word.text[:i] + "*" + word.text[i + 1 :]].append(word)
        return dict(found)

    @staticmethod
    def _best(pairs: Iterable[tuple[str, Word]]) -> dict[str, Word]:
        found: dict[str, Word] = {}
        for key, word in pairs:
            if key not in found or word.cost < found[key].cost:
                found[key] = word
        return found
