"""Does the right password open, do five wrong ones lock, and does every session end when it should?"""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from sqlalchemy import func, select

from core.errors import AccountError
from core.paths import Root
from core.settings import Settings
from records.accounts import Accounts
from records.database import Database
from records.purging import purge
from records.sessions import ABSOLUTE, IDLE
from records.signing_in import LOCKED, TRIES, WINDOW, SignIns, Vouched
from records.tables import SessionRow
from tests.records.clock import Clock

FRESH = "four unrelated words"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def accounts(database: Database, clock: Clock) -> Accounts:
    return Accounts(database, clock)


@pytest.fixture
def signs(database: Database, clock: Clock) -> SignIns:
    return SignIns(database, clock)


@pytest.fixture
def password(accounts: Accounts) -> str:
    """That of the account li."""
    return accounts.add("li", "李", "agent")[1]


def come(signs: SignIns, password: str, login: str = "li") -> str:
    came = signs.by_password(login, password)
    assert came is not None
    return came[1]


def told(accounts: Accounts) -> list[tuple[str, str, str]]:
    return [(one.who, one.what, one.about) for one in reversed(accounts.audit(99))]


def test_in_and_out(signs: SignIns, accounts: Accounts, password: str, clock: Clock) -> None:
    token = come(signs, password, " ＬI ")
    account = signs.whose(token)
    assert account is not None
    assert (account.login, account.must_change, account.last_seen) == ("li", True, clock.now)
    signs.sign_out(token)
    assert signs.whose(token) is None
    signs.sign_out(token)
    assert told(accounts)[1:] == [("li", "sign-in", "li"), ("li", "sign-out", "li")]


def test_a_token_is_not_in_the_database(signs: SignIns, database: Database, password: str) -> None:
    token = come(signs, password)
    with database.reading() as connection:
        assert token not in connection.execute(select(SessionRow.hash)).scalar_one()
    assert signs.whose("") is None
    assert signs.whose("x" * 5000) is None


def test_what_was_typed_in_the_place_of_a_name_is_not_kept(signs: SignIns, accounts: Accounts, password: str) -> None:
    assert signs.by_password(password, "li") is None
    assert signs.by_password("li", "wrong") is None
    assert told(accounts)[1:] == [("", "sign-in.refused", ""), ("", "sign-in.refused", "li")]


def test_five_wrong_ones_lock_for_a_quarter_of_an_hour(
    signs: SignIns, accounts: Accounts, password: str, clock: Clock
) -> None:
    for _ in range(TRIES):
        assert signs.by_password("li", "wrong") is None
        clock.pass_(seconds=1)
    assert signs.by_password("li", password) is None
    assert accounts.get("li").locked_until is not None
    assert told(accounts)[-3:] == [
        ("", "account.locked", "li"),
        ("", "sign-in.refused", "li"),
        ("", "sign-in.refused", "li"),
    ]
    clock.pass_(seconds=LOCKED.total_seconds() - 2)
    assert signs.by_password("li", password) is None
    clock.pass_(seconds=1)
    come(signs, password)
    assert accounts.get("li").locked_until is None


def test_wrong_ones_are_forgotten_with_time_and_by_a_right_one(signs: SignIns, password: str, clock: Clock) -> None:
    for _ in range(3):
        for _ in range(TRIES - 1):
            assert signs.by_password("li", "wrong") is None
        clock.pass_(seconds=WINDOW.total_seconds())
    come(signs, password)
    for _ in range(TRIES - 1):
        assert signs.by_password("li", "wrong") is None
    come(signs, password)


def test_a_lock_is_lifted_by_hand(signs: SignIns, accounts: Accounts, password: str) -> None:
    for _ in range(TRIES):
        signs.by_password("li", "wrong")
    accounts.enable("li")
    come(signs, password)


def test_a_storm_of_wrong_ones_locks_once(signs: SignIns, accounts: Accounts, password: str) -> None:
    def guess() -> None:
        assert signs.by_password("li", "wrong") is None

    threads = [threading.Thread(target=guess) for _ in range(TRIES + 3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [what for _, what, _ in told(accounts)].count("account.locked") == 1
    assert signs.by_password("li", password) is None


def test_a_session_ends_by_itself(signs: SignIns, password: str, clock: Clock) -> None:
    token = come(signs, password)
    for _ in range(3):
        clock.pass_(seconds=IDLE.total_seconds() - 1)
        assert signs.whose(token) is not None  # somebody is here: it goes on
    clock.pass_(seconds=IDLE.total_seconds())
    assert signs.whose(token) is None
    token = come(signs, password)
    for _ in range(int(ABSOLUTE / IDLE) * 2):
        clock.pass_(seconds=IDLE.total_seconds() / 2)
        stands = signs.whose(token)
    assert stands is None


def test_a_new_password_ends_all_other_sessions(signs: SignIns, accounts: Accounts, password: str) -> None:
    here, elsewhere = come(signs, password), come(signs, password)
    account = signs.whose(here)
    assert account is not None
    fresh = signs.change_password(account, password, FRESH)
    assert fresh is not None
    assert signs.whose(here) is signs.whose(elsewhere) is None
    now = signs.whose(fresh)
    assert now is not None
    assert not now.must_change
    assert signs.by_password("li", password) is None
    come(signs, FRESH)
    assert FRESH not in str(accounts.audit(99))


def test_a_new_password_needs_the_old_one(signs: SignIns, accounts: Accounts, password: str) -> None:
    account = accounts.get("li")
    with pytest.raises(AccountError, match="和原来的一样"):
        signs.change_password(account, password, password)
    with pytest.raises(AccountError, match="12 到 128"):
        signs.change_password(account, password, "short")
    for _ in range(TRIES):
        assert signs.change_password(account, "wrong", FRESH) is None
    assert signs.change_password(account, password, FRESH) is None  # locked


def vouched(**other: str | None) -> Vouched:
    given = {"issuer": "https://id.example", "subject": "u1", "login": "Wang", "name": "王", "role": "agent"}
    return Vouched(**{**given, **other})  # type: ignore[arg-type]


def test_who_comes_by_another_providers_word(signs: SignIns, accounts: Accounts) -> None:
    first, token = signs.by_word(vouched())
    assert (first.login, first.role, first.external, first.must_change) == ("wang", "agent", True, False)
    again, _ = signs.by_word(vouched(login="wang2", role="editor"))
    assert (again.id, again.login, again.role) == (first.id, "wang", "editor")
    assert told(accounts) == [
        ("system", "account.added", "wang"),
        ("wang", "sign-in", "wang"),
        ("system", "account.role", "wang"),
        ("wang", "sign-in", "wang"),
    ]
    with pytest.raises(AccountError, match="还没有这里的角色"):
        signs.by_word(vouched(role=None))
    assert signs.whose(token) is None  # who has no role any more is out
    assert signs.by_password("wang", "") is None
    for change in (accounts.reset, lambda login: accounts.set_role(login, "admin")):
        with pytest.raises(AccountError, match="单位"):
            change("wang")
    accounts.disable("wang")
    with pytest.raises(AccountError, match="停用"):
        signs.by_word(vouched())


def test_another_provider_cannot_take_a_name_that_is_there(signs: SignIns, accounts: Accounts, password: str) -> None:
    for number, login in enumerate(("li", "demo", "../../x", "")):
        account, _ = signs.by_word(vouched(login=login, subject=f"s{number}", name="\n"))
        assert account.login.startswith("sso-")
    assert not accounts.get("li").external
    come(signs, password)


def test_without_a_role_nobody_is_made(signs: SignIns, accounts: Accounts) -> None:
    with pytest.raises(AccountError):
        signs.by_word(vouched(role=None))
    assert accounts.all() == []
    assert told(accounts) == [("", "sign-in.no-role", "")]


def test_ended_sessions_are_purged(
    signs: SignIns, database: Database, password: str, clock: Clock, on_both: Settings, tmp_path: Path
) -> None:
    come(signs, password)
    clock.pass_(hours=1)
    kept = come(signs, password)
    clock.pass_(hours=1)
    root = Root(tmp_path)
    assert purge(root, clock=clock, given=on_both) == {"sessions": 1}
    with database.reading() as connection:
        assert connection.execute(select(func.count()).select_from(SessionRow)).scalar_one() == 1
    assert signs.whose(kept) is not None
