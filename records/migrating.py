"""Is the schema that of the code? Brought up to date once, by the launcher, before anybody writes."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing, nullcontext
from datetime import UTC, datetime
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from core.errors import DatabaseError
from records.database import Database, alone, connect, create

SCRIPTS = Path(__file__).parent / "migrations"
KEPT = 3
_SHORT_LIVED = {"day_keys", "sessions"}
_WAIT = 120  # seconds for another launcher's migration, and for one's own
_LOCK = 5120  # any number: whoever migrates this product holds it in PostgreSQL


def bring_up(
    database: Database, scripts: Path = SCRIPTS, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
) -> bool:
    """Make ``database`` what the code expects; whether there was anything to do. SQLite's file is copied beside itself first.

    Raises DatabaseError: ``newer`` for a schema that the code does not know, else when it cannot be read or written.
    """
    with nullcontext() if database.file is None else alone(database.file):
        return _bring_up(database, scripts, clock)


def _bring_up(database: Database, scripts: Path, clock: Callable[[], datetime]) -> bool:
    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    known = ScriptDirectory.from_config(config)
    if database.file is not None and not (database.file.exists() and database.file.stat().st_size):
        create(database.file)
    with database.reading() as connection:
        stands = _revision(connection, known)
    if stands == known.get_current_head():
        return False
    if database.file is not None and stands is not None:
        _copy(database.file, stands, clock())
    with database.writing() as connection:
        if database.file is None:
            connection.execute(text(f"SET LOCAL lock_timeout = '{_WAIT}s'"))
            connection.execute(text(f"SET LOCAL statement_timeout = '{_WAIT}s'"))
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        if _revision(connection, known) == known.get_current_head():  # another launcher was faster
            return False
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    return True


def copies(file: Path) -> list[Path]:
    """The copies of ``file`` that were made before migrations, oldest first."""
    return sorted(file.parent.glob(f"{file.name}.before-*[0-9]Z"), key=lambda path: path.name[-16:])


def _revision(connection: Connection, known: ScriptDirectory) -> str | None:
    stands = MigrationContext.configure(connection).get_current_revision()
    if stands is not None and stands not in {script.revision for script in known.walk_revisions()}:
        raise DatabaseError(
            f"数据库是更新的程序建的（版本 {stands}），这个程序读不懂",
            "换成新的程序再启动，或换回升级之前的那份数据库（docs/operations/database.md）",
            reason="newer",
        )
    return stands


def _copy(file: Path, stands: str, moment: datetime) -> None:
    """As it stands, but without what lives for a few days only: a copy lives longer. Keeps the last three.

    Raises DatabaseError when it cannot be written; nothing has been migrated then.
    """
    target = file.with_name(f"{file.name}.before-{stands}-{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}")
    partial = target.with_name(target.name + ".partial")
    try:
        partial.unlink(missing_ok=True)
        partial.touch(mode=0o600)
        with closing(connect(file)) as source, closing(connect(partial)) as copy:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")  # one file, nothing beside it
            there = {name for (name,) in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            for table in _SHORT_LIVED & there:
                copy.execute(f"DELETE FROM {table}")
        partial.replace(target)
    except (sqlite3.Error, OSError) as error:
        partial.unlink(missing_ok=True)
        raise DatabaseError("升级之前没能备份数据库", "腾出磁盘空间再启动", reason="disk") from error
    for old in copies(file)[:-KEPT]:
        old.unlink(missing_ok=True)
