"""Which words are copied? One reply out of one article or several, for one channel, to the character.

One opener, the answers in their order, the deadlines, one closing; a line each. A rule that the answers say already is not said twice,
and the last rules fall away when the channel takes no more; nothing else is ever cut.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from articles.channel_texts import WEB
from articles.config import PLACEHOLDER, Placeholder
from articles.desk.promises import spoken
from articles.desk.view import PUBLIC, DeskArticle, DeskSetup, State
from articles.schema import Channel
from articles.style.times import Span, spans
from core.errors import ReplyRefused
from core.working_days import WorkingDays

Label = Literal["opening", "body", "promise", "closing"]
Lack = Literal["state", "internal", "channel", "blank", "pattern", "limit", "empty"]
_LONGEST_VALUE = 200
_STATES: dict[State, tuple[str, str]] = {
    "draft": ("还是草稿，不能复制", "用已发布的答案"),
    "archived": ("已下线，不能复制", "请用新的一版"),
    "expired": ("已过期，不能复制", "请用新的一版"),
    "not_yet": ("还没有生效，不能复制", "请用现行的答案"),
}


@dataclass(frozen=True)
class Piece:
    """One part of a reply, as it is copied; article: whose it is, empty for the closing. borrowed_from: see ``DeskText``."""

    label: Label
    text: str
    article: str = ""
    borrowed_from: str = ""


@dataclass(frozen=True)
class Missing:
    """Why a reply cannot be copied. name: the blank, the article or the channel that it is about."""

    kind: Lack
    name: str
    message: str
    fix: str


@dataclass(frozen=True)
class Reply:
    """pieces, text: what is copied, one line a piece; blanks that are not filled stand in it as they are written. count: its
    characters; limit: as many as the channel takes. hints: what the agent should know of the deadlines. left_out: rules that the
    channel had no room for. missing: everything that stands in the way of copying it."""

    channel: Channel
    pieces: list[Piece]
    limit: int
    blanks: list[str] = field(default_factory=list)
    hints: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    missing: list[Missing] = field(default_factory=list)

    @property
    def text(self) -> str:
        return _joined(self.pieces)

    @property
    def count(self) -> int:
        return len(self.text)

    def copied(self) -> str:
        """The text. Raises ReplyRefused, which names all that is missing, when it must not be sent as it stands."""
        if not self.missing:
            return self.text
        blanks = [one for one in self.missing if one.kind == "blank"]
        told = [one.message for one in self.missing if one.kind != "blank"]
        if blanks:
            told.append(f"还差 {len(blanks)} 处：{'、'.join(one.name for one in blanks)}")
        raise ReplyRefused("；".join(told), "；".join(dict.fromkeys(one.fix for one in self.missing)))


@dataclass(frozen=True)
class Known:
    """What the agent has entered for this contact. blanks: name → value; began: the event that a deadline runs from → its day (or
    moment, where hours count); without: parts that are not to be said."""

    blanks: Mapping[str, str] = field(default_factory=dict)
    began: Mapping[str, date] = field(default_factory=dict)
    without: Collection[Label] = ()


def compose(
    articles: Sequence[DeskArticle],
    channel: Channel,
    setup: DeskSetup,
    known: Known,
    today: date,
) -> Reply:
    """One reply out of ``articles`` (one at least), stacked in their order, on ``channel``."""
    stacked = list({article.id: article for article in articles}.values())
    missing = [m for article in stacked for m in _not_to_be_said(article, channel, today)]
    if channel not in setup.channels:
        missing.append(Missing("channel", channel, f"没有“{channel}”这个渠道", "在 channels.yml 里加上"))
        return Reply(channel, [], 0, missing=missing)
    own = [(article, article.texts[channel]) for article in stacked]
    bodies = [Piece("body", text.body, article.id, text.borrowed_from) for article, text in own]
    promises, rules, hints = _promises(stacked, channel, known, setup.holidays.working_days(), today, bodies)
    opening = next((Piece("opening", t.opening, a.id) for a, t in own if t.opening), None)
    closing = Piece("closing", setup.channels[channel].closing)
    limit = setup.channels[channel].limit
    left_out: list[str] = []
    while True:
        parts = [*([opening] if opening else []), *bodies, *promises, closing]
        written = [part for part in parts if part.text and part.label not in known.without]
        pieces = [_filled(part, known.blanks) for part in written]
        if len(_joined(pieces)) <= limit or not rules or "promise" in known.without:
            break
        last = rules.pop()
        promises.remove(last)
        left_out.insert(0, last.text)
    blanks = list(dict.fromkeys(name for part in written for name in PLACEHOLDER.findall(part.text)))
    missing += [m for name in blanks for m in _blank(name, known.blanks, setup.placeholders)]
    count = len(_joined(pieces))
    if count > limit:
        name = setup.channels[channel].name
        missing.append(
            Missing("limit", channel, f"{name}最多 {limit} 字，现在 {count} 字", "少叠一篇，或去掉开场、时限或收尾")
        )
    if not pieces:
        missing.append(Missing("empty", channel, "没有可以复制的文字", "至少留下一段"))
    return Reply(channel, pieces, limit, blanks, hints, left_out, missing)


def _not_to_be_said(article: DeskArticle, channel: Channel, today: date) -> list[Missing]:
    """What speaks against saying anything of ``article``."""
    state = article.state(today)
    if state != "live":
        message, fix = _STATES[state]
        if article.replaced_by:
            fix = f"请用新的一版：{article.replaced_by}"
        return [Missing("state", article.id, f"“{article.question}”{message}", fix)]
    text = article.texts.get(channel)
    if article.audience == "agent" and text is not None and text.borrowed_from == WEB:
        message = f"“{article.question}”只给客服看，没有写给客户的文案"
        return [Missing("internal", article.id, message, "自己说给客户听，或请编辑补上文案")]
    return []


def _promises(
    articles: Sequence[DeskArticle],
    channel: Channel,
    known: Known,
    calendar: WorkingDays,
    today: date,
    bodies: Sequence[Piece],
) -> tuple[list[Piece], list[Piece], list[str]]:
    """The deadlines that are said; those of them that are rules, and may fall away; what the agent should know."""
    said = {span for body in bodies for span in spans(body.text)}
    promises: dict[str, Piece] = {}
    rules: list[Piece] = []
    hints: list[str] = []
    for article in articles:
        for promise in article.promises:
            began = known.began.get(promise.since)
            if began is not None and channel == PUBLIC:
                hints.append("公开回复不写这位客户的日期，只说规定")
                began = None
            made = spoken(promise, began, calendar, today)
            if made.hint:
                hints.append(made.hint)
            if made.end is None and Span(promise.within, promise.unit) in said:
                continue
            if made.text not in promises:
                promises[made.text] = Piece("promise", made.text, article.id)
                if made.end is None:
                    rules.append(promises[made.text])
    return list(promises.values()), rules, list(dict.fromkeys(hints))


def _blank(name: str, values: Mapping[str, str], known: Mapping[str, Placeholder]) -> list[Missing]:
    """What is wrong with the blank ``name``."""
    value, setup = values.get(name, ""), known.get(name)
    if setup is None:
        return [Missing("blank", name, f"空格“{name}”没有声明过", "请编辑在 channels.yml 里声明")]
    if not value.strip():
        return [Missing("blank", name, f"“{setup.label}”还没有填", "填好才能复制")]
    if len(value) > _LONGEST_VALUE or not re.fullmatch(setup.pattern, value):
        example = f"，例如 {setup.example}" if setup.example else ""
        return [Missing("pattern", name, f"{setup.label}的写法不对", f"照要求的样子改{example}")]
    return []


def _filled(part: Piece, values: Mapping[str, str]) -> Piece:
    """``part`` with what is known of its blanks, in one pass: what was entered is never read for blanks itself."""
    text = PLACEHOLDER.sub(lambda blank: values.get(blank[1]) or blank[0], part.text)
    return Piece(part.label, text, part.article, part.borrowed_from)


def _joined(pieces: Sequence[Piece]) -> str:
    return "\n".join(piece.text for piece in pieces)
