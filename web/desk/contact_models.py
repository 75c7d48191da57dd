"""What does the desk's page say of a contact? The bodies of its calls."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Annotated

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    Field,
    StringConstraints,
    model_validator,
)
from pydantic_core import PydanticCustomError

from articles.desk.reply import Known, Label
from articles.schema import Channel
from records.contacts import LATEST_COPY_MS, MOST_ARTICLES, Result
from records.references import case_number
from web.desk.bodies import Sentence
from web.public.models import Id, Rank, Token

_MOST = 30  # blanks, and events that deadlines run from
_LONGEST_VALUE = 200
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOMENT = re.compile(_DAY.pattern + r"[T ]\d{2}:\d{2}.*")


def _reference(text: str) -> str:
    number = case_number(text) if text.strip() else ""
    if number is None:
        raise ValueError("no case number")
    return number


def _beginning(value: object) -> object:
    """A day, or a moment of this machine's clock where hours count: midnight is a moment when it is written as one."""
    if not isinstance(value, str):
        raise ValueError("no date")
    if _DAY.fullmatch(value):
        return date.fromisoformat(value)
    if not _MOMENT.fullmatch(value):
        raise ValueError("no moment")  # other ways to write a day would be its midnight
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is not None:
        raise ValueError("a moment with a zone")
    return moment


Query = Annotated[str, StringConstraints(max_length=500)]
Reference = Annotated[str, StringConstraints(max_length=200), AfterValidator(_reference)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=100)]
Value = Annotated[str, StringConstraints(max_length=_LONGEST_VALUE)]
Beginning = Annotated[date | datetime, BeforeValidator(_beginning)]
FirstCopy = Annotated[int, Field(strict=True, ge=0, le=LATEST_COPY_MS)]

# For what a person has typed or chosen; the rest is made by the page.
SENTENCES: dict[str, Sentence] = {
    "query": ("客户的问题太长", "写 500 字以内"),
    "reference": ("案件号的写法不对", "只写字母、数字和 - _ /，最多 40 个；不写客户的电话和证件号"),
    "result": ("没有选这次联系的结果", "选客户确认解决、未解决、转办或中断"),
    "handed_to": ("转办的队列不对", "转办时选一个队列，别的结果不选"),
    "articles": ("文章不对，或太多", f"最多 {MOST_ARTICLES} 篇，每篇写明渠道"),
    "blanks": ("填的空太多，或太长", f"最多 {_MOST} 个，每个 {_LONGEST_VALUE} 字以内"),
    "began": ("日期的写法不对", "写成 2026-11-20，按小时算的写成 2026-11-20T09:30"),
    "first_copy_ms": ("首次复制的用时不对", "不用改，刷新页面再做一次"),
}


class Copied(BaseModel):
    """What was copied. articles: their ids, in order; rank: the place of the article among the results, when it is one article."""

    articles: list[Id] = Field(min_length=1, max_length=MOST_ARTICLES)
    channel: Channel
    query: Query = ""
    rank: Rank | None = None
    contact: Token
    reference: Reference = ""


class AnsweredBody(BaseModel):
    """An article that was answered with, and on which channel."""

    id: Id
    channel: Channel


class Talked(BaseModel):
    """A contact that is open. began_at: when it began, with its zone; blanks, began, without: as for the reply
    (articles/desk/reply.py)."""

    contact: Token
    began_at: AwareDatetime
    articles: list[AnsweredBody] = Field([], max_length=MOST_ARTICLES)
    query: Query = ""
    reference: Reference = ""
    blanks: dict[Name, Value] = Field({}, max_length=_MOST)
    began: dict[Name, Beginning] = Field({}, max_length=_MOST)
    without: list[Label] = Field([], max_length=8)
    first_copy_ms: FirstCopy | None = None

    @property
    def known(self) -> Known:
        return Known(self.blanks, self.began, self.without)


class Closed(Talked):
    """A contact that is closed. handed_to: the key of a queue, with the result ``handed`` only."""

    result: Result
    handed_to: Annotated[str, StringConstraints(max_length=64)] = ""

    @model_validator(mode="after")
    def _goes_with_a_queue(self) -> Closed:
        if bool(self.handed_to) != (self.result == "handed"):
            raise PydanticCustomError("queue", "a queue without handing on, or the other way", {"field": "handed_to"})
        return self
