"""Does what is too old go, and nothing else?"""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import insert, select

from core.errors import DatabaseError
from core.paths import Root
from core.settings import Settings
from records.accounts import Accounts
from records.contacts import Contact, close_contact
from records.database import Database
from records.events import Event, write
from records.migrating import bring_up
from records.purging import AT_ONCE, purge
from records.tables import ContactRow, DayKey, EventRow, VoteRow
from records.votes import cast_vote

NOW = datetime(2027, 6, 1, 12, tzinfo=UTC)
TOKEN = "anne-0123456789abcdefghij"


@pytest.fixture
def site(on_both: Settings, tmp_path: Path) -> tuple[Root, Settings, Database]:
    root = Root(tmp_path)
    given = on_both.model_copy(update={"keep_events_days": 30})
    database = Database(root, given)
    bring_up(database)
    return root, given, database


def test_by_age(site: tuple[Root, Settings, Database]) -> None:
    root, given, database = site
    with database.writing() as connection:
        for days in (0, 29, 31, 400):
            at = NOW - timedelta(days=days)
            write(connection, [Event("view", f"{days}", at=at)])
            cast_vote(connection, TOKEN, f"{days}", False, "unclear", "我的话", at)
        connection.execute(insert(DayKey).values(day=NOW.date() - timedelta(days=1), key=b"old"))
        connection.execute(insert(DayKey).values(day=NOW.date(), key=b"today"))
    assert purge(root, clock=lambda: NOW, given=given) == {"events": 2, "words": 2}
    with database.reading() as connection:
        assert set(connection.execute(select(EventRow.release)).scalars()) == {"0", "29"}
        assert {tuple(row) for row in connection.execute(select(VoteRow.article, VoteRow.reason, VoteRow.words))} == {
            ("0", "unclear", "我的话"), ("29", "unclear", "我的话"), ("31", "unclear", None), ("400", "unclear", None),
        }  # fmt: skip
        assert list(connection.execute(select(DayKey.key)).scalars()) == [b"today"]
    assert purge(root, clock=lambda: NOW, given=given) is None
    database.close()


def test_more_than_fits_in_one_transaction(site: tuple[Root, Settings, Database]) -> None:
    root, given, database = site
    with database.writing() as connection:
        write(connection, [Event("view", "r", at=NOW - timedelta(days=99))] * (2 * AT_ONCE + 1))
    assert purge(root, clock=lambda: NOW, given=given) == {"events": 2 * AT_ONCE + 1}
    database.close()


def test_contacts_go_with_the_events(site: tuple[Root, Settings, Database]) -> None:
    root, given, database = site
    account, _ = Accounts(database).add("li", "李", "agent")
    with database.writing() as connection:
        for days in (0, 29, 31, 400):
            at = NOW - timedelta(days=days)
            close_contact(connection, Contact(f"{days}", account.id, at, at, "solved", "r"))
    assert purge(root, clock=lambda: NOW, given=given) == {"contacts": 2}
    with database.reading() as connection:
        assert set(connection.execute(select(ContactRow.contact)).scalars()) == {"0", "29"}
    database.close()


def test_copies_of_the_database_go_too(tmp_path: Path) -> None:
    root, given = Root(tmp_path), Settings()
    bring_up(Database(root, given))
    for day in ("20270501", "20270531"):
        copy = root.var / f"kb.sqlite3.before-0001-{day}T120000Z"
        copy.write_bytes(b"")
        moment = datetime.strptime(day, "%Y%m%d").replace(tzinfo=UTC).timestamp()
        os.utime(copy, (moment, moment))
    assert purge(root, clock=lambda: NOW, given=given) == {"copies": 1}
    assert [path.name for path in root.var.glob("*Z")] == ["kb.sqlite3.before-0001-20270531T120000Z"]


def test_words_that_were_deleted_are_not_in_the_file(tmp_path: Path) -> None:
    root, given = Root(tmp_path), Settings()
    database = Database(root, given)
    bring_up(database)
    with database.writing() as connection:
        cast_vote(connection, TOKEN, "a", False, None, "SOMETHING-I-SAID", NOW - timedelta(days=500))
    assert database.file is not None
    assert b"SOMETHING-I-SAID" in database.file.read_bytes()
    purge(root, clock=lambda: NOW, given=given)
    assert all(b"SOMETHING-I-SAID" not in path.read_bytes() for path in root.var.iterdir())


def test_no_database_is_nothing_to_do_and_no_server_is_an_error(tmp_path: Path) -> None:
    assert purge(Root(tmp_path), given=Settings()) is None
    nowhere = Settings(database_url=SecretStr("postgresql://nobody@127.0.0.1:1/none"))
    with pytest.raises(DatabaseError) as caught:
        purge(Root(tmp_path), given=nowhere)
    assert caught.value.reason == "missing"
