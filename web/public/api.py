"""Which calls may anybody make? Search, suggestions, articles and categories, all read from one release."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, datetime
from typing import Any

from flask import Response, request
from flask_openapi3 import APIBlueprint, Tag
from pydantic import BaseModel

from records.events import Event
from records.standing import WEB, NoticeText
from records.tokens import TOKEN
from search.answering import STOPPED
from search.results import Found
from web.context import live, records, urgent
from web.errors import Problem, problem
from web.public.missing import no_article, stopped_article
from web.public.models import (
    ArticleAnswer,
    ArticlePath,
    CategoriesAnswer,
    CategoryGuess,
    CategoryOut,
    Facet,
    Facets,
    MatchedBy,
    NoticeOut,
    ScorePart,
    SearchAnswer,
    SearchHit,
    SearchQuery,
    SimilarAnswer,
    SuggestAnswer,
    SuggestHit,
    SuggestQuery,
)

# With what a snapshot of stops may be old (records/standing.py), no stopped article is told for longer than ten seconds.
FRESH_SECONDS = 5
_TOKEN = re.compile(TOKEN)


def told(description: str) -> dict[str, Any]:
    """An error, for the document."""
    return {
        "description": description,
        "content": {"application/problem+json": {"schema": Problem.model_json_schema()}},
    }


BAD: dict[str | int, type[BaseModel] | dict[Any, Any] | None] = {"400": told("参数不对"), "429": told("太快")}
api = APIBlueprint("api", __name__, url_prefix="/api/v1", abp_tags=[Tag(name="public", description="公开接口，只读")])


@api.get("/search", summary="搜索", responses={"200": SearchAnswer, **BAD})
def search(query: SearchQuery) -> Response:
    """用客户自己的话搜索，按匹配程度排列，说明每个结果匹配到了哪个问法。

    请求头 X-KB-Visitor 可以带访客的随机标识（22–64 个字母、数字、- 或 _），只用来数当天有多少位访客。
    """
    now = live()
    if query.category is not None and query.category not in now.categories:
        known = "、".join(str(category["name"]) for category in now.categories.values())
        return problem(400, "UNKNOWN_CATEGORY", "没有这个类别", f"可用的类别：{known}")
    found = now.search.search(
        query.q,
        category=query.category,
        product=query.product,
        limit=query.limit,
        literal=bool(query.literal),
        explain=bool(query.explain),
        withheld=urgent().stops.keys(),
    )
    if not query.typing:
        _note(query.q, found, now.release.name)
    hits = [
        SearchHit(
            id=r.id,
            question=r.question,
            category=r.category,
            category_name=now.categories[r.category]["name"],
            topic=r.topic,
            url=r.url,
            answer=r.answer,
            snippet=r.snippet,
            score=r.score,
            matched=MatchedBy.model_validate(r.matched, from_attributes=True),
            explain=[ScorePart.model_validate(part, from_attributes=True) for part in r.explain],
        )
        for r in found.results
    ]
    names = {key: str(category["name"]) for key, category in now.categories.items()}
    facets = Facets(category=_facet(found.categories, names), product=_facet(found.products, now.products))
    guess = [CategoryGuess(key=key, name=names[key], probability=p) for key, p in found.guess.items()]
    return _answer(
        SearchAnswer(
            query=query.q,
            corrected=found.corrected,
            band=found.band,
            probability=found.probability,
            guess=guess,
            total=found.total,
            results=hits,
            facets=facets,
            stopped=STOPPED if found.withheld and found.band == "unsure" else None,
            notices=notices_out(notices_on([hit.id for hit in hits])),
        )
    )


def _note(question: str, found: Found, release: str) -> None:
    visitor = request.headers.get("X-KB-Visitor", "")
    known = visitor if _TOKEN.fullmatch(visitor) else None
    records().note(Event("search", release, query=question, band=found.band, hits=found.total, visitor=known))


@api.get("/suggest", summary="联想", responses={"200": SuggestAnswer, **BAD})
def suggest(query: SuggestQuery) -> Response:
    """以已打出的字开头的问题。"""
    found = live().search.suggest(query.q, query.limit, urgent().stops.keys())
    hits = [SuggestHit(text=s.text, id=s.id, url=s.url, category=s.category) for s in found]
    return _answer(SuggestAnswer(query=query.q, suggestions=hits))


@api.get(
    "/articles/<id>",
    summary="一篇文章",
    responses={"200": ArticleAnswer, "404": told("没有这篇"), "410": told("已下线"), "429": told("太快")},
)
def article(path: ArticlePath) -> Response:
    """一篇文章的公开内容。"""
    refused = no_article(path.id) or stopped_article(path.id)
    if refused is not None:
        return refused
    told = live().articles[path.id].model_dump()
    return _answer(ArticleAnswer(**told, notices=notices_out(notices_on(path.id))))


@api.get(
    "/articles/<id>/similar",
    summary="相近的文章",
    responses={"200": SimilarAnswer, "404": told("没有这篇"), "429": told("太快")},
)
def similar(path: ArticlePath) -> Response:
    """内容相近的其他文章，最多五篇。"""
    now = live()
    if path.id not in now.articles:
        return problem(404, "NO_ARTICLE", "没有这篇文章", "检查编号，或重新搜索")
    refused = stopped_article(path.id)
    if refused is not None:
        return refused
    found = now.search.similar(path.id, withheld=urgent().stops.keys())
    hits = [SuggestHit(text=s.text, id=s.id, url=s.url, category=s.category) for s in found]
    return _answer(SimilarAnswer(id=path.id, similar=hits))


@api.get("/categories", summary="类别", responses={"200": CategoriesAnswer, "429": told("太快")})
def categories() -> Response:
    """所有类别、它们的子主题和文章数。"""
    now = live()
    counts = Counter(article.category for article in now.articles.values())
    found = [
        CategoryOut(
            key=key,
            name=category["name"],
            hint=category["hint"],
            url=f"/{key}/",
            articles=counts[key],
            topics=category["topics"] or [],
        )
        for key, category in now.categories.items()
    ]
    return _answer(CategoriesAnswer(categories=found, products=now.products))


def notices_on(about: str | list[str], channel: str = WEB) -> list[NoticeText]:
    """What stands now on these articles (or one), and on the whole site."""
    return urgent().notices(about, datetime.now(UTC), channel)


def notices_out(found: list[NoticeText]) -> list[NoticeOut]:
    return [NoticeOut.model_validate(notice) for notice in found]


def _facet(counts: dict[str, int], names: dict[str, str]) -> list[Facet]:
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [Facet(key=key, name=names.get(key, key), count=count) for key, count in ordered]


def _answer(body: BaseModel) -> Response:
    """JSON that may be kept for a few seconds, with an ETag."""
    response = Response(body.model_dump_json(), content_type="application/json")
    response.headers["Cache-Control"] = f"public, max-age={FRESH_SECONDS}"
    response.add_etag()
    response.make_conditional(request)
    return response
