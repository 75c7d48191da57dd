"""kb releases and kb rollback: which releases there are, and back to an earlier one."""

from __future__ import annotations

import json
from datetime import datetime

import click

from commands.common import root_option
from core.paths import Root
from publishing.outcome import last_failure
from publishing.rollback import Row, list_releases, roll_back


@click.command("releases", epilog="例：kb releases")
@root_option
@click.option("--json", "as_json", is_flag=True, help="给程序读的输出")
def releases_command(root: Root, as_json: bool) -> None:
    """列出留着的发布，新的在前；最近一次发布没成功时说明原因。"""
    rows, failure = list_releases(root), last_failure(root)
    if as_json:
        body = {"releases": [row.as_dict() for row in rows], "last_failure": failure}
        click.echo(json.dumps(body, ensure_ascii=False, indent=2))
        return
    if not rows:
        click.echo("还没有发布。先运行 kb publish")
    for row in rows:
        click.echo(_line(row))
    if failure:
        for problem in failure.get("problems", []):
            click.echo(problem, err=True)
        click.echo(f"最近一次发布没有成功（{_when(failure['at'])}）：{failure['message']}", err=True)


@click.command("rollback", epilog="例：kb rollback；kb rollback 3ea9e2e0c1d2-20261123T090000000000")
@root_option
@click.argument("release", required=False)
@click.option("--reason", metavar="原因", default="", help="为什么回退，记在被退掉的发布上")
@click.option("--json", "as_json", is_flag=True, help="给程序读的输出")
def rollback_command(root: Root, release: str | None, reason: str, as_json: bool) -> None:
    """立刻切回以前的发布，默认是现在这个的前一个；不重新生成，只要几秒。"""
    target = roll_back(root, release, reason.strip())
    if as_json:
        click.echo(json.dumps({"release": target.name}, ensure_ascii=False))
        return
    click.echo(f"已切回 {target.name}。退掉的内容不会自己再上线；改好以后照常发布")


def _line(row: Row) -> str:
    marks = ["现在" if row.live else "", "强制上线" if row.forced else "", "已回退" if row.rolled_back else ""]
    told = "、".join(mark for mark in marks if mark)
    commit = row.commit + ("+dirty" if row.dirty else "")
    parts = [f"{row.name}", _when(row.built), commit, f"{row.articles} 篇", told, row.reason]
    return "  ".join(part for part in parts if part)


def _when(moment: str) -> str:
    """A moment on the clock of this machine."""
    try:
        return f"{datetime.fromisoformat(moment).astimezone():%Y-%m-%d %H:%M:%S}"
    except ValueError:
        return moment
