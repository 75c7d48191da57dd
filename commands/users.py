"""kb users: who may use the desk?"""

from __future__ import annotations

import json
from datetime import datetime

import click

from commands.common import root_option
from commands.table import table
from core.paths import Root
from core.settings import settings
from records.accounts import Account, Accounts, utc_now
from records.audit import ACTS, SYSTEM, TERMINAL, Entry
from records.database import Database
from records.migrating import bring_up
from records.roles import ROLE_NAMES, ROLES, Role

_WITHOUT_NAME = {"list", "audit"}
_WITH_ROLE = {"add", "role"}
_DONE = {
    "disable": "已停用，正在用的也退出了",
    "enable": "已恢复，锁定也解开了",
    "role": "已改角色，要重新登录",
}
_WHO = {TERMINAL: "终端", SYSTEM: "系统", "": "（没有登录）"}


@click.command(
    "users", epilog="例：kb users add lina --name 李娜 --role agent；kb users reset lina；kb users audit --json"
)
@root_option
@click.argument("action", type=click.Choice(["add", "disable", "enable", "reset", "role", "list", "audit"]))
@click.argument("login", metavar="[登录名]", default="")
@click.option("--role", type=click.Choice(ROLES), help="角色：agent 客服、editor 编辑、supervisor 主管、admin 管理员")
@click.option("--name", default="", metavar="名字", help="同事看到的名字；不写就是登录名")
@click.option("--most", type=click.IntRange(1, 100_000), default=100, show_default=True, help="audit 最多列出多少条")
@click.option("--json", "as_json", is_flag=True, help="给程序读的输出")
def users(root: Root, action: str, login: str, role: Role | None, name: str, most: int, as_json: bool) -> None:
    """坐席台的账号：新建（add）、停用（disable）、恢复（enable）、重置密码（reset）、改角色（role）、列出（list）、审计（audit）。

    新建和重置会显示一个随机密码，只显示一次；第一次登录必须改掉。停用、重置和改角色会让正在登录的人退出。
    """
    if (not login) != (action in _WITHOUT_NAME):
        raise click.UsageError(f"{action} 不用写登录名" if login else "少了登录名，例：kb users reset lina")
    if (role is None) != (action not in _WITH_ROLE):
        raise click.UsageError(f"{action} 不用写 --role" if role else "少了 --role，例：--role agent")
    database = Database(root, settings())
    try:
        bring_up(database)
        accounts = Accounts(database)
        if action == "audit":
            _tell_audit(accounts.audit(most), as_json)
        elif action == "list":
            _tell_accounts(accounts.all(), as_json)
        elif action == "add" and role is not None:
            _tell_password(*accounts.add(login, name, role), as_json, "新建了账号")
        elif action == "reset":
            _tell_password(*accounts.reset(login), as_json, "重置了密码，原来的登录都退出了：账号")
        else:
            changed = (
                accounts.set_role(login, role)
                if role is not None
                else (accounts.disable(login) if action == "disable" else accounts.enable(login))
            )
            click.echo(_json(_as_dict(changed)) if as_json else f"{changed.login}：{_DONE[action]}")
    finally:
        database.close()


def _tell_password(account: Account, password: str, as_json: bool, done: str) -> None:
    if as_json:
        click.echo(_json({**_as_dict(account), "password": password}))
        return
    click.echo(f"{done} {account.login}（{account.name}，{ROLE_NAMES[account.role]}）")
    click.echo(f"第一次登录的密码，只显示这一次：{password}")
    click.echo("登录后要先改密码")


def _tell_accounts(accounts: list[Account], as_json: bool) -> None:
    if as_json:
        click.echo(_json([_as_dict(account) for account in accounts]))
        return
    heads = ("登录名", "名字", "角色", "状态", "最近登录")
    rows = [(a.login, a.name, ROLE_NAMES[a.role], _state(a), _shown(a.last_seen)) for a in accounts]
    click.echo(table(heads, rows) if rows else "还没有账号。例：kb users add lina --role agent")


def _tell_audit(entries: list[Entry], as_json: bool) -> None:
    """Newest last, as a log is read."""
    if as_json:
        click.echo(_json([{**vars(entry), "at": entry.at.isoformat()} for entry in entries]))
        return
    rows = [(_shown(e.at), _WHO.get(e.who, e.who), ACTS.get(e.what, e.what), e.about) for e in reversed(entries)]
    click.echo(table(("时间", "谁", "做了什么", "对什么"), rows) if rows else "还没有记录")


def _state(account: Account) -> str:
    if not account.is_active:
        return "停用"
    if account.locked_until is not None and account.locked_until > utc_now():
        return f"锁定到 {_shown(account.locked_until)}"
    if account.external:
        return "单位登录"
    return "要改密码" if account.must_change else "正常"


def _as_dict(account: Account) -> dict[str, object]:
    moments = {name: value.isoformat() for name, value in vars(account).items() if isinstance(value, datetime)}
    return {**vars(account), **moments}


def _shown(moment: datetime | None) -> str:
    """On this machine's clock."""
    return f"{moment.astimezone():%Y-%m-%d %H:%M:%S}" if moment is not None else ""


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)
