"""What may the public API say of an article? A list of what is allowed; everything else never leaves."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from pydantic import BaseModel, Field

from articles.config import SiteConfig
from articles.markdown import scheme, split_first
from articles.schema import Article, Ask, Document, Step

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
    """One answer to a question of a flow: it leads to an article or to a further question."""

    text: str
    article: str | None = Field(None, description="通向哪篇文章（编号）")
    next: str | None = Field(None, description="通向哪个问题（key）")


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
    ask: list[PublicAsk] = Field([], description="先选一选：选完通向合适的文章")


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
        ask=public_ask(article.ask, urls),
    )


def public_ask(asks: Sequence[Ask], urls: Mapping[str, str]) -> list[PublicAsk]:
    """The questions of a flow without choices that lead to what customers cannot see, or to a question without choices."""
    kept = list(asks)
    while True:
        keys = {ask.key for ask in kept}
        made = [
            PublicAsk(
                key=ask.key,
                question=ask.question,
                choices=[
                    PublicChoice(text=c.text, article=c.article, next=c.next)
                    for c in ask.choices
                    if c.article in urls or c.next in keys
                ],
            )
            for ask in kept
        ]
        left = [ask for ask, public in zip(kept, made, strict=True) if public.choices]
        if len(left) == len(kept):
            return made
        kept = left


def _linked(text: str, urls: Mapping[str, str]) -> str:
    """``text`` with links to public articles as addresses of the site, and links to others taken away."""

    def replaced(link: re.Match[str]) -> str:
        target = _ARTICLE_LINK.search(link[2])
        if scheme(link[2]) or target is None:
            return link[0]
        url = urls.get(target[1])
        return f"[{link[1]}]({url})" if url else link[1]

    return _LINK.sub(replaced, text)
