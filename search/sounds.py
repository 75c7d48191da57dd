"""How do words and characters sound? pypinyin, needed only at build: a process that answers queries does not load it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from pypinyin import Style, lazy_pinyin, pinyin
from pypinyin.contrib.tone_convert import to_normal
from pypinyin.pinyin_dict import pinyin_dict


def sounds(words: Sequence[str]) -> list[str]:
    """The syllable of each character of ``words``, read as it is in its word; one that has no sound stands for itself."""
    # A list for a run of characters without sound keeps them apart; pypinyin takes one, only its types do not say so.
    return list(lazy_pinyin(list(words), style=Style.NORMAL, errors=list))  # type: ignore[arg-type]


def spoken(words: Iterable[str]) -> dict[str, list[list[str]]]:
    """Word of Han characters → its syllables; a single character in every way it can be read, the commonest first."""
    return {word: _readings(word) for word in words}


def _readings(word: str) -> list[list[str]]:
    usual: list[str] = lazy_pinyin(word, style=Style.NORMAL)
    if len(word) > 1:
        return [usual]
    others = pinyin(word, style=Style.NORMAL, heteronym=True)[0]
    return [usual, *([other] for other in dict.fromkeys(others) if other != usual[0])]


@cache
def characters() -> dict[str, str]:
    """Han character → how it sounds most often (Unicode's first block of them)."""
    plain = cache(to_normal)  # there are a thousand syllables for twenty thousand characters
    readings = ((chr(code), pinyin_dict.get(code, chr(code))) for code in range(0x4E00, 0x9FA6))
    return {char: plain(told.split(",")[0]) for char, told in readings}
