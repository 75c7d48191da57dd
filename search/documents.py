"""What is matched and shown of an article? Every way to ask it, and the whole of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from articles.config import SiteConfig
from articles.markdown import split_first, to_plain
from articles.schema import Article

Kind = Literal["standard", "similar", "article"]


@dataclass(frozen=True)
class Record:
    """What a result shows of an article, and what it is filtered by. Holds nothing that its audience may not see."""

    id: str
    question: str
    similar: tuple[str, ...]
    category: str
    topic: str
    products: tuple[str, ...]
    url: str
    answer: str
    body: str
    tags: tuple[str, ...]
    not_for: tuple[str, ...]
    review_by: date | None
    valid_to: date | None

    @property
    def asked(self) -> tuple[str, ...]:
        return (self.question, *self.similar)

    @property
    def whole(self) -> str:
        """The text of the article as one."""
        return "\n".join((self.question, self.topic, self.answer, self.body, *self.tags))


def record(article: Article, config: SiteConfig) -> Record:
    """The record of ``article`` for customers: the web answer, its steps and documents, brand facts filled in."""
    first, rest = split_first(config.fill(article.answer))
    parts = [to_plain(rest)]
    parts += [f"{step.title}：{config.fill(step.text)}" if step.text else step.title for step in article.steps]
    parts += [document.name for document in article.documents]
    return Record(
        id=article.id,
        question=article.question,
        similar=tuple(article.similar),
        category=article.category,
        topic=article.topic,
        products=tuple(article.products),
        url=article.url,
        answer=first,
        body="\n".join(part for part in parts if part),
        tags=tuple(article.tags),
        not_for=tuple(article.not_for),
        review_by=article.review_by,
        valid_to=article.valid_to,
    )
