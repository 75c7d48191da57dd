"""What has this visit asked and seen so far, and how is that told to a human? A few masked questions, nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.masking import mask
from search.bands import Band

# How much a visit remembers: it travels with every question (web/public/session.py).
KEPT = 6
LONGEST = 60
LEAD = "不用从头讲，接通后照着说："


@dataclass(frozen=True)
class Turn:
    """One question: asked in masked words, how sure we were, and the ids of the articles that were shown."""

    asked: str
    band: Band
    shown: tuple[str, ...]

    @classmethod
    def of(cls, question: str, band: Band, shown: Sequence[str]) -> Turn:
        """What is remembered of ``question``: no personal data, and no more than its beginning."""
        masked = " ".join(mask(question).split())
        return cls(masked if len(masked) <= LONGEST else masked[: LONGEST - 1] + "…", band, tuple(shown))


Trail = tuple[Turn, ...]


def extended(trail: Trail, turn: Turn) -> Trail:
    """``trail`` with ``turn``. A choice that was made takes the place of the choices; the oldest turn gives way."""
    last = trail[-1] if trail else None
    if last is not None and last.asked == turn.asked and (last == turn or last.band != "answer"):
        trail = trail[:-1]
    return (*trail, turn)[-KEPT:]


def told(trail: Trail, questions: Mapping[str, str]) -> list[str]:
    """A sentence a turn, for reading out; questions: the 标准问 of each article by id."""
    return [_sentence(turn, [questions[i] for i in turn.shown if i in questions]) for turn in trail]


def _sentence(turn: Turn, shown: Sequence[str]) -> str:
    if not shown:
        return f"我问“{turn.asked}”，没有找到答案。"
    if turn.band == "answer":
        return f"我问“{turn.asked}”，看了“{shown[0]}”这条。"
    return f"我问“{turn.asked}”，给我选的是{''.join(f'“{question}”' for question in shown)}，都不是。"
