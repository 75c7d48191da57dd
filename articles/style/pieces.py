"""Which texts does an article hold, where does each stand, and who reads it?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from articles.config import SiteConfig
from articles.loading import Entry
from articles.schema import Channel
from articles.style.registry import Finding, Place

# No pattern of the rules may look far ahead from every place: a file of one megabyte is allowed.
# What somebody else said or named: quoted words, titles, the words of a link, and where it leads. Blanks stay as they are.
_NAMED = re.compile(r"“[^”\n]{0,200}”|《[^》\n]{0,200}》|\[[^\]\n]{0,200}\]\([^)\n]{0,200}\)|https?://\S+")
_TARGET = re.compile(r"\]\([^)\n]{0,200}\)|https?://[\x21-\x7e]+|`[^`\n]{0,200}`")
BLANK = re.compile(r"\{\{[^{}]*\}\}")


@dataclass(frozen=True)
class Piece:
    """One text of an article; ``name`` is what messages call it."""

    name: str
    text: str
    place: Place
    first: int = 0

    def finding(self, message: str, fix: str, at: int = 0) -> Finding:
        """A finding at character ``at`` of this text, on the line where that stands."""
        return Finding(f"{self.name}{message}", fix, self.place, self.first + self.text.count("\n", 0, at))

    @property
    def own(self) -> str:
        """The text with everything quoted, titled or linked blanked out; places stay."""
        return _NAMED.sub(lambda found: "\0" * len(found[0]), self.text)

    @property
    def visible(self) -> str:
        """The text with addresses and code blanked out; places stay."""
        return _TARGET.sub(lambda found: "]" + "\0" * (len(found[0]) - 1), self.text)


def _piece(entry: Entry, name: str, text: str, *place: str | int) -> Piece:
    """A text of several lines begins below its key, except for the body of a Markdown file."""
    block = "\n" in text.strip() and not (place == ("answer",) and entry.body_line is not None)
    return Piece(name, text, place, 1 if block else 0)


def answer(entry: Entry) -> Piece:
    """The web answer, as Markdown."""
    return _piece(entry, "网页答案", entry.article.answer, "answer")


def channel_texts(entry: Entry, config: SiteConfig) -> Iterator[tuple[Channel, Piece]]:
    """The texts that the article has for the channels."""
    for channel, setup in config.channels.channels.items():
        text: str = getattr(entry.article.answers, channel)
        if text:
            yield channel, _piece(entry, f"{setup.name}文案", text, "answers", channel)


def page_texts(entry: Entry) -> Iterator[Piece]:
    """What the page shows: the answer, the steps, what to bring, the questions of the flow."""
    article = entry.article
    yield answer(entry)
    for i, step in enumerate(article.steps):
        yield _piece(entry, "步骤", step.title, "steps", i, "title")
        yield _piece(entry, "步骤", step.text, "steps", i, "text")
    for i, document in enumerate(article.documents):
        yield _piece(entry, "材料", document.name, "documents", i, "name")
        yield _piece(entry, "材料", document.note, "documents", i, "note")
    for i, ask in enumerate(article.ask):
        yield _piece(entry, "提问", ask.question, "ask", i, "question")
        for j, choice in enumerate(ask.choices):
            yield _piece(entry, "选项", choice.text, "ask", i, "choices", j, "text")


def said(entry: Entry, config: SiteConfig) -> Iterator[Piece]:
    """All that we say to customers, on the page and in every channel."""
    yield Piece("标准问", entry.article.question, ("question",))
    yield from page_texts(entry)
    yield from (piece for _, piece in channel_texts(entry, config))


def basis(entry: Entry) -> Iterator[Piece]:
    """What the answer rests on."""
    for i, promise in enumerate(entry.article.promises):
        yield _piece(entry, "期限", f"{promise.what}\n{promise.since}", "promises", i, "what")
        yield _piece(entry, "期限的依据", promise.basis, "promises", i, "basis")
    for i, source in enumerate(entry.article.sources):
        yield _piece(entry, "依据", source.cite, "sources", i, "cite")


def internal(entry: Entry) -> Iterator[Piece]:
    """What only agents read."""
    article = entry.article
    yield _piece(entry, "内部说明", article.agent_notes, "agent_notes")
    for i, text in enumerate(article.avoid):
        yield _piece(entry, "忌语", text, "avoid", i)
    if article.escalate:
        yield _piece(entry, "转办条件", article.escalate.when, "escalate", "when")
        yield _piece(entry, "一线权限", article.escalate.leeway, "escalate", "leeway")


def asked(entry: Entry) -> Iterator[Piece]:
    """How customers ask for it, and for what it is not."""
    for name, field in (("相似问", "similar"), ("反例", "not_for")):
        for i, text in enumerate(getattr(entry.article, field)):
            yield _piece(entry, name, text, field, i)
