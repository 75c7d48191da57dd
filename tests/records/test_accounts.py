"""Can accounts be made, stopped and given a new password, is each change in a log that only grows, and is no secret kept?"""

from __future__ import annotations

import itertools

import pytest
from sqlalchemy import delete, select, update

from core.errors import AccountError, DatabaseError
from records.accounts import DEMO, Accounts
from records.audit import SYSTEM, TERMINAL
from records.database import Database
from records.passwords import check_password, first_password, hashed_password, is_dated, matches
from records.roles import GRANTS, ROLES, highest, may
from records.signing_in import SignIns
from records.tables import AccountRow, AuditRow
from tests.records.clock import Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def accounts(database: Database, clock: Clock) -> Accounts:
    return Accounts(database, clock)


def test_a_new_account_has_a_first_password_that_is_kept_nowhere(accounts: Accounts, database: Database) -> None:
    account, password = accounts.add("Li.Na", "李娜", "agent")
    assert (account.login, account.name, account.role) == ("li.na", "李娜", "agent")
    assert (account.is_active, account.must_change, account.external) == (True, True, False)
    with database.reading() as connection:
        stored = connection.execute(select(AccountRow.hash)).scalar_one()
        logged = connection.execute(select(AuditRow.__table__)).all()
    assert stored is not None
    assert stored.startswith("$argon2id$")
    assert password not in str(stored) + str(logged)
    assert accounts.get("ＬＩ.na") == account


@pytest.mark.parametrize("login", ["", "a", "李娜", "a b", ".a", "a/b", "-x", "a" * 65, "a\n", "<b>", DEMO, "System"])
def test_names_that_cannot_be_used(accounts: Accounts, login: str) -> None:
    with pytest.raises(AccountError):
        accounts.add(login, "某人", "agent")
    assert accounts.all() == []
    assert accounts.audit(9) == []


def test_a_name_is_used_once(accounts: Accounts) -> None:
    accounts.add("li", "李", "agent")
    with pytest.raises(AccountError, match="已有人用"):
        accounts.add("LI", "李二", "admin")
    assert [(one.login, one.name, one.role) for one in accounts.all()] == [("li", "李", "agent")]


@pytest.mark.parametrize("change", ["disable", "enable", "reset", "get"])
def test_an_account_that_is_not_there(accounts: Accounts, change: str) -> None:
    with pytest.raises(AccountError, match="没有“nobody”这个账号"):
        getattr(accounts, change)("nobody")


def test_every_change_is_in_the_log(accounts: Accounts, clock: Clock) -> None:
    accounts.add("li", "李", "agent")
    clock.pass_(minutes=1)
    accounts.disable("li")
    accounts.enable("li", "chef")
    accounts.reset("li")
    accounts.set_role("li", "editor")
    told = [(one.who, one.what, one.about) for one in accounts.audit(9)]
    assert told == [
        (TERMINAL, "account.role", "li"),
        (TERMINAL, "account.reset", "li"),
        ("chef", "account.enabled", "li"),
        (TERMINAL, "account.disabled", "li"),
        (TERMINAL, "account.added", "li"),
    ]
    assert accounts.audit(1)[0].at == clock.now
    assert accounts.get("li").role == "editor"


def test_the_database_itself_keeps_the_log(accounts: Accounts, database: Database) -> None:
    accounts.add(DEMO, "演示", "agent", SYSTEM, must_change=False)
    for statement in (delete(AuditRow), update(AuditRow).values(who="somebody else")):
        with pytest.raises(DatabaseError), database.writing() as connection:
            connection.execute(statement)
    assert [(one.who, one.what) for one in accounts.audit(9)] == [(SYSTEM, "account.added")]


def test_whoever_is_in_is_out_after_a_change(accounts: Accounts, database: Database, clock: Clock) -> None:
    signs = SignIns(database, clock)
    _, password = accounts.add("li", "李", "agent")
    came = signs.by_password("li", password)
    assert came is not None
    accounts.disable("li")
    assert signs.whose(came[1]) is None
    assert signs.by_password("li", password) is None
    accounts.enable("li")
    assert signs.whose(came[1]) is None
    came = signs.by_password("li", password)
    assert came is not None
    _, fresh = accounts.reset("li")
    assert signs.whose(came[1]) is None
    assert signs.by_password("li", password) is None
    assert signs.by_password("li", fresh) is not None


def test_passwords() -> None:
    password = first_password()
    assert len({first_password() for _ in range(50)}) == 50
    check_password(password, "li")
    stored = hashed_password(password)
    assert matches(stored, password)
    assert not matches(stored, password + "x")
    assert not matches(stored, "x" * 100_000)
    assert not matches(None, password)
    assert not matches("$argon2id$nonsense", password)
    assert matches(hashed_password("Ａbcdefghijk1"), "Abcdefghijk１")  # full-width letters of an input method
    assert not is_dated(stored)
    assert is_dated("$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHQ$H6dTQ7Pzi0dM3c2DuX8HIg")


@pytest.mark.parametrize("password", ["", "short", "a" * 12, "ababababababab", "a1!" * 60, "my name is li.na ok"])
def test_weak_passwords(password: str) -> None:
    with pytest.raises(AccountError) as caught:
        check_password(password, "li.na")
    assert not password or password not in str(caught.value)


def test_roles_are_in_order() -> None:
    for lower, higher in itertools.pairwise(ROLES):
        assert GRANTS[lower] < GRANTS[higher]
        assert may(higher, lower)
        assert not may(lower, higher)
    assert may("supervisor", "stop")
    assert not may("editor", "stop")
    assert highest(["staff", "agent", "supervisor"]) == "supervisor"
    assert highest("editor") == "editor"
    for odd in (None, [], "root", {"agent": 1}, 3, [["admin"]], "agentadmin"):
        assert highest(odd) is None
