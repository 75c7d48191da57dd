"""How do words and characters sound? pypinyin, needed only at build: a process that answers queries does not load it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from pypinyin import Style, lazy_pinyin


def sounds(words: Sequence[str]) -> list[str]:
    """The syllable of each character of ``words``, read as it is in its word; one that has no sound stands for itself."""
    # A list for a run of characters without sound keeps them apart; pypinyin takes one, only its types do not say so.
    return list(lazy_pinyin(list(words), style=Style.NORMAL, errors=list))  # type: ignore[arg-type]


def spoken(words: Iterable[str]) -> dict[str, list[str]]:
    """Word of Han characters → its syllables."""
    return {word: lazy_pinyin(word, style=Style.NORMAL) for word in words}


@cache
def characters() -> dict[str, str]:
    """Han character → how it sounds most often (Unicode's first block of them)."""
    return {char: lazy_pinyin(char, style=Style.NORMAL)[0] for char in map(chr, range(0x4E00, 0x9FA6))}
