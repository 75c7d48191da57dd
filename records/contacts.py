"""How did a contact end? One row a contact, with the result that its agent gave; giving another one later changes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, get_args

from sqlalchemy import Connection

from core.errors import ContactError
from records.events import stored
from records.references import case_number
from records.tables import ContactRow
from records.upserts import insert

Result = Literal["solved", "unsolved", "handed", "dropped"]
RESULTS: dict[Result, str] = {"solved": "客户确认解决", "unsolved": "未解决", "handed": "转办", "dropped": "中断"}
assert set(RESULTS) == set(get_args(Result))
MOST_ARTICLES = 20
LATEST_COPY_MS = timedelta(hours=12) // timedelta(milliseconds=1)  # a shift: nobody looks for an answer longer
# What a correction changes. When it began and first ended stays, so that a contact counts on one day.
_CORRECTED = ("result", "handed_to", "articles", "query", "reference", "release", "first_copy_ms")


@dataclass(frozen=True)
class Answered:
    """One article that was answered with: which version of it (commit, empty when git does not know), and on which channel."""

    id: str
    commit: str
    channel: str


@dataclass(frozen=True)
class Contact:
    """contact: the page's random id, which says nothing of anybody; account: the id of the agent's; handed_to: a key of queues.yml, with
    the result ``handed`` only; query: as it was typed, and masked once it is stored; first_copy_ms: milliseconds from the first key to
    the first copy, None when nothing was copied. Raises ValueError for what cannot be."""

    contact: str
    account: int
    began_at: datetime
    ended_at: datetime
    result: Result
    release: str
    articles: tuple[Answered, ...] = ()
    handed_to: str | None = None
    query: str | None = None
    reference: str | None = None
    first_copy_ms: int | None = None

    def __post_init__(self) -> None:
        if self.result not in RESULTS or (self.handed_to is not None) != (self.result == "handed"):
            raise ValueError("a result that there is not, or a queue without handing on")
        if self.ended_at < self.began_at or len(self.articles) > MOST_ARTICLES:
            raise ValueError("ended before it began, or too many articles")
        if self.first_copy_ms is not None and not 0 <= self.first_copy_ms <= LATEST_COPY_MS:
            raise ValueError("a time that cannot be")


def close_contact(connection: Connection, contact: Contact) -> Contact:
    """Store how it ended; the same contact again changes the result and is not counted twice. What stands.

    Raises ContactError when another agent has closed it.
    """
    row = _row(contact)
    given = insert(connection, ContactRow).values(**row)
    written = connection.execute(
        given.on_conflict_do_update(
            index_elements=["contact"],
            set_={name: given.excluded[name] for name in _CORRECTED},
            where=ContactRow.account == given.excluded.account,
        ).returning(*ContactRow.__table__.columns)
    ).one_or_none()
    if written is None:
        raise ContactError("这次联系是别的同事结束的", "刷新页面，开始新的联系")
    return _contact(written._mapping)


def _row(contact: Contact) -> dict[str, Any]:
    return {
        **{name: getattr(contact, name) for name in ("contact", "account", "began_at", "ended_at")},
        **{name: getattr(contact, name) for name in _CORRECTED},
        "articles": [asdict(one) for one in contact.articles],
        "query": stored(contact.query) or None if contact.query else None,
        "reference": case_number(contact.reference) if contact.reference else None,
    }


def _contact(row: Mapping[Any, Any]) -> Contact:
    told = {name: value for name, value in row.items() if name != "id"}
    return Contact(**{**told, "articles": tuple(Answered(**one) for one in row["articles"])})
