"""Is the schema brought up to date once, with a copy first, and a newer one refused?"""

from __future__ import annotations

import shutil
import sqlite3
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, text

from core.errors import DatabaseError
from core.paths import Root
from core.settings import Settings
from records.database import Database
from records.desk_tables import TABLES
from records.migrating import KEPT, SCRIPTS, bring_up, copies

HEAD = len(list((SCRIPTS / "versions").glob("v*.py")))
NOON = datetime(2027, 1, 2, 12, tzinfo=UTC)


@pytest.fixture
def empty(on_both: Settings, tmp_path: Path) -> Database:
    return Database(Root(tmp_path / "site"), on_both)


def later(folder: Path, number: int, change: str = "op.add_column('votes', sa.Column('extra{}', sa.String()))") -> Path:
    """The migrations of a later version of the program, with ``number`` more."""
    scripts = folder / f"scripts{number}"
    shutil.copytree(SCRIPTS, scripts)
    for each in range(HEAD + 1, HEAD + 1 + number):
        text = (
            "import sqlalchemy as sa\nfrom alembic import op\n"
            f"revision = '{each:04}'\ndown_revision = '{each - 1:04}'\n"
            f"def upgrade():\n    {change.format(each)}\n"
        )
        (scripts / "versions" / f"v{each:04}_more.py").write_text(text, "utf-8")
    return scripts


def test_the_migrations_make_what_the_models_say(empty: Database) -> None:
    assert bring_up(empty)
    with empty.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), TABLES) == []
        assert {"events", "votes", "day_keys", "accounts", "sessions", "audit", "contacts"} < set(
            inspect(connection).get_table_names()
        )
    assert not bring_up(empty)


def test_no_table_has_a_place_for_an_address() -> None:
    columns = {column.name for table in TABLES.tables.values() for column in table.columns}
    assert not columns & {"ip", "address", "remote", "user_agent", "token"}


def test_sqlite_waits_for_locks_and_reads_while_somebody_writes(tmp_path: Path) -> None:
    database = Database(Root(tmp_path), Settings())
    bring_up(database)
    assert database.file is not None
    assert database.file.stat().st_mode & 0o077 == 0
    with database.reading() as connection:
        told = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar_one() for name in ("journal_mode", "foreign_keys")
        }
        assert told == {"journal_mode": "wal", "foreign_keys": 1}
        assert connection.execute(text("PRAGMA busy_timeout")).scalar_one() >= 1000


def test_launchers_at_once(empty: Database) -> None:
    outcomes: list[bool | Exception] = []

    def launch() -> None:
        try:
            outcomes.append(bring_up(empty))
        except DatabaseError as error:
            outcomes.append(error)

    launchers = [threading.Thread(target=launch) for _ in range(4)]
    for each in launchers:
        each.start()
    for each in launchers:
        each.join()
    assert sorted(map(str, outcomes)) == ["False"] * 3 + ["True"]


def test_a_newer_schema_is_refused_in_a_sentence(empty: Database, tmp_path: Path) -> None:
    bring_up(empty, later(tmp_path, 1))
    with pytest.raises(DatabaseError, match=f"数据库是更新的程序建的（版本 {HEAD + 1:04}）") as caught:
        bring_up(empty)
    assert (caught.value.code, caught.value.reason) == ("DATABASE", "newer")


def test_a_migration_that_fails_changes_nothing(empty: Database, tmp_path: Path) -> None:
    bring_up(empty)
    second = f"'{{0}}' == '{HEAD + 1}'"
    broken = later(tmp_path, 2, f"op.add_column('votes' if {second} else 'none', sa.Column('extra', sa.String()))")
    with pytest.raises(DatabaseError):
        bring_up(empty, broken)
    assert not bring_up(empty)  # still the schema of this program
    with empty.reading() as connection:
        assert "extra" not in {column["name"] for column in inspect(connection).get_columns("votes")}


def test_sqlite_is_copied_before_it_is_changed(tmp_path: Path) -> None:
    database = Database(Root(tmp_path), Settings())
    bring_up(database)
    assert database.file is not None
    assert copies(database.file) == []  # there was nothing to lose
    with database.writing() as connection:
        connection.execute(text("INSERT INTO votes VALUES (1, 'v', 'a', 1, NULL, '很好', '2027-01-01', '2027-01-01')"))
        connection.execute(
            text(
                "INSERT INTO accounts VALUES (1, 'li', '李', 'agent', 'active', NULL, 0, NULL, NULL, 0, NULL, NULL, '2027-01-01', NULL)"
            )
        )
        connection.execute(text("INSERT INTO sessions VALUES ('h', 1, '2027-01-01', '2027-01-01', '2027-01-02')"))
        connection.execute(text("INSERT INTO day_keys VALUES ('2027-01-01', 'key')"))
    for number in range(1, KEPT + 2):
        assert bring_up(database, later(tmp_path, number), lambda n=number: NOON + timedelta(hours=n))  # type: ignore[misc]
    kept = copies(database.file)
    assert [copy.name for copy in kept] == [
        f"kb.sqlite3.before-{HEAD - 1 + number:04}-20270102T1{number + 2}0000Z" for number in range(2, KEPT + 2)
    ]
    left = {database.file.name, f"{database.file.name}.lock", *(copy.name for copy in kept)}
    assert {path.name for path in database.file.parent.iterdir()} == left
    assert all(copy.stat().st_mode & 0o077 == 0 for copy in kept)
    with closing(sqlite3.connect(kept[0])) as copy:
        assert copy.execute("SELECT words FROM votes").fetchall() == [("很好",)]
        assert copy.execute("SELECT login FROM accounts").fetchall() == [("li",)]
        assert copy.execute("SELECT * FROM day_keys UNION SELECT hash, account FROM sessions").fetchall() == []


def test_no_copy_no_migration(tmp_path: Path) -> None:
    database = Database(Root(tmp_path), Settings())
    bring_up(database)
    assert database.file is not None
    (database.file.parent / f"kb.sqlite3.before-{HEAD:04}-20270102T120000Z").mkdir()
    with pytest.raises(DatabaseError, match="升级之前没能备份数据库"):
        bring_up(database, later(tmp_path, 1), lambda: NOON)
    assert not bring_up(database)
