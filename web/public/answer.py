"""How is a question answered over HTTP, and how is the visit told to a human? What is said is decided in search/answering.py."""

from __future__ import annotations

from flask import Response
from flask_openapi3 import APIBlueprint, Tag
from pydantic import BaseModel

from articles.channel_texts import WEB
from records.events import Event
from search.answering import Asked, Reply, Shelf, replied
from search.trail import LEAD, Trail, extended, told
from web.context import live, records, urgent
from web.errors import problem
from web.live import Live
from web.public.answer_models import (
    AnswerBody,
    AnswerOut,
    AnswerReply,
    CategoryLink,
    ChoiceOut,
    FlowOut,
    GuessOut,
    TrailBody,
    TrailReply,
)
from web.public.api import BAD, notices_on, notices_out
from web.public.api import told as said
from web.public.session import sessions

answers = APIBlueprint("answers", __name__, url_prefix="/api/v1", abp_tags=[Tag(name="answer", description="提问")])


@answers.post("/answer", summary="提问", responses={"200": AnswerReply, "404": said("没有这篇"), **BAD})
def answer(body: AnswerBody) -> Response:
    """用客户自己的话提问：有把握就整条回答，不太有把握就请客户选，没把握就直说，并说明怎么找人工。"""
    now = live()
    if body.channel != WEB and body.channel not in now.said.channels:
        return problem(400, "UNKNOWN_CHANNEL", "没有这个渠道", f"可用的渠道：{WEB}、{'、'.join(now.said.channels)}")
    if body.category and body.category not in now.categories:
        known = "、".join(str(category["name"]) for category in now.categories.values())
        return problem(400, "UNKNOWN_CATEGORY", "没有这个类别", f"可用的类别：{known}")
    if body.article is not None and body.article not in now.articles:
        return problem(404, "NO_ARTICLE", "没有这篇文章", "检查编号，或重新提问")
    names = {key: str(category["name"]) for key, category in now.categories.items()}
    name, trail = sessions().read(body.session)
    asked = Asked(
        question=body.question,
        channel=body.channel,
        category=body.category,
        product=body.product,
        literal=body.literal,
        article=body.article,
    )
    reply = replied(asked, now.search, Shelf(now.articles, now.said, names, urgent().stops.keys()), trail)
    if body.article is None:
        note = Event(
            "search", now.release.name, query=body.question, band=reply.band, hits=reply.hits, channel=body.channel
        )
        records().note(note)
    trail = extended(trail, reply.turn)
    links = [CategoryLink(key=key, name=title, url=f"/{key}/") for key, title in names.items()]
    return _fresh(
        AnswerReply(
            band=reply.band,
            probability=reply.probability,
            corrected=reply.corrected,
            message=reply.message,
            human_first=reply.human_first,
            guess=GuessOut.model_validate(reply.guess) if reply.guess else None,
            answer=AnswerOut.model_validate(reply.answer) if reply.answer else None,
            choices=[ChoiceOut.model_validate(choice) for choice in reply.choices],
            flow=FlowOut.model_validate(reply.flow) if reply.flow else None,
            categories=links if reply.band == "unsure" else [],
            notices=notices_out(notices_on(_shown(reply), body.channel)),
            human=now.said.human,
            trail=_told(trail, now),
            session=sessions().token(name, trail),
            release=now.release.name,
        )
    )


@answers.post("/trail", summary="这次来访问过什么", responses={"200": TrailReply, **BAD})
def trail(body: TrailBody) -> Response:
    """这次来访问过什么、看过什么，整理成一段话，接通人工后照着说。"""
    now = live()
    name, seen = sessions().read(body.session)
    lines = _told(seen, now)
    return _fresh(
        TrailReply(
            text="\n".join([LEAD, *lines]) if lines else "",
            trail=lines,
            human=now.said.human,
            session=sessions().token(name, seen),
        )
    )


def _shown(reply: Reply) -> list[str]:
    """The articles that are told of."""
    return [*([reply.answer.id] if reply.answer else []), *(choice.id for choice in reply.choices)]


def _told(trail: Trail, now: Live) -> list[str]:
    return told(trail, {name: a.question for name, a in now.articles.items()})


def _fresh(body: BaseModel) -> Response:
    """JSON that is kept nowhere: it is one visitor's."""
    response = Response(body.model_dump_json(), content_type="application/json")
    response.headers["Cache-Control"] = "no-store"
    return response
