"""How do an article, a search and a reply look to the page of answers? From the live release, what is stopped, and who reads."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TypedDict

from articles.desk.reply import Known, Missing, compose
from articles.desk.view import DeskArticle, DeskSetup
from articles.markdown import to_plain
from articles.schema import Channel
from core.errors import ReplyRefused
from search.bands import Band
from search.results import Matched
from web.context import live, urgent
from web.desk.answering_models import (
    ArticleOut,
    AskOut,
    ChoiceOut,
    FoundOut,
    Hit,
    MissingOut,
    Named,
    PieceOut,
    ReplyOut,
    State,
)
from web.desk.guard import account
from web.desk.kept import article, reading, version

# The keys 1 to 6, as the issue of a desk has them everywhere: an agent's fingers know them.
_KEYS: tuple[Channel, ...] = ("phone", "chat", "wechat", "email", "sms", "social")
# What makes a query one of fields and phrases (search/engines/fields.py); an IME writes the signs of it in full width.
_FIELDS = re.compile(r'(?:^|[\s(])(?:标题|标准问|相似问|正文|编号|类别|子主题|险种|标签):|"[^"]+"|\b(?:AND|OR|NOT)\b')
_QUOTES = str.maketrans("“”", '""')
_CHOICES = 3  # results that may be meant when it is not sure which
_NEAR = 4


class NumberedChannel(TypedDict):
    """A channel with the digit that copies it."""

    key: Channel
    digit: str
    name: str


def numbered_channels(setup: DeskSetup) -> list[NumberedChannel]:
    """The channels that the insurer has, in the order of their keys."""
    return [
        {"key": key, "digit": str(number), "name": setup.channels[key].name}
        for number, key in enumerate(_KEYS, 1)
        if key in setup.channels
    ]


def state(view: DeskArticle) -> State:
    """What ``view`` is today, for somebody who wants to say it."""
    return "stopped" if urgent().stopped(view.id) else view.state(date.today())


def found_out(query: str, product: str | None, category: str | None, *, literal: bool, limit: int) -> FoundOut:
    """The results; an id finds its article, in whatever state."""
    desk = live().desk()
    asked = unicodedata.normalize("NFKC", query).translate(_QUOTES)
    if _FIELDS.search(asked):
        results = desk.search.find(asked, limit, product=product, category=category)
        hits = _hits([(r.id, _why(r.matched)) for r in results], "choose")
        band: Band = "choose" if hits else "unsure"
        return FoundOut(query=query, read_as="", by_fields=True, band=band, categories={}, total=len(hits), hits=hits)
    is_id = query in desk.articles
    found = desk.search.search(query, product=product, category=category, limit=limit, literal=literal or is_id)
    band = "answer" if is_id else found.band if found.results else "unsure"
    others = [(r.id, _why(r.matched)) for r in found.results if not (is_id and r.id == query)]
    hits = _hits([(query, "编号"), *others], band) if is_id else _hits(others, band)
    return FoundOut(
        query=query,
        read_as=found.corrected or "",
        by_fields=False,
        band=band,
        categories=found.categories,
        total=max(found.total, len(hits)),
        hits=hits,
    )


def _hits(found: Sequence[tuple[str, str]], band: Band) -> list[Hit]:
    """(id, why) of each, the best first; those of an index that is a moment older than the articles fall away."""
    known = [(view, why) for view, why in ((article(name), why) for name, why in found) if view is not None]
    last = reading().reads(account().id, [view.id for view, _ in known])
    return [
        Hit(
            id=view.id,
            question=view.question,
            topic=view.topic,
            products=_products(view),
            internal=view.audience == "agent",
            state=state(view),
            changed=view.id in last and last[view.id].version != version(view.id),
            band=_band(place, band),
            why=why,
        )
        for place, (view, why) in enumerate(known)
    ]


def _band(place: int, band: Band) -> Band:
    if place == 0:
        return band
    return "choose" if band != "unsure" and place < _CHOICES else "unsure"


def _why(matched: Matched) -> str:
    """The longest first; a single character, or a part of what is told already, tells nobody anything."""
    told: list[str] = []
    synonyms = [f"{said}→{found}" for said, found in matched.synonyms.items()]
    for word in [*sorted(matched.words, key=len, reverse=True), *synonyms]:
        if len(word) > 1 and not any(word in longer for longer in told):
            told.append(word)
    return "".join(f"“{word}”" for word in told[:3])


def article_out(view: DeskArticle) -> ArticleOut:
    """All that stands beside the answer of ``view``."""
    stop = urgent().stopped(view.id)
    is_open = view.audience == "public" and view.id in live().urls and state(view) == "live"
    near = [*view.related, *(s.id for s in live().desk().search.similar(view.id, _NEAR))]
    escalate = view.escalate
    return ArticleOut(
        id=view.id,
        question=view.question,
        state=state(view),
        stop_reason=stop.reason if stop else "",
        internal=view.audience == "agent",
        products=_products(view),
        category=str(live().categories.get(view.category, {}).get("name", view.category)),
        url=view.url if is_open else "",
        version=version(view.id),
        commit=view.commit[:12],
        review_by=view.review_by.isoformat() if view.review_by else "",
        owner=view.owner,
        approvers=view.approvers,
        replaced_by=next(iter(_named([view.replaced_by])), None),
        conclusion=view.conclusion,
        steps=[step.text for step in view.steps],
        documents=[
            f"{document.name}：{document.note}" if document.note else document.name for document in view.documents
        ],
        notes=to_plain(view.agent_notes).splitlines(),
        avoid=view.avoid,
        escalate={"when": escalate.when, "to": escalate.to, "queue": escalate.queue, "leeway": escalate.leeway}
        if escalate
        else None,
        sources=[source.cite for source in view.sources],
        similar=_named(name for name in dict.fromkeys(near) if name != view.id)[:_NEAR],
        ask=[
            AskOut(
                key=ask.key,
                question=ask.question,
                choices=[
                    ChoiceOut(text=choice.text, article=choice.article or "", next=choice.next or "")
                    for choice in ask.choices
                ],
            )
            for ask in view.ask
        ],
        events={promise.since: promise.unit == "小时" for promise in view.promises},
    )


def reply_out(views: Sequence[DeskArticle], channel: Channel, known: Known) -> ReplyOut:
    """One reply; what a supervisor has stopped cannot be copied either."""
    made = compose(views, channel, live().desk().setup, known, date.today())
    stops = [(view, urgent().stopped(view.id)) for view in views]
    made.missing[:0] = [
        Missing("state", view.id, f"“{view.question}”已停用，不能复制：{stop.reason}", "用别的答案，或转办")
        for view, stop in stops
        if stop is not None
    ]
    try:
        made.copied()
        refusal = ""
    except ReplyRefused as error:
        refusal = error.message
    borrowed = next((piece.borrowed_from for piece in made.pieces if piece.borrowed_from), "")
    names = {"web": "网页", **{str(key): each.name for key, each in live().desk().setup.channels.items()}}
    return ReplyOut(
        channel=channel,
        pieces=[PieceOut(label=piece.label, text=piece.text) for piece in made.pieces],
        text=made.text,
        count=made.count,
        limit=made.limit,
        borrowed=names.get(borrowed, borrowed),
        blanks=made.blanks,
        hints=made.hints,
        left_out=made.left_out,
        missing=[MissingOut(kind=m.kind, name=m.name, message=m.message, fix=m.fix) for m in made.missing],
        refusal=refusal,
    )


def _named(names: Iterable[str]) -> list[Named]:
    found = (article(name) for name in names if name)
    return [Named(id=view.id, question=view.question, state=state(view)) for view in found if view is not None]


def _products(view: DeskArticle) -> list[str]:
    return [live().products.get(key, key) for key in view.products]
