"""What has somebody read, which version of it, and who has not acknowledged what everybody must read?"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from articles.desk.version import Part, Parts, version_of
from records.accounts import Clock, utc_now
from records.database import Database
from records.desk_tables import AcknowledgementRow, ReadRow, VersionRow
from records.tables import AccountRow
from records.upserts import insert


@dataclass(frozen=True)
class Read:
    """The version that was opened last, and when."""

    article: str
    version: str
    at: datetime


@dataclass(frozen=True)
class Seen:
    """One article as it stands before somebody. parts: what it says; release: where that was read."""

    article: str
    parts: Parts
    release: str

    @property
    def version(self) -> str:
        return version_of(self.parts)


class Reading:
    """What the accounts of one site have read. Every method raises DatabaseError."""

    def __init__(self, database: Database, clock: Clock = utc_now) -> None:
        self._database, self._clock = database, clock

    def opened(self, account: int, seen: Seen) -> None:
        """Somebody has this version before them."""
        now = self._clock()
        with self._database.writing() as connection:
            keep(connection, seen, now)
            _read(connection, account, seen, now)

    def opened_before(self, account: int, article: str, version: str) -> bool:
        """The same for a version that is no longer live; False when nobody has ever read it."""
        with self._database.writing() as connection:
            mine = (VersionRow.article == article, VersionRow.version == version)
            row = connection.execute(select(VersionRow.parts, VersionRow.release).where(*mine)).one_or_none()
            if row is not None:
                _read(connection, account, Seen(article, _parts(row.parts), row.release), self._clock())
            return row is not None

    def acknowledge(self, account: int, seen: Seen) -> None:
        """Somebody says that they have read this version; they have opened it, too."""
        now = self._clock()
        with self._database.writing() as connection:
            keep(connection, seen, now)
            _read(connection, account, seen, now)
            row = {"account": account, "article": seen.article, "version": seen.version, "at": now}
            connection.execute(insert(connection, AcknowledgementRow).values(**row).on_conflict_do_nothing())

    def reads(self, account: int, articles: Collection[str] | None = None) -> dict[str, Read]:
        """What ``account`` opened last of each article (of these only)."""
        query = select(ReadRow.article, ReadRow.version, ReadRow.at).where(ReadRow.account == account)
        if articles is not None:
            query = query.where(ReadRow.article.in_(articles))
        with self._database.reading() as connection:
            return {row.article: Read(*row) for row in connection.execute(query)}

    def recent(self, account: int, most: int) -> list[Read]:
        """What ``account`` opened last, the newest first."""
        columns = (ReadRow.article, ReadRow.version, ReadRow.at)
        query = select(*columns).where(ReadRow.account == account).order_by(ReadRow.at.desc(), ReadRow.article)
        with self._database.reading() as connection:
            return [Read(*row) for row in connection.execute(query.limit(most))]

    def parts_of(self, versions: Collection[tuple[str, str]]) -> dict[tuple[str, str], list[Part]]:
        """What these versions (article, version) said; those that nobody has read are left out."""
        wanted = set(versions)
        query = select(VersionRow.article, VersionRow.version, VersionRow.parts)
        query = query.where(VersionRow.version.in_({version for _, version in wanted}))
        with self._database.reading() as connection:
            rows = connection.execute(query).all() if wanted else []
        return {(r.article, r.version): _parts(r.parts) for r in rows if (r.article, r.version) in wanted}

    def acknowledged(self, account: int, current: Mapping[str, str]) -> dict[str, datetime]:
        """Which of the articles ``current`` (article → version) somebody has acknowledged in that version, and when."""
        columns = (AcknowledgementRow.article, AcknowledgementRow.version, AcknowledgementRow.at)
        query = select(*columns).where(AcknowledgementRow.account == account)
        query = query.where(AcknowledgementRow.article.in_(current))
        with self._database.reading() as connection:
            rows = connection.execute(query).all() if current else []
        return {row.article: row.at for row in rows if current[row.article] == row.version}

    def missing(self, current: Mapping[str, str]) -> dict[str, list[str]]:
        """Article → the names of all active accounts that have not acknowledged the version in ``current``, in order."""
        if not current:
            return {}
        query = select(AcknowledgementRow.account, AcknowledgementRow.article, AcknowledgementRow.version)
        people = select(AccountRow.id, AccountRow.name, AccountRow.login).where(AccountRow.state == "active")
        have = defaultdict[str, set[int]](set)
        with self._database.reading() as connection:
            active = connection.execute(people.order_by(AccountRow.name, AccountRow.login)).all()
            for row in connection.execute(query.where(AcknowledgementRow.article.in_(current))):
                if current[row.article] == row.version:
                    have[row.article].add(row.account)
        namesakes = Counter(person.name for person in active)
        names = {p.id: p.name if namesakes[p.name] == 1 else f"{p.name}（{p.login}）" for p in active}
        return {article: [names[id] for id in names if id not in have[article]] for article in current}


def keep(connection: Connection, seen: Seen, now: datetime) -> None:
    """What this version says, unless it is kept already."""
    text = json.dumps(seen.parts, ensure_ascii=False)
    row = {"article": seen.article, "version": seen.version, "parts": text, "release": seen.release, "at": now}
    connection.execute(insert(connection, VersionRow).values(**row).on_conflict_do_nothing())


def _read(connection: Connection, account: int, seen: Seen, now: datetime) -> None:
    row = {"account": account, "article": seen.article, "version": seen.version, "at": now}
    given = insert(connection, ReadRow).values(**row)
    new = {"version": given.excluded.version, "at": given.excluded.at}
    connection.execute(given.on_conflict_do_update(index_elements=["account", "article"], set_=new))


def _parts(text: str) -> list[Part]:
    return [(key, said) for key, said in json.loads(text)]
