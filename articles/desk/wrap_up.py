"""What stands in the CRM of a contact? 通话小结: a few lines of plain text, the same wherever they are made from the same contact.

Nothing of the customer is in it but the number of the case: the question is masked, and what was filled into blanks is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from articles.config import Placeholder
from articles.desk.reply import Known, compose
from articles.desk.view import DeskArticle, DeskSetup
from articles.schema import Channel
from core.masking import mask

_SHORT = 12  # characters of a commit, as in the name of a release
_HIDDEN = "＊"


@dataclass(frozen=True)
class Talk:
    """One contact. query: as it was typed; answers: what was answered with, and on which channel; known: what was entered; release: the
    version of an article that git does not know; ended_at, result: None and empty while it is open; queue: the name of the one that it
    was handed to; reference: the number of the case."""

    query: str
    answers: Sequence[tuple[DeskArticle, Channel]]
    known: Known
    release: str
    began_at: datetime
    ended_at: datetime | None = None
    result: str = ""
    queue: str = ""
    reference: str = ""


def wrap_up(talk: Talk, setup: DeskSetup, now: datetime) -> str:
    """The summary, a line each, without a line break at its end. Times are on this machine's clock; now: the day that deadlines are
    told from while the contact is open."""
    questions = (f"{article.question}（版本 {_version(article, talk.release)}）" for article, _ in talk.answers)
    channels = (setup.channels[each].name if each in setup.channels else each for _, each in talk.answers)
    told = [
        ("问", [asked(talk.query, talk.known.blanks, setup.placeholders)]),
        ("答", list(questions) or ["没有引用知识库"]),
        ("承诺", _promises(talk, setup, talk.ended_at or now)),
        ("渠道", ["、".join(dict.fromkeys(channels))]),
        ("结果", [f"{talk.result}（{talk.queue}）" if talk.queue else talk.result]),
        ("案件号", [talk.reference]),
        ("时间", [_span(talk.began_at, talk.ended_at)]),
    ]
    lines = [(name, one_line(text)) for name, texts in told for text in dict.fromkeys(texts)]
    return "\n".join(f"{name}：{text}" for name, text in lines if text)


def asked(query: str, blanks: Mapping[str, str], placeholders: Mapping[str, Placeholder]) -> str:
    """``query`` on one line, masked; what was filled into ``blanks`` is told by the label of its blank."""
    labels = {
        one_line(value): f"〔{placeholders[name].label if name in placeholders else name}〕"
        for name, value in blanks.items()
        if len(one_line(value)) > 1
    }
    text = one_line(query)
    if labels:
        longest_first = "|".join(re.escape(value) for value in sorted(labels, key=len, reverse=True))
        text = re.sub(longest_first, lambda found: labels[found[0]], text)
    return mask(text)


def one_line(text: str) -> str:
    """``text`` without line breaks, control characters, or what a screen does not show."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _promises(talk: Talk, setup: DeskSetup, moment: datetime) -> list[str]:
    """The deadlines as they were said on each channel. Which ones had room depends on how long the rest was, so blanks count with
    their length, but not with their value."""
    hidden = {name: _HIDDEN * len(value) for name, value in talk.known.blanks.items()}
    known = replace(talk.known, blanks=hidden)
    today = moment.astimezone().date()
    replies = (compose(articles, channel, setup, known, today) for channel, articles in _by_channel(talk.answers))
    return [piece.text for reply in replies for piece in reply.pieces if piece.label == "promise"]


def _by_channel(answers: Iterable[tuple[DeskArticle, Channel]]) -> Iterable[tuple[Channel, list[DeskArticle]]]:
    found: dict[Channel, list[DeskArticle]] = {}
    for article, channel in answers:
        found.setdefault(channel, []).append(article)
    return found.items()


def _version(article: DeskArticle, release: str) -> str:
    return article.commit[:_SHORT] or release


def _span(began_at: datetime, ended_at: datetime | None) -> str:
    began = began_at.astimezone()
    if ended_at is None:
        return f"{began:%Y-%m-%d %H:%M} 起"
    ended = ended_at.astimezone()
    return f"{began:%Y-%m-%d %H:%M} 至 {ended:{'%H:%M' if ended.date() == began.date() else '%Y-%m-%d %H:%M'}}"
