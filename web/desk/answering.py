"""Which answer does an agent find, and which words can be copied on each channel? The page /desk and the calls that it makes."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, request
from pydantic import BaseModel

from core.errors import HistoryError
from publishing.history.read import open_history, versions
from publishing.history.words import changes, local_time
from records.contacts import MOST_ARTICLES, RESULTS
from records.events import Event
from records.marks import KINDS, MOST_WORDS
from web.context import live, records, root
from web.desk.answering_models import RepliesOut, ReplyBody
from web.desk.answering_views import article_out, found_out, numbered_channels, reply_out
from web.desk.bodies import read, refuse
from web.desk.contact_models import SENTENCES
from web.desk.guard import needs
from web.desk.kept import article
from web.desk.pages import draw
from web.desk.screen_pop import screen_pop
from web.errors import problem

answering = Blueprint("answering", __name__, url_prefix="/desk")
_LONGEST = 500
_MOST_HITS = 20


@answering.get("")
@needs("answer", page=True)
def page() -> Response:
    """The page; ``contact`` and ``ref`` are the telephone system's, ``article`` opens one, ``q`` searches."""
    setup = live().desk().setup
    return draw(
        "answering.html",
        pop=screen_pop(request.args),
        setup={
            "channels": numbered_channels(setup),
            "blanks": {name: blank.model_dump() for name, blank in setup.placeholders.items()},
            "products": live().products,
            "categories": {key: str(told.get("name", key)) for key, told in live().categories.items()},
            "queues": setup.queues,
            "kinds": KINDS,
            "results": RESULTS,
            "words": MOST_WORDS,
            "release": live().release.name,
        },
    )


@answering.get("/api/search")
@needs("answer")
def search() -> Response:
    """Results for ``q``; ``product`` and ``category`` narrow it; ``typing`` notes nothing, ``literal`` corrects nothing."""
    q = request.args.get("q", "").strip()
    if not q or len(q) > _LONGEST:
        return problem(400, "BAD_QUERY", "没有写问题，或太长", f"写 1 到 {_LONGEST} 字")
    found = found_out(
        q,
        request.args.get("product", "") or None,
        request.args.get("category", "") or None,
        literal=bool(request.args.get("literal")),
        limit=_MOST_HITS,
    )
    if not request.args.get("typing"):
        records().note(Event("search", live().release.name, query=q, band=found.band, hits=found.total, channel="desk"))
    return _told(found)


@answering.get("/api/articles/<name>")
@needs("answer")
def opened(name: str) -> Response:
    """One article with all that stands beside its answer."""
    found = article(name)
    if found is None:
        return problem(404, "NOT_FOUND", "没有这一篇", "检查编号，或重新搜索")
    return _told(article_out(found))


@answering.get("/api/articles/<name>/history")
@needs("answer")
def history(name: str) -> Response:
    """Every version that was ever live, the newest first: when, and what it changed, in words."""
    setup = live().desk().setup
    names = {"web": "网页", **{str(key): channel.name for key, channel in setup.channels.items()}}
    try:
        lines = open_history(root()).lines
    except HistoryError as error:
        return problem(503, error.code, "历史读不出来", "稍后再试")
    try:
        found = versions(lines, name)
    except HistoryError:  # it was never live
        return jsonify(versions=[])
    before = [None, *found[:-1]]
    told = [
        {"at": local_time(version.time), "release": version.release, "changes": changes(version, last, names)}
        for version, last in zip(found, before, strict=True)
    ]
    return jsonify(versions=told[::-1])


@answering.post("/api/reply")
@needs("answer")
def reply() -> Response:
    """The words of every channel, and what stands in the way of copying each."""
    body = read(ReplyBody, SENTENCES | {"articles": ("文章不对，或太多", f"选 1 到 {MOST_ARTICLES} 篇")})
    found = {name: article(name) for name in dict.fromkeys(body.articles)}
    unknown = [name for name, view in found.items() if view is None]
    if unknown:
        refuse([("articles", f"没有这些文章：{'、'.join(unknown)}", "重新选一次")], unknown=unknown)
    views = [view for view in found.values() if view is not None]
    channels = [channel["key"] for channel in numbered_channels(live().desk().setup)]
    replies = [reply_out(views, channel, body.known) for channel in channels]
    return _told(RepliesOut(release=live().release.name, replies=replies))


def _told(model: BaseModel) -> Response:
    return Response(model.model_dump_json(), content_type="application/json")
