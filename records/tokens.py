"""What is left of a token? A hash: nobody who reads the database can vote as somebody else, and no two tables can be joined."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import date

from sqlalchemy import Connection, delete, select

from records.tables import DayKey
from records.upserts import insert

# Long enough that nobody guesses one: 22 characters of base64 are 16 random bytes.
TOKEN = r"^[A-Za-z0-9_-]{22,64}$"


def hashed(purpose: str, token: str) -> str:
    """The hash of ``token``; the same token gives another one for another purpose."""
    return hashlib.sha256(f"{purpose}:{token}".encode()).hexdigest()


def of_the_day(key: bytes, token: str) -> str:
    """The hash of ``token`` on the day of ``key``; without the key nobody can tell whose it was."""
    return hmac.new(key, token.encode(), hashlib.sha256).hexdigest()[:32]


def key_of(connection: Connection, day: date) -> bytes:
    """The key of ``day`` that all processes agree on: whoever comes first makes it and deletes those of other days before it."""
    # Written before it is read: a transaction that reads first cannot wait for another writer.
    made = connection.execute(
        insert(connection, DayKey).values(day=day, key=secrets.token_bytes(32)).on_conflict_do_nothing()
    )
    if made.rowcount:
        forget_keys(connection, day)
    return connection.execute(select(DayKey.key).where(DayKey.day == day)).scalar_one()


def forget_keys(connection: Connection, today: date) -> None:
    """Delete the keys of the days before ``today``."""
    connection.execute(delete(DayKey).where(DayKey.day < today))
