"""What does the page of the desk tell and ask of an agent's reading? What they opened, what changed since, what they keep at hand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from typing import Annotated

from flask import Blueprint, Response, jsonify, request
from pydantic import BaseModel, Field, StrictInt, StringConstraints

from articles.desk.version import differences
from core.errors import DeskError
from web.context import live
from web.desk.bodies import read
from web.desk.guard import account, needs
from web.desk.kept import article, own, reading, seen, version
from web.errors import problem
from web.public.models import Id

reads = Blueprint("reads", __name__, url_prefix="/desk/api")
_RECENT = 8  # as many stand below the pins
VersionName = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")]


class ReadBody(BaseModel):
    article: Id
    version: VersionName


class PinBody(BaseModel):
    """place: from 0; without one a new pin is the last, and one that is there stays."""

    place: Annotated[StrictInt, Field(ge=0, le=1000)] | None = None


@reads.post("/reads")
@needs("answer")
def opened() -> Response:
    """This version was opened. One that a page still shows, but that is live no more, counts as what it is."""
    body = read(ReadBody, {})
    now = article(body.article)
    if now is not None and seen(now).version == body.version:
        reading().opened(account().id, seen(now))
    elif not reading().opened_before(account().id, body.article, body.version):
        if now is None:
            return _no_article()
        return problem(409, "OTHER_VERSION", "这一篇刚发布了新的一版", "刷新页面，读新的一版")
    return Response(status=204)


@reads.get("/articles/<name>/changes")
@needs("answer")
def changes(name: str) -> Response:
    """What is different since this agent opened it last: version (the live one), since (None when never), parts."""
    now = article(name)
    if now is None:
        return _no_article()
    current = seen(now)
    last = reading().reads(account().id, [name]).get(name)
    told: dict[str, object] = {"version": current.version, "since": last.at.isoformat() if last else None, "parts": []}
    if last is not None and last.version != current.version:
        key = (name, last.version)
        old = reading().parts_of([key]).get(key)
        found = differences(old, current.parts, live().desk().setup) if old is not None else []
        told["parts"] = [asdict(difference) for difference in found]
    return jsonify(told)


@reads.get("/pins")
@needs("answer")
def pins() -> Response:
    """What this agent keeps at hand, in order, and what else they opened last."""
    pinned = own().pins(account().id)
    last = reading().recent(account().id, _RECENT + len(pinned))
    recent = [one.article for one in last if one.article not in pinned][:_RECENT]
    return jsonify(pins=_shown(pinned), recent=_shown(recent))


@reads.put("/pins/<name>")
@needs("answer")
def pin(name: str) -> Response:
    """Keep it at hand."""
    body = read(PinBody, {"place": ("位置不对", "写从 0 数起的整数")}) if request.content_length else PinBody()
    if article(name) is None:
        return _no_article()
    try:
        own().pin(account().id, name, body.place)
    except DeskError as error:
        return problem(409, "TOO_MANY_PINS", error.message, error.fix)
    return Response(status=204)


@reads.delete("/pins/<name>")
@needs("answer")
def unpin(name: str) -> Response:
    """No longer; nothing happens when it was not."""
    own().unpin(account().id, name)
    return Response(status=204)


def _shown(names: Iterable[str]) -> list[dict[str, object]]:
    """Those that there still are; changed: there is another version than this agent has opened."""
    found = [now for now in map(article, names) if now is not None]
    last = reading().reads(account().id, [now.id for now in found])
    return [
        {
            "id": now.id,
            "question": now.question,
            "state": now.state(date.today()),
            "changed": now.id in last and last[now.id].version != version(now.id),
        }
        for now in found
    ]


def _no_article() -> Response:
    return problem(404, "NOT_FOUND", "没有这一篇", "检查编号，或重新搜索")
