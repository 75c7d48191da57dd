"""What may somebody who has typed this far be about to ask? Prefixes of words in 标准问 and 相似问: as they are written, in
pinyin (``tuibao``) and by first letters (``tb``)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from enum import IntEnum

from search.documents import Record
from search.lexicon import sounds
from search.tokenizer import Chain
from search.tokenizer.stages import SPELLING, fold

_LONGEST = 24
_MOST_INITIALS = 8
# An input method puts spaces or apostrophes between the syllables of what is being typed.
_LATIN = re.compile(r"[a-z0-9 '’]+")
_BETWEEN = re.compile(r"[ '’]")


class Way(IntEnum):
    """How the beginning of a question is typed, the surest first."""

    TEXT = 0
    PINYIN = 1
    INITIALS = 2


# What a question reads like from the start of one of its words on, in which way, the number of its article, its own there.
Beginning = tuple[str, int, int, int]


def beginnings(records: Sequence[Record], chain: Chain) -> list[Beginning]:
    """Every beginning of every question, sorted; one with 三十天 begins so and with 30天."""
    found: set[Beginning] = set()
    for article, record in enumerate(records):
        for number, question in enumerate(record.asked):
            for text in {fold(question).text, fold(question, SPELLING).text}:
                found.update((start, way, article, number) for start, way in _starts(text, chain))
    return sorted(found)


def _starts(text: str, chain: Chain) -> Iterator[tuple[str, Way]]:
    """``text`` from each of its words on, in every way that reads differently; nobody spells out a stop word in the middle."""
    segments = chain.segmenter.cut(text)
    spoken = sounds(segments)
    position = 0
    for segment in segments:
        if any(c.isalnum() for c in segment):
            written = text[position : position + _LONGEST]
            yield written, Way.TEXT
            if not position or not chain.is_stop(segment):
                rest = [sound for sound in spoken[position : position + _LONGEST] if sound.isalnum()]
                pinyin = "".join(rest)[:_LONGEST]
                initials = "".join(sound[0] for sound in rest[:_MOST_INITIALS])
                if pinyin != written:
                    yield pinyin, Way.PINYIN
                if len(initials) > 1 and not pinyin.startswith(initials):
                    yield initials, Way.INITIALS
        position += len(segment)


def matching(starts: Sequence[Beginning], typed: str) -> list[tuple[int, int]]:
    """(article, question) of those that hold a word, or words, beginning with ``typed``; each once, those written so before
    those that only sound so or have such first letters, and 标准问 first among each."""
    found: list[Beginning] = []
    for prefix in _prefixes(typed):
        at = bisect_left(starts, (prefix,))
        while at < len(starts) and starts[at][0].startswith(prefix):
            found.append(starts[at])
            at += 1
    found.sort(key=lambda start: (start[1], start[3] > 0))
    return list(dict.fromkeys((article, number) for _, _, article, number in found))


def _prefixes(typed: str) -> list[str]:
    """What to look for: the text with numbers as they are typed and in digits, Latin letters also without what stands between."""
    read = [fold(typed).text.strip(), fold(typed, SPELLING).text.strip()]
    read += [_BETWEEN.sub("", text) for text in read if _LATIN.fullmatch(text)]
    return [prefix[:_LONGEST] for prefix in dict.fromkeys(read) if prefix]
