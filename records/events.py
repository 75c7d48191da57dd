"""What is worth remembering of a visit, and how is it told? Masked; nothing says whose it was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal

from sqlalchemy import Connection, insert

from core.masking import mask
from records.references import case_number
from records.tables import EventRow
from records.tokens import key_of, of_the_day

Kind = Literal["search", "click", "view", "vote", "copy"]


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Event:
    """query: as it was typed, until it is written; hits: articles found; rank: place of a click or copy, from 1; visitor: a token.

    Of a copy, which is an agent's and has no visitor: reference: the number of the case, contact: the page's id of this contact.
    """

    kind: Kind
    release: str
    article: str | None = None
    query: str | None = None
    band: str | None = None
    hits: int | None = None
    rank: int | None = None
    channel: str = "web"
    visitor: str | None = None
    reference: str | None = None
    contact: str | None = None
    at: datetime = field(default_factory=_now)


def stored(text: str) -> str:
    """``text`` as it may be kept: masked, without control characters, which PostgreSQL or a terminal would trip over."""
    return "".join(c if (c >= " " and c != "\x7f") or c in "\n\t" else " " for c in mask(text)).strip()


def write(connection: Connection, batch: Sequence[Event]) -> None:
    """Every one of ``batch``, in this transaction."""
    # The key of the day on which it is written: yesterday's is gone.
    key = key_of(connection, _now().date()) if any(event.visitor for event in batch) else b""
    connection.execute(insert(EventRow), [_row(event, key) for event in batch])


def _row(event: Event, key: bytes) -> dict[str, object]:
    return {
        "at": event.at,
        "kind": event.kind,
        "query": stored(event.query) if event.query is not None else None,
        "band": event.band,
        "hits": event.hits,
        "article": event.article,
        "rank": event.rank,
        "channel": event.channel,
        "release": event.release,
        "visitor": of_the_day(key, event.visitor) if event.visitor else None,
        "reference": case_number(event.reference) if event.reference else None,
        "contact": event.contact,
    }
