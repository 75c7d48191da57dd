"""May this person come in? Passwords with a lock after too many wrong ones, other providers' word, and the sessions that follow."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, Row, select, update

from core.errors import AccountError, DatabaseError
from records import audit, sessions
from records.accounts import RESERVED, UNLOCKED, Account, Clock, account_of, folded, insert_new, new_row, read, utc_now
from records.database import Database
from records.passwords import check_password, hashed_password, is_dated, matches
from records.roles import Role
from records.tables import AccountRow

TRIES = 5
WINDOW = timedelta(minutes=15)  # so many wrong ones within it …
LOCKED = timedelta(minutes=15)  # … and nobody gets in for so long


@dataclass(frozen=True)
class Vouched:
    """What another provider says of somebody: issuer and subject are who it is, the rest may change."""

    issuer: str
    subject: str
    login: str
    name: str
    role: Role | None


class SignIns:
    """The way in, and out. Every method but ``whose`` raises DatabaseError when nothing can be written."""

    def __init__(self, database: Database, clock: Clock = utc_now) -> None:
        self._database, self._clock = database, clock

    def by_password(self, login: str, password: str) -> tuple[Account, str] | None:
        """Who it is and the token of a new session. None for a wrong name or password, a locked or a disabled account:
        whoever asks cannot tell which, nor by the time that it takes."""
        login = folded(login)
        with self._database.reading() as connection:
            seen = connection.execute(select(AccountRow.hash).where(AccountRow.login == login)).scalar_one_or_none()
        right = matches(seen, password)  # slow on purpose: no transaction is open
        with self._database.writing() as connection:
            row = _held(connection, login)
            if row is None or not self._let_in(connection, row, right and row.hash == seen):
                # What was typed in the place of a name that we do not know may be a password.
                audit.note(connection, self._clock(), "", "sign-in.refused", row.login if row is not None else "")
                return None
            if is_dated(row.hash):
                _set(connection, row.id, hash=hashed_password(password))
            return self._come_in(connection, row.id, login)

    def by_word(self, vouched: Vouched) -> tuple[Account, str]:
        """Who it is and the token of a new session; an account is made for who comes first. Raises AccountError."""
        now = self._clock()
        with self._database.writing() as connection:
            row = _vouched_row(connection, vouched)
            if vouched.role is None and row is not None:
                sessions.end_all(connection, row.id)
            if vouched.role is None or (row is not None and row.state != "active"):
                what = "sign-in.refused" if vouched.role else "sign-in.no-role"
                audit.note(connection, now, "", what, row.login if row is not None else "")
                account = None
            elif row is None:
                login = self._add(connection, vouched, vouched.role)
                account = self._come_in(connection, read(connection, login).id, login)
            else:
                if row.role != vouched.role:
                    _set(connection, row.id, role=vouched.role)
                    audit.note(connection, now, audit.SYSTEM, "account.role", row.login)
                account = self._come_in(connection, row.id, row.login)
        if account is None:
            raise AccountError(*(_NO_ROLE if vouched.role is None else _STOPPED))
        return account

    def whose(self, token: str) -> Account | None:
        """Who is signed in with this token now; None when it has ended. Raises DatabaseError when nobody can say."""
        now = self._clock()
        with self._database.reading() as connection:
            found = sessions.find(connection, token, now)
            if found is None:
                return None
            row = connection.execute(select(AccountRow.__table__).where(AccountRow.id == found[0])).one()
        if row.state != "active":
            return None
        if found[1]:
            with suppress(DatabaseError), self._database.writing() as connection:  # a busy database throws nobody out
                sessions.touch(connection, token, now)
        return account_of(row)

    def sign_out(self, token: str) -> None:
        """The session ends; nothing happens when it had."""
        account = self.whose(token)
        with self._database.writing() as connection:
            sessions.end(connection, token)
            if account is not None:
                audit.note(connection, self._clock(), account.login, "sign-out", account.login)

    def change_password(self, account: Account, old: str, new: str) -> str | None:
        """The token of a new session; all others have ended. None when ``old`` is wrong: it counts as a try to sign in.

        Raises AccountError when ``new`` is too weak or the same again.
        """
        check_password(new, account.login)
        with self._database.reading() as connection:
            seen = connection.execute(select(AccountRow.hash).where(AccountRow.id == account.id)).scalar_one_or_none()
        right = matches(seen, old)
        if right and matches(seen, new):
            raise AccountError("新密码和原来的一样", "换一个")
        fresh = hashed_password(new) if right else None
        with self._database.writing() as connection:
            row = _held(connection, account.login)
            if row is None or not self._let_in(connection, row, right and row.hash == seen):
                return None
            _set(connection, row.id, hash=fresh, must_change=False)
            sessions.end_all(connection, row.id)
            audit.note(connection, self._clock(), row.login, "password.changed", row.login)
            return sessions.begin(connection, row.id, self._clock())

    def _let_in(self, connection: Connection, row: Row[Any], right: bool) -> bool:
        """Whether this try counts as a right one; a wrong one is remembered, and one too many locks the account."""
        now = self._clock()
        if row.state != "active" or (row.locked_until is not None and now < row.locked_until):
            return False
        if right:
            _set(connection, row.id, **UNLOCKED)
            return True
        begins = row.failed_since is None or now >= row.failed_since + WINDOW
        failed = 1 if begins else row.failed + 1
        if failed >= TRIES:
            _set(connection, row.id, **{**UNLOCKED, "locked_until": now + LOCKED})
            audit.note(connection, now, "", "account.locked", row.login)
        else:
            _set(connection, row.id, failed=failed, failed_since=now if begins else row.failed_since)
        return False

    def _come_in(self, connection: Connection, number: int, login: str) -> tuple[Account, str]:
        now = self._clock()
        _set(connection, number, last_seen=now)
        audit.note(connection, now, login, "sign-in", login)
        return read(connection, login), sessions.begin(connection, number, now)

    def _add(self, connection: Connection, vouched: Vouched, role: Role) -> str:
        """The login of a new account: the one that the provider says, when it can be used and nobody has it."""
        now = self._clock()
        marked = "sso-" + hashlib.sha256(f"{vouched.issuer} {vouched.subject}".encode()).hexdigest()[:12]
        for login, name in ((folded(vouched.login), vouched.name), (marked, vouched.name), (marked, marked)):
            with suppress(AccountError):
                who = {"issuer": vouched.issuer, "subject": vouched.subject}
                row = {**new_row(login, name or login, role, now), **who}
                if login not in RESERVED and insert_new(connection, row):
                    audit.note(connection, now, audit.SYSTEM, "account.added", login)
                    return login
        other = _vouched_row(connection, vouched)  # made by another request in this moment
        if other is None:
            raise AccountError(*_STOPPED)
        return str(other.login)


_NO_ROLE = (
    "您的单位账号还没有这里的角色",
    "请管理员在单位的账号系统里给您 agent、editor、supervisor 或 admin，再登录一次",
)
_STOPPED = ("您的账号在这里停用了", "请找管理员恢复")


def _held(connection: Connection, login: str) -> Row[Any] | None:
    """The account, held against others until the transaction ends (in SQLite a writer is alone anyway)."""
    mine = select(AccountRow.__table__).where(AccountRow.login == login).with_for_update()
    return connection.execute(mine).one_or_none()


def _vouched_row(connection: Connection, vouched: Vouched) -> Row[Any] | None:
    mine = (AccountRow.issuer == vouched.issuer, AccountRow.subject == vouched.subject)
    return connection.execute(select(AccountRow.__table__).where(*mine).with_for_update()).one_or_none()


def _set(connection: Connection, number: int, **values: object) -> None:
    connection.execute(update(AccountRow).where(AccountRow.id == number).values(**values))
