"""How does a supervisor stop an article or post a notice, and how does the desk know? One page whose forms need no script, two calls."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime
from typing import Annotated, cast

from flask import Blueprint, Response, current_app, jsonify, redirect, request, url_for
from pydantic import BaseModel, BeforeValidator, ValidationError
from werkzeug.wrappers import Response as AnyResponse

from core.errors import UrgentRefused
from records.standing import WEB
from records.urgent import Urgent
from records.urgent_form import LONGEST_REASON, LONGEST_WEB, NoticeForm, Wrong, wrong_with_reason
from web.context import live, urgent
from web.desk.guard import account, needs
from web.desk.pages import draw
from web.errors import problem, validation_problem
from web.public.answer_models import writable
from web.public.models import Id

urgency = Blueprint("urgency", __name__, url_prefix="/desk")
_MAYBE = 3  # articles that are named when what was typed is none
# What has just been done, as the address tells it.
_DONE = {
    "stopped": "已停用。页面、搜索和复制十秒之内都照办。",
    "again": "它已经是停用的，没有再记一次。",
    "started": "已恢复。",
    "posted": "公告已发。",
    "ended": "公告已结束。",
    "over": "它已经结束或恢复了，没有再改。",
}


class StopBody(BaseModel):
    article: Id
    reason: Annotated[str, BeforeValidator(writable)]


@urgency.get("/urgent")
@needs("stop", page=True)
def page() -> AnyResponse:
    """What is stopped, which notices stand or are planned, and the forms."""
    return _page(done=_DONE.get(request.args.get("done", ""), ""))


@urgency.post("/urgent/stop")
@needs("stop", page=True)
def stop() -> AnyResponse:
    """Stop the article that was typed: by its id, or by its 标准问."""
    typed, reason = request.form.get("article", ""), request.form.get("reason", "")
    article, wrong = _article(typed)
    wrong += wrong_with_reason(reason)
    if article is None or wrong:
        return _page(400, wrong)
    return _done("stopped" if _desk().stop(article, reason, account()) else "again")


@urgency.post("/urgent/start")
@needs("stop", page=True)
def start() -> AnyResponse:
    """Bring an article back."""
    return _done("started" if _desk().start(request.form.get("article", ""), account()) else "over")


@urgency.post("/urgent/post")
@needs("stop", page=True)
def post() -> AnyResponse:
    """Post the notice that was typed."""
    setup = live().desk().setup
    found = [_article(typed, "articles") for typed in request.form.get("articles", "").split("\n") if typed.strip()]
    wrong = [each for article, more in found for each in more if article is None]
    form = NoticeForm(
        texts={channel: request.form.get(f"text-{channel}", "") for channel in (WEB, *setup.channels)},
        starts=request.form.get("starts", ""),
        ends=request.form.get("ends", ""),
        articles=tuple(article for article, _ in found if article is not None),
    )
    try:
        _desk().post(form, account(), live().desk().articles, setup.channels, wrong)
    except UrgentRefused as error:
        return _page(400, error.wrong)
    return _done("posted")


@urgency.post("/urgent/end")
@needs("stop", page=True)
def end() -> AnyResponse:
    """Take a notice down."""
    number = request.form.get("notice", "")
    is_number = number.isascii() and number.isdigit() and len(number) < 10
    return _done("ended" if is_number and _desk().end(int(number), account()) else "over")


@urgency.post("/api/stops")
@needs("stop")
def stop_this() -> Response:
    """Stop the article in hand: ``article``, ``reason``."""
    try:
        body = StopBody.model_validate(request.get_json())
        if body.article not in live().desk().articles:
            return problem(404, "NO_ARTICLE", "没有这篇文章", "检查编号")
        is_new = _desk().stop(body.article, body.reason, account())
    except ValidationError as error:
        return validation_problem(error)
    except UrgentRefused as error:
        return problem(400, error.code, error.wrong[0][1].rstrip("。"), "改好再停用")
    return jsonify(article=body.article, is_new=is_new)


@urgency.get("/api/urgent")
@needs("answer")
def now() -> Response:
    """What is stopped, and which notices stand: ``text`` has one for each channel."""
    articles, channels = live().desk().articles, (WEB, *live().desk().setup.channels)
    moment = datetime.now(UTC)
    stopped = [
        {"article": s.article, "question": _question(s.article), "reason": s.reason, "since": s.at.isoformat()}
        for s in urgent().stops.values()
        if s.article in articles
    ]
    notices = [
        {
            "id": n.id,
            "text": {channel: n.text(channel) for channel in channels},
            "articles": list(n.articles),
            "starts": n.starts.isoformat(),
            "ends": n.ends.isoformat(),
        }
        for n in urgent().all
        if n.stood(moment)
    ]
    return jsonify(stopped=stopped, notices=notices)


def _desk() -> Urgent:
    return cast(Urgent, current_app.extensions["kb-urgent"])


def _done(what: str) -> AnyResponse:
    return redirect(url_for("urgency.page", done=what), 303)


def _question(article: str) -> str:
    """Its 标准问; empty for an article that is no longer there."""
    found = live().desk().articles.get(article)
    return found.question if found is not None else ""


def _article(typed: str, field: str = "article") -> tuple[str | None, Wrong]:
    """The id that was typed, or that of the article whose 标准问 was typed; else what is wrong, and what may have been meant."""
    text = unicodedata.normalize("NFKC", typed).strip()
    desk = live().desk()
    if not text:
        return None, [(field, "请写文章的编号，或它的标准问。")]
    if text in desk.articles:
        return text, []
    near = desk.search.search(text[:500], limit=_MAYBE).results
    same = next((result.id for result in near if _bare(result.question) == _bare(text)), None)
    if same is not None:
        return same, []
    maybe = "、".join(f"{result.question}（{result.id}）" for result in near)
    more = f"是不是：{maybe}？请写其中的编号。" if maybe else "请检查编号。"
    return None, [(field, f"没有“{text[:40]}”这篇文章。{more}")]


def _bare(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())


def _page(status: int = 200, wrong: Wrong | None = None, done: str = "") -> Response:
    moment = datetime.now(UTC)
    shown = _desk().standing()
    by_field: dict[str, list[str]] = {}
    for field, sentence in wrong or []:
        by_field.setdefault(field, []).append(sentence)
    return draw(
        "urgent.html",
        status,
        stops=sorted(shown.stops.values(), key=lambda stop: stop.at, reverse=True),
        notices=shown.all,
        now=moment,
        question=_question,
        channels=live().desk().setup.channels,
        typed=request.form,
        wrong=by_field,
        done=done,
        longest_web=LONGEST_WEB,
        longest_reason=LONGEST_REASON,
    )
