"""What does the page of answers tell and take? Results for agents, one article with its notes, the replies of all channels."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

from articles.desk.reply import Known, Label
from records.contacts import MOST_ARTICLES
from search.bands import Band
from web.desk.contact_models import Beginning, Name, Value
from web.public.models import Id

_MOST = 30  # blanks, and events that deadlines run from
# stopped: by a supervisor, whatever git says.
State = Literal["live", "draft", "archived", "not_yet", "expired", "stopped"]


class ReplyBody(BaseModel):
    """articles: stacked in this order; blanks, began, without: see ``Known``."""

    articles: list[Id] = Field(min_length=1, max_length=MOST_ARTICLES)
    blanks: dict[Name, Value] = Field({}, max_length=_MOST)
    began: dict[Name, Beginning] = Field({}, max_length=_MOST)
    without: list[Label] = Field([], max_length=8)

    @property
    def known(self) -> Known:
        return Known(self.blanks, self.began, self.without)


class Named(BaseModel):
    """An article as others point to it."""

    id: str
    question: str
    state: State


class Hit(BaseModel):
    """why: in words, what of the question it matched; band: how sure it is that this one is meant."""

    id: str
    question: str
    topic: str
    products: list[str]
    internal: bool
    state: State
    changed: bool
    band: Band
    why: str


class FoundOut(BaseModel):
    """read_as: how the query was read, empty when as it was typed; by_fields: it was read as fields and phrases."""

    query: str
    read_as: str
    by_fields: bool
    band: Band
    categories: dict[str, int]
    total: int
    hits: list[Hit]


class ChoiceOut(BaseModel):
    text: str
    article: str = ""
    next: str = ""


class AskOut(BaseModel):
    key: str
    question: str
    choices: list[ChoiceOut]


class ArticleOut(BaseModel):
    """events: what deadlines run from, and whether the hour counts; version: see articles/desk/version.py."""

    id: str
    question: str
    state: State
    stop_reason: str
    internal: bool
    products: list[str]
    category: str
    url: str
    version: str
    commit: str
    review_by: str
    owner: str
    approvers: list[str]
    replaced_by: Named | None
    conclusion: str
    steps: list[str]
    documents: list[str]
    notes: list[str]
    avoid: list[str]
    escalate: dict[str, str] | None
    sources: list[str]
    similar: list[Named]
    ask: list[AskOut]
    events: dict[str, bool]


class PieceOut(BaseModel):
    label: Label
    text: str


class MissingOut(BaseModel):
    kind: str
    name: str
    message: str
    fix: str


class ReplyOut(BaseModel):
    """text: what is copied, to the character; refusal: why it must not be, empty when it may."""

    channel: str
    pieces: list[PieceOut]
    text: str
    count: int
    limit: int
    borrowed: str
    blanks: list[str]
    hints: list[str]
    left_out: list[str]
    missing: list[MissingOut]
    refusal: str


class RepliesOut(BaseModel):
    release: str
    replies: list[ReplyOut]
