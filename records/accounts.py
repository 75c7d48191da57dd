"""Who works here? Accounts that are added, disabled and reset, and what each change ends and leaves in the audit log."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, select, update

from core.errors import AccountError
from records import audit, sessions
from records.database import Database
from records.passwords import first_password, hashed_password
from records.roles import Role
from records.tables import AccountRow
from records.upserts import insert

DEMO = "demo"  # the login of the account that kb serve makes for a demonstration
RESERVED = {DEMO, audit.TERMINAL, audit.SYSTEM}
_LOGIN = re.compile(r"[a-z0-9][a-z0-9._@-]{1,63}")
_LONGEST_NAME = 40
# What a wrong password or two have left, gone.
UNLOCKED: dict[str, object] = {"failed": 0, "failed_since": None, "locked_until": None}
Clock = Callable[[], datetime]


@dataclass(frozen=True)
class Account:
    """login: what one types; name: what colleagues read; external: another provider vouches for them, no password here."""

    id: int
    login: str
    name: str
    role: Role
    is_active: bool
    must_change: bool
    external: bool
    locked_until: datetime | None
    made_at: datetime
    last_seen: datetime | None


def utc_now() -> datetime:
    return datetime.now(UTC)


def folded(login: str) -> str:
    """A login as it is kept: an input method may type full-width letters, a phone a capital."""
    return unicodedata.normalize("NFKC", login).strip().lower()


def account_of(row: Row[Any]) -> Account:
    """A row of the table as what may be known of it."""
    return Account(
        id=row.id,
        login=row.login,
        name=row.name,
        role=row.role,
        is_active=row.state == "active",
        must_change=row.must_change,
        external=row.issuer is not None,
        locked_until=row.locked_until,
        made_at=row.made_at,
        last_seen=row.last_seen,
    )


def new_row(login: str, name: str, role: Role, now: datetime) -> dict[str, object]:
    """A row of the table with nothing but these. Raises AccountError for a name that cannot be used."""
    shown = "".join(c for c in unicodedata.normalize("NFC", name) if c.isprintable()).strip()
    if not _LOGIN.fullmatch(login):
        raise AccountError("登录名不合规则", "用 2 到 64 个小写字母、数字、点、下划线、@ 或连字符，以字母或数字开头")
    if not 0 < len(shown) <= _LONGEST_NAME:
        raise AccountError("显示的名字不合规则", f"写 1 到 {_LONGEST_NAME} 个字")
    return {
        "login": login,
        "name": shown,
        "role": role,
        "state": "active",
        "must_change": False,
        "failed": 0,
        "made_at": now,
    }


class Accounts:
    """The accounts of one site. who: who makes the change, for the audit log. Every method raises DatabaseError."""

    def __init__(self, database: Database, clock: Clock = utc_now) -> None:
        self._database, self._clock = database, clock

    def add(
        self, login: str, name: str, role: Role, who: str = audit.TERMINAL, *, must_change: bool = True
    ) -> tuple[Account, str]:
        """A new account and its first password, which is kept nowhere. Raises AccountError."""
        login, now, password = folded(login), self._clock(), first_password()
        if login in RESERVED and who != audit.SYSTEM:
            raise AccountError(f"“{login}”留给系统自己用", "换一个登录名")
        row = {**new_row(login, name or login, role, now), "hash": hashed_password(password)}
        row["must_change"] = must_change
        with self._database.writing() as connection:
            if not insert_new(connection, row):
                raise AccountError(f"登录名“{login}”已有人用", "换一个；要给新密码用 kb users reset")
            audit.note(connection, now, who, "account.added", login)
            return read(connection, login), password

    def disable(self, login: str, who: str = audit.TERMINAL) -> Account:
        """Nobody gets in with it, and whoever is in is out. Raises AccountError when there is none."""
        return self._change(login, who, "account.disabled", state="disabled")

    def enable(self, login: str, who: str = audit.TERMINAL) -> Account:
        """It can be used again; a lock is lifted, too. Raises AccountError when there is none."""
        return self._change(login, who, "account.enabled", state="active", **UNLOCKED)

    def set_role(self, login: str, role: Role, who: str = audit.TERMINAL) -> Account:
        """Raises AccountError when there is none, or when its provider says the role."""
        if self.get(login).external:
            raise AccountError("这个账号的角色由单位登录决定", "在单位的账号系统里改")
        return self._change(login, who, "account.role", role=role)

    def reset(self, login: str, who: str = audit.TERMINAL) -> tuple[Account, str]:
        """A new first password, kept nowhere; a lock is lifted. Raises AccountError when there is none to reset."""
        if self.get(login).external:
            raise AccountError("这个账号用单位登录，这里没有密码", "在单位的账号系统里重置")
        password = first_password()
        change = {"hash": hashed_password(password), "must_change": True, **UNLOCKED}
        return self._change(login, who, "account.reset", **change), password

    def get(self, login: str) -> Account:
        """Raises AccountError when there is none."""
        with self._database.reading() as connection:
            return read(connection, folded(login))

    def all(self) -> list[Account]:
        """By login."""
        with self._database.reading() as connection:
            rows = connection.execute(select(AccountRow.__table__).order_by(AccountRow.login))
            return [account_of(row) for row in rows]

    def audit(self, most: int) -> list[audit.Entry]:
        """The newest entries of the audit log, newest first."""
        with self._database.reading() as connection:
            return audit.entries(connection, most)

    def _change(self, login: str, who: str, what: str, **values: object) -> Account:
        login = folded(login)
        with self._database.writing() as connection:
            account = read(connection, login)
            connection.execute(update(AccountRow).where(AccountRow.id == account.id).values(**values))
            sessions.end_all(connection, account.id)
            audit.note(connection, self._clock(), who, what, login)
            return read(connection, login)


def insert_new(connection: Connection, row: dict[str, object]) -> bool:
    """Whether ``row`` is there now; False when its login, or its issuer and subject, were there before."""
    made = insert(connection, AccountRow).values(**row).on_conflict_do_nothing().returning(AccountRow.id)
    return connection.execute(made).one_or_none() is not None


def read(connection: Connection, login: str) -> Account:
    """Raises AccountError when there is none."""
    row = connection.execute(select(AccountRow.__table__).where(AccountRow.login == login)).one_or_none()
    if row is None:
        raise AccountError(f"没有“{login}”这个账号", "用 kb users list 看有哪些")
    return account_of(row)
