"""Which version of an article has an agent read, and what is different since? Its parts as texts, their hash, the changed words.

A version is what agents read of one article: another commit, approver, review date or file changes nothing of it. What all articles
of the house share, the polite words around an answer (phrases.yml, the closings of channels.yml), is left out too: one word of
these would be news in every article at once.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from articles.channel_texts import page_text
from articles.desk.view import DeskArticle, DeskSetup
from articles.markdown import to_plain
from articles.schema import Ask
from articles.wording import Marked, marked

# The key of a part and its text. Keys are stable, they stand in the database; channels have their own.
Part = tuple[str, str]
Parts = Sequence[Part]
NAMES = {
    "question": "标准问",
    "answer": "网页",
    "steps": "怎么做",
    "documents": "要带",
    "promises": "期限",
    "ask": "先选一选",
    "notes": "客服备注",
    "avoid": "不要这样说",
    "escalate": "升级",
    "sources": "依据",
    "audience": "谁能看",
    "valid": "有效期",
}
_AUDIENCE = {"public": "客户和客服", "agent": "只给客服"}


@dataclass(frozen=True)
class Difference:
    """part: its name, several when channels have changed in the same words; pieces: the text with what went and what came."""

    part: str
    pieces: list[Marked]


def parts(article: DeskArticle) -> list[Part]:
    """What an agent reads of ``article``, part by part; parts that say nothing are left out."""
    return [(key, text) for key, text in _parts(article) if text]


def version(article: DeskArticle) -> str:
    """The name of this version: 16 hex digits, the same wherever all parts are the same."""
    return version_of(parts(article))


def version_of(read: Parts) -> str:
    """The name of the version with these parts."""
    return hashlib.blake2b(json.dumps(read, ensure_ascii=False).encode(), digest_size=8).hexdigest()


def told(read: Parts, setup: DeskSetup) -> list[tuple[str, str]]:
    """The parts with their names; channels that say the same are told together."""
    names: dict[str, list[str]] = {}
    for key, text in read:
        names.setdefault(text, []).append(_name(key, setup))
    return [("、".join(together), text) for text, together in names.items()]


def differences(old: Parts, new: Parts, setup: DeskSetup) -> list[Difference]:
    """What reads differently, in the order of ``new``; what is no longer there comes last."""
    before, after = dict(old), dict(new)
    changed: dict[tuple[str, str], list[str]] = {}
    for key in (*after, *(key for key in before if key not in after)):
        pair = before.get(key, ""), after.get(key, "")
        if pair[0] != pair[1]:
            changed.setdefault(pair, []).append(_name(key, setup))
    return [Difference("、".join(names), marked(a, b)) for (a, b), names in changed.items()]


def _name(key: str, setup: DeskSetup) -> str:
    channels: Mapping[str, str] = {str(name): channel.name for name, channel in setup.channels.items()}
    return NAMES.get(key) or channels.get(key, key)


def _parts(article: DeskArticle) -> Iterator[Part]:
    yield "question", article.question
    yield "answer", to_plain(article.answer)
    yield from ((channel, text.body) for channel, text in article.texts.items())
    yield "steps", page_text("", article.steps, [], []).strip()
    yield "documents", page_text("", [], article.documents, []).strip()
    yield "promises", page_text("", [], [], article.promises).strip()
    yield "ask", "\n".join(map(_asked, article.ask))
    yield "notes", to_plain(article.agent_notes)
    yield "avoid", "\n".join(article.avoid)
    stop = article.escalate
    if stop is not None:
        yield "escalate", f"{stop.when}，转{stop.queue}" + (f"；可自定：{stop.leeway}" if stop.leeway else "")
    yield "sources", "\n".join(source.cite for source in article.sources)
    if article.audience != "public":
        yield "audience", _AUDIENCE[article.audience]
    days = [
        f"从 {article.valid_from}" if article.valid_from else "",
        f"到 {article.valid_to}" if article.valid_to else "",
    ]
    yield "valid", " ".join(day for day in days if day)


def _asked(ask: Ask) -> str:
    choices = (f"{choice.text} → {choice.article or choice.next or '人工'}" for choice in ask.choices)
    return f"{ask.question}（{'、'.join(choices)}）"
