"""What has become too old to keep? Events, contacts, words of votes, closed marks and gaps go by age; so do copies, and sessions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import InstrumentedAttribute

from core.paths import Root
from core.settings import Settings, settings
from records.database import Database
from records.gaps import forget_closed
from records.marks import forget_answered
from records.migrating import copies
from records.sessions import forget_ended
from records.tables import ContactRow, EventRow
from records.tokens import forget_keys
from records.votes import forget_words

# Days that a copy from before a migration is kept.
COPIES_DAYS = 7
AT_ONCE = 2_000  # rows in one transaction: nobody waits long for the lock


def purge(
    root: Root,
    _progress: object = None,
    *,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    given: Settings | None = None,
) -> dict[str, int] | None:
    """Delete what is too old; how many of what, None when there was nothing.

    given: settings other than those of the environment. Raises DatabaseError.
    """
    ours = given or settings()
    database = Database(root, ours)
    if database.file is not None and not database.file.exists():
        return None
    now = clock()
    end = now - timedelta(days=ours.keep_events_days)
    gone: Counter[str] = Counter()
    try:
        gone["events"] = _delete(database, EventRow.id, EventRow.at < end)
        gone["contacts"] = _delete(database, ContactRow.id, ContactRow.ended_at < end)
        with database.writing() as connection:
            forget_keys(connection, now.date())
            gone["words"] = forget_words(connection, end)
            gone["sessions"] = forget_ended(connection, now)
            gone["marks"] = forget_answered(connection, end)
            gone["gaps"] = forget_closed(connection, end)
        if database.file is not None:
            gone["copies"] = _forget_copies(database, now - timedelta(days=COPIES_DAYS))
    finally:
        database.close()
    return dict(+gone) or None


def _delete(database: Database, key: InstrumentedAttribute[int], is_old: ColumnElement[bool]) -> int:
    """The rows of ``key``'s table for which ``is_old``, a part at a time; how many are gone."""
    total = 0
    old = select(key).where(is_old).limit(AT_ONCE)
    while True:
        with database.writing() as connection:
            number = connection.execute(delete(key.class_).where(key.in_(old))).rowcount
        total += number
        if number < AT_ONCE:
            return total


def _forget_copies(database: Database, before: datetime) -> int:
    """A copy is for the days after a migration; it would keep for years what is deleted here."""
    assert database.file is not None
    old = [copy for copy in copies(database.file) if copy.stat().st_mtime < before.timestamp()]
    for copy in old:
        copy.unlink(missing_ok=True)
    return len(old)
