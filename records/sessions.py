"""Who is signed in? A random token in the browser, its hash here; it ends by itself, and whenever the account changes."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, or_, select, update

from records.tables import SessionRow
from records.tokens import hashed

IDLE = timedelta(hours=2)  # a lunch and a meeting
ABSOLUTE = timedelta(hours=12)  # a shift
_NOTED = timedelta(minutes=1)  # how exactly it is kept when somebody was last here


def begin(connection: Connection, account: int, now: datetime) -> str:
    """The token of a new session."""
    token = secrets.token_urlsafe(32)
    row = {"hash": hashed("session", token), "account": account, "made_at": now, "seen_at": now}
    connection.execute(insert(SessionRow).values(**row, ends_at=now + ABSOLUTE))
    return token


def find(connection: Connection, token: str, now: datetime) -> tuple[int, bool] | None:
    """Whose session it is, and whether it is time to call ``touch``; None when there is none or it has ended."""
    columns = (SessionRow.account, SessionRow.seen_at, SessionRow.ends_at)
    row = connection.execute(select(*columns).where(SessionRow.hash == hashed("session", token))).one_or_none()
    if row is None or now >= row.ends_at or now >= row.seen_at + IDLE:
        return None
    return row.account, now >= row.seen_at + _NOTED


def touch(connection: Connection, token: str, now: datetime) -> None:
    """Somebody is here."""
    mine = SessionRow.hash == hashed("session", token)
    connection.execute(update(SessionRow).where(mine).values(seen_at=now))


def end(connection: Connection, token: str) -> None:
    connection.execute(delete(SessionRow).where(SessionRow.hash == hashed("session", token)))


def end_all(connection: Connection, account: int) -> None:
    """On every browser."""
    connection.execute(delete(SessionRow).where(SessionRow.account == account))


def forget_ended(connection: Connection, now: datetime) -> int:
    """Delete what has ended by itself; how many."""
    over = or_(SessionRow.ends_at <= now, SessionRow.seen_at <= now - IDLE)
    return connection.execute(delete(SessionRow).where(over)).rowcount
