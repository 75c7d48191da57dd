"""What is matched? Every way to ask a question on its own, and every article as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from articles.config import SiteConfig
from articles.markdown import split_first, to_plain
from articles.schema import Article

Kind = Literal["standard", "similar", "article"]


@dataclass(frozen=True)
class Document:
    """One thing that a query can match: ``number`` 0 is the 标准问, 1… the 相似问, -1 the whole article."""

    article: str
    number: int
    text: str

    @property
    def kind(self) -> Kind:
        return "article" if self.number < 0 else "similar" if self.number else "standard"


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

    @property
    def asked(self) -> tuple[str, ...]:
        return (self.question, *self.similar)

    def documents(self) -> Iterator[Document]:
        for number, text in enumerate(self.asked):
            yield Document(self.id, number, text)
        yield Document(self.id, -1, "\n".join((self.question, self.topic, self.answer, self.body, *self.tags)))


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
    )
