"""Which calls leave something behind? A vote on an article, and what was clicked or viewed. Nothing is told that somebody else said."""

from __future__ import annotations

import logging
from typing import Any

from flask import Response, request
from flask_openapi3 import APIBlueprint, Tag

from core.errors import DatabaseError
from records.events import Event
from web import metrics
from web.context import live, records, request_id
from web.errors import problem
from web.origins import refusal
from web.public.api import told
from web.public.missing import no_article
from web.public.models import EventBody, VoteAnswer, VoteBody

log = logging.getLogger("kb.web")
# 500 characters, each written as two escapes of six bytes, and what stands around them.
LARGEST = 8 * 1024
NOT_STORED = "没有提交成功。您写的还在，请再点一次“提交”。"

_REFUSED: dict[str | int, Any] = {
    "400": told("内容不对"),
    "403": told("从别的网站发来"),
    "404": told("没有这篇"),
    "410": told("已下线"),
    "413": told("内容太大"),
    "415": told("不是 JSON"),
    "429": told("太快"),
}
feedback = APIBlueprint(
    "records", __name__, url_prefix="/api/v1", abp_tags=[Tag(name="records", description="评价和点击")]
)


@feedback.before_request
def check() -> Response | None:
    """Before the body is read."""
    request.max_content_length = LARGEST
    refused = refusal()
    if refused is not None or request.method != "POST":
        return refused
    try:
        request.get_json(silent=True)
    except RecursionError:  # brackets in brackets in brackets
        return problem(400, "BAD_REQUEST", "内容读不懂", "检查 JSON")
    return None


@feedback.post(
    "/votes", summary="评价", responses={"200": VoteAnswer, **_REFUSED, "503": told("没有存下，可以再交一次")}
)
def vote(body: VoteBody) -> Response:
    """这篇文章解决了没有。一位访客对一篇文章只有一票，再交一次就改成新的；留言先去掉个人信息再存。"""
    missing = no_article(body.article)
    if missing is not None:
        return missing
    try:
        stands, is_new = records().vote(body.visitor, body.article, body.solved, body.reason, body.words)
    except DatabaseError as error:
        metrics.vote_lost(error.reason)
        log.error("vote lost", extra={"request_id": request_id(), "reason": error.reason})
        return problem(503, error.code, "没有提交成功", NOT_STORED)
    if is_new:
        metrics.vote_stored(stands.solved)
        # Without the visitor: a vote is never joined to what else somebody did.
        records().note(Event("vote", live().release.name, article=body.article, channel=body.channel))
    answer = VoteAnswer.model_validate(stands, from_attributes=True)
    return Response(answer.model_dump_json(), content_type="application/json", headers={"Cache-Control": "no-store"})


@feedback.post("/events", summary="点击和浏览", responses={"204": {"description": "收到"}, **_REFUSED})
def happened(body: EventBody) -> Response:
    """点了哪个结果、看了哪篇文章，只用来改进搜索；数据库存不下时也回 204。"""
    missing = no_article(body.article)
    if missing is not None:
        return missing
    records().note(
        Event(
            body.kind,
            live().release.name,
            article=body.article,
            query=body.query,
            rank=body.rank,
            channel=body.channel,
            visitor=body.visitor,
        )
    )
    return Response(status=204)
