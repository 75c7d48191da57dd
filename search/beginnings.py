"""How does each question begin, from each of its words on: as it is written, in pinyin, by first letters? Made at build."""

from __future__ import annotations

from collections.abc import Iterator

from search.documents import Record
from search.sounds import sounds
from search.suggestions import Beginning, Way
from search.tokenizer import Chain
from search.tokenizer.stages import SPELLING, fold

_LONGEST = 36
_MOST_INITIALS = 8


def beginnings(record: Record, number: int, chain: Chain) -> Iterator[Beginning]:
    """Every beginning of every question of ``record``, whose number is ``number``; one with 三十天 begins so and with 30天."""
    for place, asked in enumerate(record.asked):
        for text in {chain.analyse(asked)[0].text, fold(asked, SPELLING).text}:
            for start, way in _starts(text, chain, sounding=place == 0):
                yield start, way, number, place


def _starts(text: str, chain: Chain, *, sounding: bool) -> Iterator[tuple[str, Way]]:
    """``text`` from each of its words on, in every way that reads differently; nobody spells out a stop word in the middle.

    sounding: in pinyin and first letters from each word on, not only from the start.
    """
    segments = chain.segmenter.cut(text)
    spoken = sounds(segments)
    position = 0
    for segment in segments:
        if any(c.isalnum() for c in segment):
            written = text[position : position + _LONGEST]
            yield written, Way.TEXT
            if not position or (sounding and not chain.is_stop(segment)):
                rest = [sound for sound in spoken[position : position + _LONGEST] if sound.isalnum()]
                pinyin = "".join(rest)[:_LONGEST]
                initials = "".join(sound[0] for sound in rest[:_MOST_INITIALS])
                if pinyin != written:
                    yield pinyin, Way.PINYIN
                if len(initials) > 1 and not pinyin.startswith(initials):
                    yield initials, Way.INITIALS
        position += len(segment)
