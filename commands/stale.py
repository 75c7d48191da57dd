"""kb stale: which articles have to be looked at again?"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from datetime import date

import click

from articles.loading import load
from articles.stale import Due, due_articles
from articles.tables.cells import guarded
from commands.common import root_option
from commands.table import table
from core.errors import DatabaseError
from core.paths import Root
from core.settings import settings
from publishing.digest import WITHIN, send_digest
from records.urgent_history import open_tasks

_COLUMNS = ("负责人", "复核日期", "状态", "编号", "标准问", "文件")


@click.command(epilog="例：kb stale --within 60 --format csv > 要复核.csv")
@root_option
@click.option("--within", type=click.IntRange(0, 3650), default=WITHIN, show_default=True, help="多少天之内到期的也算")
@click.option("--format", "style", type=click.Choice(["table", "csv"]), default="table", help="csv 可以用 Excel 打开")
@click.option("--json", "as_json", is_flag=True, help="给程序读的输出")
@click.option("--send", is_flag=True, help="用邮件和群机器人寄给负责人（KB_SMTP_URL、KB_CHAT_WEBHOOK）")
def stale(root: Root, within: int, style: str, as_json: bool, send: bool) -> None:
    """到了复核日期（review_by）或快到的文章，按负责人排；没有写日期的也列出。

    主管停用的、挂着公告的排在前面，直到恢复或公告结束。
    """
    kb = load(root)
    for path in sorted({problem.path for problem in kb.problems}):
        click.echo(f"注意：{path} 读不全，里面的文章可能没有算进来。运行 kb check", err=True)
    tasks = _tasks(root)
    if send:
        sent = send_digest(kb, settings(), date.today(), within, tasks)
        ways = [f"邮件 {'、'.join(sent.mails)}"] * bool(sent.mails) + ["群机器人"] * sent.chat
        done = f"{sent.articles} 篇要复核，已寄：{'；'.join(ways)}" if sent.articles else "没有要复核的文章，不用寄"
        click.echo(json.dumps(vars(sent), ensure_ascii=False) if as_json else done)
        return
    due = due_articles(kb, date.today(), within, tasks)
    if as_json:
        click.echo(json.dumps([_as_dict(one) for one in due], ensure_ascii=False, indent=2))
    elif style == "csv":
        click.echo(_csv(due), nl=False)
    else:
        click.echo(table(_COLUMNS, map(_row, due)) if due else f"{within} 天之内没有要复核的文章")


def _tasks(root: Root) -> dict[str, str]:
    """What a supervisor has stopped or posted; nothing, and a note, when the database does not say."""
    try:
        return open_tasks(root)
    except DatabaseError as error:
        click.echo(f"注意：停用和公告读不出来（{error.message}），没有列出", err=True)
        return {}


def _row(due: Due) -> tuple[str, ...]:
    day = due.review_by.isoformat() if due.review_by else ""
    return due.owner, day, due.state, due.id, due.question, due.path


def _as_dict(due: Due) -> dict[str, object]:
    day = due.review_by.isoformat() if due.review_by else None
    return {**vars(due), "review_by": day}


def _csv(due: Sequence[Due]) -> str:
    """With a byte order mark, so that Excel reads it as UTF-8; a cell that Excel would run as a formula is text."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(_COLUMNS)
    for one in due:
        writer.writerow([guarded(cell) for cell in _row(one)])
    return "\ufeff" + out.getvalue()
