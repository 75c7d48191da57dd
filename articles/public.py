"""What may the public API say of an article? A list of what is allowed; everything else never leaves."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import quote

from pydantic import BaseModel, Field

from articles.config import SiteConfig
from articles.flows import flow_anchor, open_flow
from articles.markdown import scheme, split_first
from articles.schema import Article, Ask, Choice, Document, Step

_LINK = re.compile(r"\[([^\]]*)\]\(([^)\s]+)\)")
_ARTICLE_LINK = re.compile(r"([a-z0-9-]+)\.(?:md|yml)(?:[#?].*)?$")


class PublicPromise(BaseModel):
    """A deadline that somebody owes."""

    what: str
    by: str = Field(description="company 或 customer")
    within: int
    unit: str
    since: str = Field(description="从哪件事算起")
    basis: str = ""


class PublicChoice(BaseModel):
    """One choice: where it leads, as an address of the site, and as what a program can follow."""

    text: str
    url: str = Field(description="这个选项通向的页面；下一个问题和人工在本文页面上")
    next: str | None = Field(description="下一个问题的 key")
    article: str | None = Field(description="文章编号")
    to: str | None = Field(description="human：找人工")


class PublicAsk(BaseModel):
    """One question of a flow."""

    key: str
    question: str
    choices: list[PublicChoice]


class PublicArticle(BaseModel):
    """An article as customers see it."""

    id: str
    question: str
    similar: list[str]
    category: str
    topic: str
    products: list[str]
    url: str
    conclusion: str = Field(description="结论，一句话，纯文本")
    answer: str = Field(description="结论之后的正文，Markdown")
    steps: list[Step]
    documents: list[Document]
    promises: list[PublicPromise]
    sources: list[str]
    review_by: str | None
    related: list[str]
    ask: list[PublicAsk] = Field([], description="精确提问：从第一个问题开始，选到文章或人工为止")


def public_article(article: Article, config: SiteConfig, urls: Mapping[str, str]) -> PublicArticle:
    """``article`` for customers, brand facts filled in; related articles only where they are public too (id → address)."""
    first, rest = split_first(config.fill(article.answer))
    return PublicArticle(
        id=article.id,
        question=article.question,
        similar=article.similar,
        category=article.category,
        topic=article.topic,
        products=article.products,
        url=article.url,
        conclusion=first,
        answer=_linked(rest, urls),
        steps=[step.model_copy(update={"text": config.fill(step.text)}) for step in article.steps],
        documents=[d.model_copy(update={"note": config.fill(d.note)}) for d in article.documents],
        promises=[
            PublicPromise(what=p.what, by=p.by, within=p.within, unit=p.unit, since=p.since, basis=p.basis)
            for p in article.promises
        ],
        sources=[source.cite for source in article.sources],
        review_by=article.review_by.isoformat() if article.review_by else None,
        related=[other for other in article.related if other in urls],
        ask=[_asked(article, ask, urls) for ask in open_flow(article, urls)],
    )


def _asked(article: Article, ask: Ask, urls: Mapping[str, str]) -> PublicAsk:
    choices = [
        PublicChoice(text=c.text, url=_leads_to(article, c, urls), next=c.next, article=c.article, to=c.to)
        for c in ask.choices
    ]
    return PublicAsk(key=ask.key, question=ask.question, choices=choices)


def _leads_to(article: Article, choice: Choice, urls: Mapping[str, str]) -> str:
    if choice.article:
        return urls[choice.article]
    return "/human/" if choice.to else f"{article.url}#{quote(flow_anchor(choice.next or ''))}"


def _linked(text: str, urls: Mapping[str, str]) -> str:
    """``text`` with links to public articles as addresses of the site, and links to others taken away."""

    def replaced(link: re.Match[str]) -> str:
        target = _ARTICLE_LINK.search(link[2])
        if scheme(link[2]) or target is None:
            return link[0]
        url = urls.get(target[1])
        return f"[{link[1]}]({url})" if url else link[1]

    return _LINK.sub(replaced, text)
