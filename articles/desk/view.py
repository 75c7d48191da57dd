"""What does an agent see of an article? All of it: the text of each channel in its parts, deadlines, notes, where to stop."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict

from articles.channel_texts import CHANNELS, WEB, channel_text
from articles.config import PLACEHOLDER, ChannelSetup, Placeholder, SiteConfig
from articles.flows import open_flow
from articles.holidays import Holidays
from articles.last_commits import LastCommit
from articles.loading import Kb
from articles.markdown import split_first
from articles.public import PublicPromise
from articles.schema import Article, Ask, Channel, Document, Source, Step

# A public reply holds nothing of one customer: no blank is filled there.
PUBLIC: Channel = "social"
State = Literal["live", "draft", "archived", "not_yet", "expired"]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True)


class DeskText(_Part):
    """What is said on one channel. borrowed_from: the channel that the body was written for, ``web`` for the web answer, empty
    when for this one. blanks: what an agent has to fill in, in order."""

    opening: str = ""
    body: str
    closing: str = ""
    borrowed_from: Channel | Literal["web", ""] = ""
    blanks: list[str] = []


class DeskEscalation(_Part):
    """When the first line stops, which queue takes it (key and name), and what the first line may decide."""

    when: str
    to: str
    queue: str
    leeway: str = ""


class DeskArticle(_Part):
    """One article for agents, brand facts filled in. answer, agent_notes: Markdown; related: ids; ask: the questions of its flow
    that lead to what agents may see; path, commit, approvers: which version it is, and who approved it."""

    id: str
    question: str
    similar: list[str] = []
    category: str
    topic: str = ""
    products: list[str] = []
    tags: list[str] = []
    url: str
    audience: Literal["public", "agent"] = "public"
    status: Literal["draft", "published", "archived"] = "published"
    replaced_by: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    review_by: date | None = None
    must_read: bool = False
    owner: str = ""
    conclusion: str
    answer: str
    texts: dict[Channel, DeskText]
    steps: list[Step] = []
    documents: list[Document] = []
    promises: list[PublicPromise] = []
    ask: list[Ask] = []
    agent_notes: str = ""
    avoid: list[str] = []
    escalate: DeskEscalation | None = None
    sources: list[Source] = []
    related: list[str] = []
    path: str = ""
    commit: str = ""
    approvers: list[str] = []

    def state(self, day: date) -> State:
        """What it is on ``day``; only a ``live`` one may be copied."""
        if self.status != "published":
            return self.status
        if self.valid_from is not None and self.valid_from > day:
            return "not_yet"
        return "expired" if self.valid_to is not None and self.valid_to < day else "live"


class DeskSetup(_Part):
    """What an agent's words depend on beside the articles: channels (their closings with facts filled in), blanks, holidays, and the
    queues that a contact can be handed to (key → name)."""

    channels: dict[Channel, ChannelSetup]
    placeholders: dict[str, Placeholder] = {}
    holidays: Holidays = Holidays()
    queues: dict[str, str] = {}


def desk_setup(config: SiteConfig) -> DeskSetup:
    """What ``config`` says of channels, blanks, holidays and queues."""
    channels = {
        name: setup.model_copy(update={"closing": config.fill(setup.closing)})
        for name, setup in config.channels.channels.items()
    }
    return DeskSetup(
        channels=channels,
        placeholders=config.channels.placeholders,
        holidays=config.holidays,
        queues={key: queue.name for key, queue in config.queues.queues.items()},
    )


def agents_see(kb: Kb, day: date) -> set[str]:
    """The ids of the articles that agents may answer from on ``day``."""
    return {article.id for article in kb.articles if article.live_on(day)}


def desk_article(
    article: Article, config: SiteConfig, seen: Collection[str], path: str = "", last: LastCommit | None = None
) -> DeskArticle:
    """``article`` for agents; seen: the ids that agents may answer from; path, last: where it stands, and what changed it last."""
    fill = config.fill
    answer = fill(article.answer)
    stop = article.escalate
    queue = config.queues.queues.get(stop.to) if stop else None
    return DeskArticle(
        **article.model_dump(
            include={
                "id",
                "question",
                "similar",
                "category",
                "topic",
                "products",
                "tags",
                "audience",
                "status",
                "owner",
            }
            | {"valid_from", "valid_to", "review_by", "must_read", "related"}
        ),
        url=article.url,
        replaced_by=article.replaced_by or "",
        conclusion=split_first(answer)[0],
        answer=answer,
        texts={channel: _text(article, channel, config) for channel in CHANNELS if channel in config.channels.channels},
        steps=[step.model_copy(update={"text": fill(step.text)}) for step in article.steps],
        documents=[d.model_copy(update={"note": fill(d.note)}) for d in article.documents],
        promises=[
            PublicPromise(
                what=fill(p.what), by=p.by, within=p.within, unit=p.unit, since=fill(p.since), basis=fill(p.basis)
            )
            for p in article.promises
        ],
        ask=open_flow(article, seen),
        agent_notes=fill(article.agent_notes),
        avoid=[fill(text) for text in article.avoid],
        escalate=DeskEscalation(
            when=fill(stop.when), to=stop.to, queue=queue.name if queue else stop.to, leeway=fill(stop.leeway)
        )
        if stop
        else None,
        sources=article.sources,
        path=path,
        commit=last.commit if last else "",
        approvers=list(last.approvers) if last else [],
    )


def _text(article: Article, channel: Channel, config: SiteConfig) -> DeskText:
    made = channel_text(article, channel, config)
    body, borrowed = made.body, made.borrowed_from
    if channel == PUBLIC and PLACEHOLDER.search(body):
        body, borrowed = split_first(config.fill(article.answer))[0], WEB
    blanks = list(dict.fromkeys(PLACEHOLDER.findall(f"{made.opening}{body}{made.closing}")))
    return DeskText(opening=made.opening, body=body, closing=made.closing, borrowed_from=borrowed, blanks=blanks)
