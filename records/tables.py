"""Which tables are there, and what does each column hold? No table has an address, a name or a token as it was sent."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import JSON, DateTime, Dialect, ForeignKey, Index, LargeBinary, MetaData, UniqueConstraint, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator


class Moment(TypeDecorator[datetime]):
    """A moment with its zone, kept as UTC: SQLite knows no zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a zone")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """Constraints have the names that migrations call them by."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    # SQLAlchemy reads it so.
    type_annotation_map: dict[Any, Any] = {datetime: Moment, bytes: LargeBinary, dict[str, str]: JSON, list[str]: JSON}  # noqa: RUF012


class EventRow(Base):
    """Something that a visitor did. query: masked; hits: how many articles a search found; rank: the place of a click, from 1.

    visitor: a hash that says nothing on another day; None where no token was sent, and for votes and copies always. Of a copy alone:
    reference: the number of the case; contact: what the desk's page calls this contact, never whose it is.
    """

    __tablename__ = "events"
    __table_args__ = (Index(None, "at"), Index(None, "kind", "at"), Index(None, "contact"))

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    kind: Mapped[str]
    query: Mapped[str | None]
    band: Mapped[str | None]
    hits: Mapped[int | None]
    article: Mapped[str | None]
    rank: Mapped[int | None]
    channel: Mapped[str]
    release: Mapped[str]
    visitor: Mapped[str | None]
    reference: Mapped[str | None]
    contact: Mapped[str | None]


class VoteRow(Base):
    """What one visitor says of one article. visitor: the hash of a token that is used for nothing else; words: masked."""

    __tablename__ = "votes"
    __table_args__ = (UniqueConstraint("visitor", "article"), Index(None, "article"), Index(None, "changed_at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    visitor: Mapped[str]
    article: Mapped[str]
    solved: Mapped[bool]
    reason: Mapped[str | None]
    words: Mapped[str | None]
    at: Mapped[datetime]
    changed_at: Mapped[datetime]


class DayKey(Base):
    """The key that hashes the visitors of one day (UTC); gone with the day."""

    __tablename__ = "day_keys"

    day: Mapped[date] = mapped_column(primary_key=True)
    key: Mapped[bytes]


class AccountRow(Base):
    """Somebody who works here. login: folded, unique; hash: None for whom another provider vouches (issuer, subject).

    failed, failed_since: wrong passwords within the window that began then; locked_until: nobody gets in before.
    """

    __tablename__ = "accounts"
    __table_args__ = (UniqueConstraint("login"), UniqueConstraint("issuer", "subject"))

    id: Mapped[int] = mapped_column(primary_key=True)
    login: Mapped[str]
    name: Mapped[str]
    role: Mapped[str]
    state: Mapped[str]
    hash: Mapped[str | None]
    must_change: Mapped[bool]
    issuer: Mapped[str | None]
    subject: Mapped[str | None]
    failed: Mapped[int]
    failed_since: Mapped[datetime | None]
    locked_until: Mapped[datetime | None]
    made_at: Mapped[datetime]
    last_seen: Mapped[datetime | None]


class SessionRow(Base):
    """Somebody who is signed in on one browser. hash: of the random token that only the browser has."""

    __tablename__ = "sessions"
    __table_args__ = (Index(None, "account"), Index(None, "ends_at"))

    hash: Mapped[str] = mapped_column(primary_key=True)
    account: Mapped[int] = mapped_column(ForeignKey("accounts.id", name="fk_sessions_account"))
    made_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ends_at: Mapped[datetime]


class AuditRow(Base):
    """Who did what, about what. The database itself refuses to change or delete one; secrets are never in it."""

    __tablename__ = "audit"
    __table_args__ = (Index(None, "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    who: Mapped[str]
    what: Mapped[str]
    about: Mapped[str]


class ContactRow(Base):
    """How one contact ended, as its agent said. contact: a random id that the page has made; handed_to: a key of queues.yml, only of one
    that was handed on; articles: what was answered with (id, commit, channel of each); query: masked; reference: the number of the case;
    first_copy_ms: from the first key to the first copy, None when nothing was copied."""

    __tablename__ = "contacts"
    __table_args__ = (UniqueConstraint("contact"), Index(None, "ended_at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    contact: Mapped[str]
    account: Mapped[int] = mapped_column(ForeignKey("accounts.id", name="fk_contacts_account"))
    began_at: Mapped[datetime]
    ended_at: Mapped[datetime]
    result: Mapped[str]
    handed_to: Mapped[str | None]
    articles: Mapped[list[dict[str, str]]] = mapped_column(JSON)
    query: Mapped[str | None]
    reference: Mapped[str | None]
    release: Mapped[str]
    first_copy_ms: Mapped[int | None]


class StopRow(Base):
    """An article that a supervisor took out of use. reason: masked; account, ended_by: who did it; ended_at: None while it stands."""

    __tablename__ = "stops"
    # One that stands for each article, whoever presses at the same moment.
    __table_args__ = (
        Index(
            "uq_stops_standing",
            "article",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    article: Mapped[str]
    reason: Mapped[str]
    account: Mapped[int] = mapped_column(ForeignKey("accounts.id", name="fk_stops_account"))
    at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", name="fk_stops_ended_by"))


class NoticeRow(Base):
    """What stands on top of pages for a while. texts: channel → text, always one for ``web``; articles: ids, none for the whole site;
    ended_at: when somebody took it down before its end."""

    __tablename__ = "notices"
    __table_args__ = (Index(None, "ends"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    texts: Mapped[dict[str, str]]
    articles: Mapped[list[str]]
    starts: Mapped[datetime]
    ends: Mapped[datetime]
    account: Mapped[int] = mapped_column(ForeignKey("accounts.id", name="fk_notices_account"))
    at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", name="fk_notices_ended_by"))
