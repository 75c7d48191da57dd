"""Which tables are there of what agents read, keep at hand, mark and miss? TABLES: all tables, those of records/tables.py too."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from records.tables import Base


class VersionRow(Base):
    """What one version of an article said to agents, kept once, when somebody first opens, acknowledges or marks it. parts: JSON,
    see articles/desk/version.py; release: where it was read."""

    __tablename__ = "versions"

    article: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[str] = mapped_column(primary_key=True)
    parts: Mapped[str]
    release: Mapped[str]
    at: Mapped[datetime]


class ReadRow(Base):
    """The version of an article that somebody opened last, and when."""

    __tablename__ = "reads"
    __table_args__ = (Index(None, "account", "at"),)

    account: Mapped[int] = mapped_column(ForeignKey("accounts.id", name="fk_reads_account"), primary_key=True)
    article: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[str]
    at: Mapped[datetime]


class AcknowledgementRow(Base):
    """Somebody has said that they read this version of an article that everybody must read."""

    __tablename__ = "acknowledgements"
    __table_args__ = (Index(None, "article", "version"),)

    account: Mapped[int] = mapped_column(
        ForeignKey("accounts.id", name="fk_acknowledgements_account"), primary_key=True
    )
    article: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]


class PinRow(Base):
    """An article that somebody keeps at hand. place: from 0."""

    __tablename__ = "pins"

    account: Mapped[int] = mapped_column(ForeignKey("accounts.id", name="fk_pins_account"), primary_key=True)
    article: Mapped[str] = mapped_column(primary_key=True)
    place: Mapped[int]


class InterestRow(Base):
    """A product whose changes somebody wants to see; who has none sees those of all."""

    __tablename__ = "interests"

    account: Mapped[int] = mapped_column(ForeignKey("accounts.id", name="fk_interests_account"), primary_key=True)
    product: Mapped[str] = mapped_column(primary_key=True)


class MarkRow(Base):
    """What an agent found wrong with one version of an article, and what became of it. words, answer: masked; seen_at: when the
    agent has seen the answer."""

    __tablename__ = "marks"
    __table_args__ = (Index(None, "account"), Index(None, "state"))

    id: Mapped[int] = mapped_column(primary_key=True)
    account: Mapped[int] = mapped_column(ForeignKey("accounts.id", name="fk_marks_account"))
    article: Mapped[str]
    version: Mapped[str]
    kind: Mapped[str]
    words: Mapped[str]
    at: Mapped[datetime]
    state: Mapped[str]
    answer: Mapped[str]
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", name="fk_marks_answered_by"))
    answered_at: Mapped[datetime | None]
    seen_at: Mapped[datetime | None]


class GapRow(Base):
    """A question that agents found no answer to. folded: how equal ones are told; query: masked, as it was first asked; times: how
    often; account: who asked last; article: what answers it now, empty when nothing does."""

    __tablename__ = "gaps"
    __table_args__ = (UniqueConstraint("folded"), Index(None, "state"))

    id: Mapped[int] = mapped_column(primary_key=True)
    folded: Mapped[str]
    query: Mapped[str]
    category: Mapped[str]
    product: Mapped[str]
    account: Mapped[int] = mapped_column(ForeignKey("accounts.id", name="fk_gaps_account"))
    at: Mapped[datetime]
    last_at: Mapped[datetime]
    times: Mapped[int]
    state: Mapped[str]
    article: Mapped[str]
    closed_at: Mapped[datetime | None]


TABLES = Base.metadata
