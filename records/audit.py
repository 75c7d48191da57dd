"""Who did what, about what? A log that only grows; no password, token or free text is ever in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select

from records.tables import AuditRow

TERMINAL = "terminal"  # who: somebody at the server's terminal
SYSTEM = "system"  # who: the program itself
# What can happen, and how it is told. Whoever adds an act adds its words here.
ACTS = {
    "sign-in": "登录",
    "sign-in.refused": "登录被拒",
    "sign-in.no-role": "登录被拒：单位账号没有角色",
    "sign-out": "退出",
    "account.locked": "连续输错，锁定",
    "account.added": "新建账号",
    "account.disabled": "停用账号",
    "account.enabled": "恢复账号",
    "account.reset": "重置密码",
    "account.role": "改角色",
    "password.changed": "改密码",
    "article.stopped": "停用文章",
    "article.started": "恢复文章",
    "notice.posted": "发公告",
    "notice.ended": "提前结束公告",
}


@dataclass(frozen=True)
class Entry:
    """who: a login, ``terminal`` or ``system``, empty when nobody has proven who they are; about: what it was done to."""

    at: datetime
    who: str
    what: str
    about: str


def note(connection: Connection, now: datetime, who: str, what: str, about: str = "") -> None:
    """Append one entry, in the transaction of what it tells of: neither is there without the other."""
    assert what in ACTS, what
    connection.execute(insert(AuditRow).values(at=now, who=who, what=what, about=about))


def entries(connection: Connection, most: int) -> list[Entry]:
    """The newest ``most``, newest first."""
    columns = (AuditRow.at, AuditRow.who, AuditRow.what, AuditRow.about)
    return [Entry(*row) for row in connection.execute(select(*columns).order_by(AuditRow.id.desc()).limit(most))]
