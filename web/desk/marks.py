"""How does what an agent found wrong, or did not find, reach editors, and how does the answer come back?"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Annotated

from flask import Blueprint, Response, jsonify, redirect, request
from pydantic import BaseModel, Field, StringConstraints
from werkzeug.wrappers import Response as AnyResponse

from articles.desk.version import Difference, differences, parts
from articles.stale import NOBODY
from core.errors import DatabaseError, DeskError
from records.marks import KINDS, MOST_WORDS, STATES, Kind, Mark, Outcome
from records.roles import may
from web.context import live
from web.desk.bodies import read
from web.desk.guard import account, needs
from web.desk.kept import article, gaps, reading, seen, version
from web.desk.kept import marks as kept_marks
from web.desk.pages import draw
from web.desk.reading import day
from web.desk.reads import VersionName
from web.errors import problem
from web.public.models import Id, Question

marks = Blueprint("marks", __name__, url_prefix="/desk")
_Words = Annotated[str, StringConstraints(max_length=MOST_WORDS)]
_OUTCOMES: dict[str, Outcome] = {"mended": "mended", "declined": "declined"}
_SENTENCES = {
    "words": (f"写得太长，超过 {MOST_WORDS} 字", "写短一些"),
    "kind": ("没有选哪里不对", "选一种：" + "、".join(KINDS.values())),
    "query": ("没有问题可记，或超过 500 字", "先在搜索框里写客户的问题"),
}


class MarkBody(BaseModel):
    article: Id
    version: VersionName
    kind: Kind
    words: _Words = ""


class GapBody(BaseModel):
    """query: what was searched for; category, product: the filters of that search."""

    query: Question
    category: Annotated[str, Field(max_length=100)] = ""
    product: Annotated[str, Field(max_length=100)] = ""


@dataclass(frozen=True)
class Marked:
    """A mark on the page. question: of the article as it is called now; changed: another version is live, or none (gone);
    changes: what differs in it."""

    mark: Mark
    question: str
    owner: str
    changed: bool
    gone: bool
    changes: list[Difference]


@marks.post("/api/marks")
@needs("answer")
def mark() -> Response:
    """标记问题."""
    body = read(MarkBody, _SENTENCES)
    now = article(body.article)
    current = seen(now) if now is not None else None
    is_live = current is not None and current.version == body.version
    if not is_live and not kept_marks().is_known(body.article, body.version):
        if now is None:
            return problem(404, "NOT_FOUND", "没有这一篇", "检查编号，或重新搜索")
        return problem(409, "OTHER_VERSION", "这一篇刚发布了新的一版", "刷新页面，看新的一版还要不要标记")
    shown = current if is_live else None
    number, is_new = kept_marks().mark(account().id, body.article, body.version, body.kind, body.words, shown)
    return _made(number=number, new=is_new)


@marks.post("/api/gaps")
@needs("answer")
def gap() -> Response:
    """没有答案."""
    body = read(GapBody, _SENTENCES)
    category = body.category if body.category in live().categories else ""
    product = body.product if body.product in live().products else ""
    try:
        times, is_new = gaps().add(account().id, body.query, category, product)
    except DeskError as error:
        return problem(400, "BAD_QUERY", error.message, error.fix)
    return _made(times=times, new=is_new)


@marks.get("/marks")
@needs("answer", page=True)
def shown() -> Response:
    """What became of one's marks; for editors also what waits. Whoever has opened it has seen the answers."""
    return _page()


@marks.post("/marks/answer")
@needs("mend", page=True)
def answer() -> AnyResponse:
    """已改好, 不改."""
    number, words = request.form.get("mark", -1, type=int), request.form.get("words", "")
    outcome = _OUTCOMES.get(request.form.get("outcome", ""))
    if outcome is None:
        return _page(400, "没有说改好了还是不改。点“已改好”或“不改”。")
    if len(words) > MOST_WORDS:
        return _page(400, f"写得太长，超过 {MOST_WORDS} 字。写短一些。", number, words[:MOST_WORDS])
    try:
        kept_marks().answer(number, outcome, words, account().id)
    except DeskError as error:
        return _page(400, f"{error}。", number, words)
    return redirect("/desk/marks#open", 303)


@marks.post("/marks/close")
@needs("mend", page=True)
def close() -> AnyResponse:
    """已有答案 with the article that answers, 不补 without one."""
    number, name = request.form.get("gap", -1, type=int), request.form.get("article", "").strip()
    outcome = request.form.get("outcome", "")
    if outcome not in _OUTCOMES or (outcome == "mended") != bool(name):
        return _page(400, "“已有答案”要写是哪一篇（编号），“不补”不用写。")
    if name and not version(name):
        return _page(400, f"没有“{name[:60]}”这一篇。写文章的编号，网址最后的一段就是。")
    try:
        gaps().close(number, name)
    except DeskError as error:
        return _page(400, f"{error}。")
    return redirect("/desk/marks#gaps", 303)


def _made(**told: object) -> Response:
    response = jsonify(told)
    response.status_code = 201 if told["new"] else 200
    return response


def _page(status: int = 200, wrong: str = "", number: int = 0, words: str = "") -> Response:
    who = account()
    mine = kept_marks().of(who.id)
    if status == 200 and any(one.is_news for one in mine):
        with suppress(DatabaseError):  # they stay new until it can be written
            kept_marks().saw(who.id)
    is_editor = may(who.role, "mend")
    return draw(
        "marks.html",
        status,
        wrong=wrong,
        mine=_marked(mine),
        by_owner=_by_owner(_marked(kept_marks().open())) if is_editor else [],
        gaps=gaps().open() if is_editor else [],
        number=number,
        words=words,
        kinds=KINDS,
        states=STATES,
        most=MOST_WORDS,
        products=live().products,
        categories={key: str(told.get("name", key)) for key, told in live().categories.items()},
        day=day,
    )


def _by_owner(found: list[Marked]) -> list[tuple[str, list[Marked]]]:
    """The oldest first; what is nobody's comes last."""
    ordered = sorted(found, key=lambda one: (one.owner == NOBODY, one.owner))
    return [(owner, list(some)) for owner, some in groupby(ordered, key=lambda one: one.owner)]


def _marked(found: Iterable[Mark]) -> list[Marked]:
    all_of_them = list(found)
    desk = live().desk()
    now = {mark.article: article(mark.article) for mark in all_of_them}
    current = {name: version(name) for name in now}
    texts = reading().parts_of({(m.article, m.version) for m in all_of_them if current[m.article] != m.version})
    told = []
    for mark in all_of_them:
        view, old = now[mark.article], texts.get((mark.article, mark.version))
        told.append(
            Marked(
                mark=mark,
                question=view.question if view else mark.article,
                owner=(view.owner.strip() if view else "") or NOBODY,
                changed=view is not None and current[mark.article] != mark.version,
                gone=view is None or view.state(date.today()) != "live",
                changes=differences(old, parts(view), desk.setup) if view and old else [],
            )
        )
    return told
