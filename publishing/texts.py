"""What does a release say? Every article's texts as they go live, kept in the release beside its manifest."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from articles.channel_texts import CHANNELS, WEB, channel_text, web_text
from articles.last_commits import LastCommit
from articles.loading import Entry, Kb
from articles.schema import Article
from publishing.layout import Release

Reason = Literal["archived", "draft", "expired", "not_yet", "deleted"]


class Text(BaseModel):
    """One text; borrowed_from: the channel that it was written for, empty when for this one."""

    model_config = ConfigDict(frozen=True)

    text: str
    borrowed_from: str = ""


class Said(BaseModel):
    """One live article: what it says on each channel (``web`` and those of channels.yml), and who answers for it.

    path: where the article stands; article_commit: the commit that last touched that file; approvers: its ``Reviewed-by:``.
    """

    model_config = ConfigDict(frozen=True)

    id: str
    question: str
    category: str
    path: str
    audience: str = "public"
    owner: str = ""
    sources: list[str] = []
    approvers: list[str] = []
    article_commit: str = ""
    texts: dict[str, Text]


class ReleaseTexts(BaseModel):
    """said: the live articles; absent: why the others are not live (id → reason)."""

    said: list[Said]
    absent: dict[str, Reason]


def render_texts(kb: Kb, day: date, commits: Mapping[str, LastCommit]) -> ReleaseTexts:
    """What ``kb`` says on ``day``; commits: see ``articles.last_commits``. Articles for agents are among them."""
    live = [entry for entry in kb.entries if entry.article.live_on(day)]
    absent = {a.id: _reason(a, day) for a in kb.articles if not a.live_on(day)}
    return ReleaseTexts(said=[_said(kb, entry, commits.get(entry.path)) for entry in live], absent=absent)


def write_texts(release: Release, texts: ReleaseTexts) -> None:
    """Put ``texts`` into ``release``, outside of what customers get."""
    release.texts.write_text(texts.model_dump_json(exclude_defaults=True), encoding="utf-8")


def read_texts(release: Release) -> ReleaseTexts | None:
    """What ``release`` says, None when it has kept no texts or they are damaged."""
    try:
        return ReleaseTexts.model_validate_json(release.texts.read_bytes())
    except (OSError, ValidationError):
        return None


def _said(kb: Kb, entry: Entry, last: LastCommit | None) -> Said:
    article = entry.article
    texts: dict[str, Text] = {WEB: Text(text=web_text(article, kb.config))}
    for channel in CHANNELS:
        made = channel_text(article, channel, kb.config)
        texts[channel] = Text(text=made.text, borrowed_from=made.borrowed_from)
    return Said(
        id=article.id,
        question=article.question,
        category=article.category,
        path=entry.path,
        audience=article.audience,
        owner=article.owner,
        sources=[source.cite for source in article.sources],
        approvers=list(last.approvers) if last else [],
        article_commit=last.commit if last else "",
        texts=texts,
    )


def _reason(article: Article, day: date) -> Reason:
    if article.status != "published":
        return article.status
    return "not_yet" if article.valid_from and article.valid_from > day else "expired"
