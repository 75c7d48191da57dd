"""Are events written in batches, masked, and never at the cost of whoever notes them?"""

from __future__ import annotations

import multiprocessing
import os
import sqlite3
import subprocess
import sys
import threading
from collections import Counter
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from core.paths import Root
from core.settings import Settings
from records.database import Database
from records.events import Event, write
from records.migrating import bring_up
from records.service import Records
from records.tables import DayKey, EventRow
from records.tokens import key_of
from records.writer import Writer

ANNE, BERT = "anne-0123456789abcdefghij", "bert-0123456789abcdefghij"
Told = Counter[tuple[str, str]]


def number(database: Database) -> int:
    with database.reading() as connection:
        return connection.execute(select(func.count(EventRow.id))).scalar_one()


def visitors(database: Database) -> list[str | None]:
    with database.reading() as connection:
        return list(connection.execute(select(EventRow.visitor).order_by(EventRow.id)).scalars())


def test_what_is_kept_of_each(records: Records, database: Database, told: Told) -> None:
    at = datetime(2027, 1, 2, 3, 4, 5, tzinfo=UTC)
    records.note(
        Event("search", "r1", query="我叫张三，手机13812345678，怎么退保", band="answer", hits=7, visitor=ANNE, at=at)
    )
    records.note(Event("click", "r1", article="surrender", rank=2, query="退保"))
    records.note(Event("view", "r1", article="surrender", channel="widget"))
    records.note(Event("vote", "r1", article="surrender"))
    records.flush()
    with database.reading() as connection:
        search, click, view, _ = connection.execute(select(EventRow).order_by(EventRow.id)).all()
    assert (search.kind, search.at, search.band, search.hits, search.release) == ("search", at, "answer", 7, "r1")
    assert "张三" not in search.query
    assert "13812345678" not in search.query
    assert search.query.endswith("怎么退保")
    assert ANNE not in search.visitor
    assert (click.article, click.rank, click.query, click.visitor) == ("surrender", 2, "退保", None)
    assert view.channel == "widget"
    assert told == {("written", kind): 1 for kind in ("search", "click", "view", "vote")}


def test_a_visitor_is_the_same_all_day_and_nobody_on_the_next(records: Records, database: Database) -> None:
    today = datetime.now(UTC).date()
    for visitor in (ANNE, BERT, ANNE):
        records.note(Event("view", "r1", article="a", visitor=visitor))
        records.flush()
    first, other, again = visitors(database)
    assert first == again != other
    with database.writing() as connection:
        old = key_of(connection, today)
        assert key_of(connection, today) == old
        new = key_of(connection, today + timedelta(days=1))
        assert new != old
        assert list(connection.execute(select(DayKey.day)).scalars()) == [today + timedelta(days=1)]


def test_all_processes_agree_on_the_key(database: Database) -> None:
    keys: list[bytes] = []
    start = threading.Barrier(8)

    def ask() -> None:
        start.wait()
        with database.writing() as connection:
            keys.append(key_of(connection, date(2027, 1, 2)))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(keys) == 8
    assert len(set(keys)) == 1


def test_tokens_of_two_purposes_cannot_be_joined(records: Records, database: Database) -> None:
    """Even when a browser used one token for all."""
    records.note(Event("view", "r1", article="a", visitor=ANNE))
    records.flush()
    records.vote(ANNE, "a", True)
    with database.reading() as connection:
        found = [
            connection.exec_driver_sql(f"SELECT {column} FROM {table}").scalar_one()
            for table, column in (("events", "visitor"), ("votes", "visitor"))
        ]
    assert len(set(found)) == 2


def test_a_full_queue_costs_events_and_says_how_many(database: Database, told: Told) -> None:
    writer = Writer(database, lambda what, why, number: told.update({(what, why): number}), waiting=5)
    with (
        database.writing() as connection
    ):  # SQLite's writer waits for this one; PostgreSQL's is faster than the loop or not
        write(connection, [Event("view", "r0")])
        for _ in range(2000):
            writer.put(Event("view", "r1"))
    writer.close()
    assert told["written", "view"] + told["lost", "queue"] == 2000
    assert told["lost", "queue"] > 0
    assert number(database) == 1 + told["written", "view"]


def test_without_tables_events_are_lost_and_the_writer_lives_on(
    records: Records, database: Database, told: Told
) -> None:
    with database.writing() as connection:
        EventRow.__table__.drop(connection)  # type: ignore[attr-defined]
    records.note(Event("view", "r1"))
    records.flush()
    with database.writing() as connection:
        EventRow.__table__.create(connection)  # type: ignore[attr-defined]
    records.note(Event("view", "r2"))
    records.flush()
    assert told == {("lost", "missing"): 1, ("written", "view"): 1}


def test_a_fork_starts_with_an_empty_queue_and_a_writer_of_its_own(records: Records, database: Database) -> None:
    records.note(Event("view", "parent"))

    def child() -> None:
        records.note(Event("view", "child"))
        records.flush()

    process = multiprocessing.get_context("fork").Process(target=child)
    process.start()
    process.join(20)
    records.flush()
    with database.reading() as connection:
        assert sorted(connection.execute(select(EventRow.release)).scalars()) == ["child", "parent"]


def test_what_waits_is_written_when_the_process_ends(on_both: Settings, tmp_path: Path) -> None:
    database = Database(Root(tmp_path), on_both)
    bring_up(database)
    code = (
        "import sys; from pathlib import Path; from core.paths import Root; from core.settings import Settings\n"
        "from records.database import Database; from records.events import Event; from records.service import Records\n"
        "records = Records(Database(Root(Path(sys.argv[1])), Settings()), lambda *told: None)\n"
        "for _ in range(300): records.note(Event('view', 'r1'))\n"
    )
    url = on_both.database_url.get_secret_value()
    environment = {**os.environ, "KB_DATABASE_URL": url}
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=True, env=environment)
    assert number(database) == 300
    database.close()


@pytest.fixture
def on_sqlite(tmp_path: Path) -> Database:
    database = Database(Root(tmp_path), Settings())
    bring_up(database)
    return database


def test_a_locked_database_costs_events(on_sqlite: Database, told: Told) -> None:
    records = Records(on_sqlite, lambda what, why, number: told.update({(what, why): number}))
    assert on_sqlite.file is not None
    with closing(sqlite3.connect(on_sqlite.file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        records.note(Event("view", "r1"))
        records.flush()
    assert told == {("lost", "locked"): 1}


@pytest.mark.parametrize("what", ["deleted", "a folder", "no database"])
def test_a_file_that_is_not_there(on_sqlite: Database, told: Told, what: str) -> None:
    records = Records(on_sqlite, lambda what, why, number: told.update({(what, why): number}))
    assert on_sqlite.file is not None
    records.note(Event("view", "r1"))
    records.flush()
    on_sqlite.file.unlink()
    if what == "a folder":
        on_sqlite.file.mkdir()
    if what == "no database":
        on_sqlite.file.write_text("something else entirely" * 100, "utf-8")
    records.note(Event("view", "r1"))
    records.flush()
    assert told == {("written", "view"): 1, ("lost", "other" if what == "no database" else "missing"): 1}
    assert what == "deleted" or on_sqlite.file.exists()
    assert what != "deleted" or not on_sqlite.file.exists()  # never made anew without its tables
