"""What do we say on this channel? Opener, text and closing, with whose text is borrowed when the channel has none.

The rule: the channel's own text; else that of the first channel in its ``fallback`` (channels.yml) that has one; else the
first sentence of the web answer. Brand facts are filled in; placeholders of agents (``{{报案号}}``) stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, get_args

from articles.config import ChannelSetup, SiteConfig
from articles.markdown import split_first, to_plain
from articles.schema import Article, Channel, Document, Step

WEB: Literal["web"] = "web"
CHANNELS: tuple[Channel, ...] = get_args(Channel)


@dataclass(frozen=True)
class ChannelText:
    """One text ready for its channel. borrowed_from: the channel whose text this is, ``web`` for the web answer,
    empty when it is the channel's own."""

    opening: str
    body: str
    closing: str
    borrowed_from: Channel | Literal["web", ""]

    @property
    def text(self) -> str:
        """All of it, a line for each part."""
        return "\n".join(part for part in (self.opening, self.body, self.closing) if part)


def channel_text(article: Article, channel: Channel, config: SiteConfig) -> ChannelText:
    """What ``article`` says on ``channel``."""
    setup = config.channels.channels.get(channel)
    body, source = _body(article, channel, setup)
    return ChannelText(
        opening=config.fill(config.phrases.openers.get(article.opening, "")),
        body=config.fill(body),
        closing=config.fill(setup.closing if setup else ""),
        borrowed_from="" if source == channel else source,
    )


def _body(article: Article, channel: Channel, setup: ChannelSetup | None) -> tuple[str, Channel | Literal["web"]]:
    for name in (channel, *(setup.fallback if setup else ())):
        own: str = getattr(article.answers, name).strip()
        if own:
            return own, name
    return split_first(article.answer)[0], WEB


def web_text(article: Article, config: SiteConfig) -> str:
    """What the page of ``article`` says, as plain text: the answer, the steps, what to bring, the deadlines."""
    return config.fill(page_text(to_plain(article.answer), article.steps, article.documents, article.promises))


def page_text(answer: str, steps: Sequence[Step], documents: Sequence[Document], promises: Sequence[AnyPromise]) -> str:
    """The parts of a page one after the other, a line each; answer: plain text."""
    return "\n".join([answer, *_steps(steps), *_documents(documents), *_promises(promises)])


class AnyPromise(Protocol):
    """A deadline, as an editor wrote it or as customers see it."""

    @property
    def what(self) -> str: ...

    @property
    def by(self) -> str: ...

    @property
    def within(self) -> int: ...

    @property
    def unit(self) -> str: ...

    @property
    def since(self) -> str: ...

    @property
    def basis(self) -> str: ...


def _steps(steps: Sequence[Step]) -> Iterator[str]:
    who = {"customer": "您", "company": "我们", "both": "您和我们"}
    for number, step in enumerate(steps, 1):
        within = f"，{step.within} {step.unit}内" if step.within else ""
        yield f"第 {number} 步 {step.title}（{who[step.who]}{within}）" + (f"：{step.text}" if step.text else "")


def _documents(documents: Sequence[Document]) -> Iterator[str]:
    for document in documents:
        yield f"要带：{document.name}" + (f"（{document.note}）" if document.note else "")


def _promises(promises: Sequence[AnyPromise]) -> Iterator[str]:
    for promise in promises:
        whose = "我们" if promise.by == "company" else "您"
        basis = f"（{promise.basis}）" if promise.basis else ""
        since = promise.since.removeprefix("从").removesuffix("起")
        yield f"期限：{promise.what}，{whose}，从{since}起 {promise.within} {promise.unit}内{basis}"
