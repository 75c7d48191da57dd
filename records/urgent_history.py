"""What stands now, and what stood once? Stops and notices as the database has them, for the server and for the terminal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import aliased

from core.paths import Root
from core.settings import Settings, settings
from records.accounts import utc_now
from records.database import Database
from records.standing import Notice, Standing, Stop
from records.tables import AccountRow, NoticeRow, StopRow

Told = TypeVar("Told")
_BY, _ENDER = aliased(AccountRow), aliased(AccountRow)


def standing(database: Database, now: datetime) -> Standing:
    """What stands or is planned, from the database. Raises DatabaseError."""
    with database.reading() as connection:
        stops = [_stop(row) for row in connection.execute(_stops().where(StopRow.ended_at.is_(None)))]
        open_ones = _notices().where(NoticeRow.ended_at.is_(None), NoticeRow.ends > now)
        notices = [_notice(row) for row in connection.execute(open_ones)]
    return Standing({stop.article: stop for stop in stops}, tuple(notices))


def open_tasks(root: Root, ours: Settings | None = None) -> dict[str, str]:
    """What editors have to do about stops and notices: id → in words; nothing without a database. ours: settings other than those
    of the environment. Raises DatabaseError when it is away."""
    return _with(root, ours or settings(), lambda database: standing(database, utc_now()).tasks(utc_now()), {})


def told_of(root: Root, article: str, ours: Settings | None = None) -> tuple[list[Stop], list[Notice]]:
    """Every stop of ``article`` and every notice that it ever had above it, those of the whole site too, oldest first.

    Nothing without a database; raises DatabaseError when it is away.
    """
    nothing: tuple[list[Stop], list[Notice]] = ([], [])
    return _with(root, ours or settings(), lambda database: _told_of(database, article), nothing)


def _with(root: Root, ours: Settings, ask: Callable[[Database], Told], without: Told) -> Told:
    database = Database(root, ours)
    if database.file is not None and not database.file.exists():  # nobody has served this site yet
        return without
    try:
        return ask(database)
    finally:
        database.close()


def _told_of(database: Database, article: str) -> tuple[list[Stop], list[Notice]]:
    with database.reading() as connection:
        stops = [_stop(row) for row in connection.execute(_stops().where(StopRow.article == article))]
        notices = [_notice(row) for row in connection.execute(_notices())]
    return stops, [notice for notice in notices if not notice.articles or article in notice.articles]


def _stops() -> Select[Any]:
    """With the names of who did it, oldest first."""
    told = select(StopRow.__table__, _BY.name.label("who"), _ENDER.name.label("ender"))
    joined = told.join(_BY, _BY.id == StopRow.account).outerjoin(_ENDER, _ENDER.id == StopRow.ended_by)
    return joined.order_by(StopRow.at, StopRow.id)


def _notices() -> Select[Any]:
    """With the names of who did it, by their beginning."""
    told = select(NoticeRow.__table__, _BY.name.label("who"), _ENDER.name.label("ender"))
    joined = told.join(_BY, _BY.id == NoticeRow.account).outerjoin(_ENDER, _ENDER.id == NoticeRow.ended_by)
    return joined.order_by(NoticeRow.starts, NoticeRow.id)


def _stop(row: Row[Any]) -> Stop:
    return Stop(row.article, row.reason, row.at, row.who, row.ended_at, row.ender)


def _notice(row: Row[Any]) -> Notice:
    when = (row.starts, row.ends, row.at)
    return Notice(row.id, row.texts, tuple(row.articles), *when, row.who, row.ended_at, row.ender)
