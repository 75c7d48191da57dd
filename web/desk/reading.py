"""Which answers must this person read, and which are new or changed for their products? A page that works without a script."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from articles.desk.version import Difference, Part, differences, told
from publishing.feed import FeedEntry
from records.reading import Read
from records.roles import may
from web.context import live
from web.desk.guard import account, needs
from web.desk.kept import article, own, reading, seen
from web.desk.pages import draw

reading_page = Blueprint("reading", __name__, url_prefix="/desk/reading")
_AT_ONCE = 30  # changes on one page


@dataclass(frozen=True)
class Item:
    """One article on the page. parts: all of it, with names; changes: what differs from the version that ``compared`` says, in words;
    acknowledged: when, None when it was not in this version; unread: this version has not been opened; missing: who has not
    acknowledged it, None for those whom that does not concern."""

    entry: FeedEntry
    conclusion: str
    parts: list[tuple[str, str]]
    changes: list[Difference]
    compared: str
    acknowledged: datetime | None = None
    unread: bool = False
    missing: list[str] | None = None

    @property
    def since(self) -> str:
        return day(self.entry.since) if self.entry.since is not None else ""


@reading_page.get("")
@needs("answer", page=True)
def shown() -> Response:
    """What must be read, then what is new."""
    return _page()


@reading_page.post("/read")
@needs("answer", page=True)
def acknowledge() -> AnyResponse:
    """我读过了: of the version that the page has shown."""
    name, version = request.form.get("article", ""), request.form.get("version", "")
    now = article(name) if name in live().desk().feed else None
    if now is None:
        return _page(404, "这一篇已经下线，不用再读了。")
    if seen(now).version != version:
        return _page(409, f"“{now.question}”刚刚又改了。请读过现在的一版，再点“我读过了”。")
    reading().acknowledge(account().id, seen(now))
    return redirect("/desk/reading#must", 303)


@reading_page.post("/products")
@needs("answer", page=True)
def choose() -> AnyResponse:
    """The products whose changes this person wants to see; none: all."""
    own().choose_products(account().id, live().products.keys() & set(request.form.getlist("product")))
    return redirect("/desk/reading#news", 303)


def day(moment: datetime) -> str:
    """A day as it is told, on this machine's clock; of another year with its year."""
    local = moment.astimezone()
    year = f"{local.year} 年 " if local.year != datetime.now().astimezone().year else ""
    return f"{year}{local.month} 月 {local.day} 日"


def _page(status: int = 200, wrong: str = "") -> Response:
    feed, who = live().desk().feed, account()
    start = request.args.get("from", 0, type=int)
    start = start if 0 < start < len(feed) else 0
    products = own().products(who.id) & live().products.keys()
    news = feed.news(products)
    must = [feed[name] for name in feed.must_read]
    some = [entry for entry in news[start : start + _AT_ONCE] if not entry.must_read]
    acknowledged = reading().acknowledged(who.id, feed.must_read)
    missing = reading().missing(feed.must_read) if may(who.role, "stop") else {}
    items = _items([*must, *some], acknowledged, missing)
    mine = items[: len(must)]
    return draw(
        "reading.html",
        status,
        wrong=wrong,
        waiting=sorted((i for i in mine if i.acknowledged is None), key=_newest, reverse=True),
        done=sorted((i for i in mine if i.acknowledged is not None), key=_newest, reverse=True),
        news=items[len(must) :],
        later=start + _AT_ONCE if len(news) > start + _AT_ONCE else 0,
        earlier=start > 0,
        products=live().products,
        chosen=products,
        categories={key: str(told.get("name", key)) for key, told in live().categories.items()},
        day=day,
    )


def _newest(item: Item) -> tuple[float, str]:
    since = item.entry.since
    return since.timestamp() if since is not None else 0.0, item.entry.id


def _items(
    entries: Sequence[FeedEntry], acknowledged: Mapping[str, datetime], missing: Mapping[str, list[str]]
) -> list[Item]:
    reads = reading().reads(account().id, [entry.id for entry in entries])
    others = {e.id: reads[e.id] for e in entries if e.id in reads and reads[e.id].version != e.version}
    texts = reading().parts_of({(name, last.version) for name, last in others.items()})
    setup = live().desk().setup
    found = []
    for entry in entries:
        now = article(entry.id)
        assert now is not None  # it is in the feed of the same release
        parts = seen(now).parts
        old, compared = _compared(entry, others.get(entry.id), texts)
        found.append(
            Item(
                entry=entry,
                conclusion=now.conclusion,
                parts=told(parts, setup),
                changes=differences(old, parts, setup) if old else [],
                compared=compared,
                acknowledged=acknowledged.get(entry.id),
                unread=entry.id not in reads or entry.id in others,
                missing=missing.get(entry.id),
            )
        )
    return found


def _compared(
    entry: FeedEntry, last: Read | None, texts: Mapping[tuple[str, str], list[Part]]
) -> tuple[list[Part], str]:
    """The text to compare with: what this person opened last, else what went before; and how that is called."""
    mine = texts.get((entry.id, last.version)) if last is not None else None
    if last is not None and mine is not None:
        return mine, f"和您 {day(last.at)}读的相比"
    return entry.before, "和上一版相比"
