"""kb import: how do questions and answers come in from a table?"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from articles.loading import load
from articles.tables.saving import Change, save
from commands.common import root_option
from commands.progress import bar
from core.errors import KbError
from core.paths import Root

if TYPE_CHECKING:
    from articles.tables.importing import Plan


@click.command("import", epilog="例：kb import --template 模板.xlsx，填好后 kb import 模板.xlsx --dry-run")
@root_option
@click.argument("file", metavar="[FILE.xlsx|.csv|.jsonl]", required=False, type=click.Path(path_type=Path))
@click.option(
    "--template", "blank", metavar="FILE", type=click.Path(path_type=Path), help="写一个空白模板（.xlsx 或 .csv）就结束"
)
@click.option("--skip-bad", is_flag=True, help="跳过有错的行，其余照常导入")
@click.option("--dry-run", is_flag=True, help="只检查，什么也不写")
@click.option("--json", "as_json", is_flag=True, help="给程序读的输出")
def import_command(
    root: Root, file: Path | None, blank: Path | None, skip_bad: bool, dry_run: bool, as_json: bool
) -> None:
    """把表格里的文章导入 kb/：有编号的改原来那一篇，没有编号的新增。

    有一行不对就什么也不写，并逐行列出所有问题。新增的行会得到编号，写进旁边的“-已导入”文件，下次请从那个文件导入。
    有错误时退出码是 1。
    """
    # The process that serves loads every command, and has no use for spreadsheets.
    from articles.tables.importing import plan_import
    from articles.tables.reading import read_table

    if (file is None) == (blank is None):
        raise KbError(
            "要写一个表格文件，或 --template 文件名", "kb import 问题.xlsx，或 kb import --template 模板.xlsx"
        )
    if blank is not None:
        _write_template(root, blank)
        return
    assert file is not None
    with bar("导入", 4) as step:
        table = read_table(file)
        step(1)
        kb = load(root)
        step(1)
        plan = plan_import(kb, table, file, skip_bad)
        step(1)
        if not dry_run:
            save(plan.changes)
        step(1)
    if as_json:
        click.echo(json.dumps(_as_dict(root, file, plan, dry_run), ensure_ascii=False, indent=2))
    else:
        _tell(root, file, plan, dry_run)
    sys.exit(1 if plan.problems else 0)


def _write_template(root: Root, path: Path) -> None:
    from articles.tables.template import template

    kind = path.suffix.casefold().lstrip(".")
    if kind not in {"xlsx", "csv"}:
        raise KbError(f"模板不能存成 {path.name}", "文件名以 .xlsx 或 .csv 结尾")
    if path.exists():
        raise KbError(f"{path} 已经有了", "换个名字，免得盖掉里面的内容")
    save([Change(path, None, template(load(root).config, kind))])
    click.echo(f"已写好模板 {path}")


def _as_dict(root: Root, file: Path, plan: Plan, dry_run: bool) -> dict[str, Any]:
    return {
        "file": str(file),
        "dry_run": dry_run,
        "rows": plan.rows,
        "created": plan.created,
        "updated": plan.updated,
        "unchanged": plan.unchanged,
        "bad_rows": plan.bad_rows,
        "problems": [problem.as_dict() for problem in plan.problems],
        "ids": {str(row): article_id for row, article_id in plan.given.items()},
        "files": [_shown(root, change) for change in plan.changes if change.path != plan.returned],
        "returned": str(plan.returned) if plan.returned else None,
    }


def _shown(root: Root, change: Change) -> str:
    return root.relative(change.path)


def _tell(root: Root, file: Path, plan: Plan, dry_run: bool) -> None:
    for problem in plan.problems:
        click.echo(f"{file.name} {problem}", err=True)
    counts = f"新增 {len(plan.created)} 篇，更新 {len(plan.updated)} 篇，没有变化 {len(plan.unchanged)} 篇"
    if plan.problems and not (plan.created or plan.updated or plan.unchanged):
        bad = f"{plan.rows} 行里有 {len(plan.bad_rows)} 行有错，共 {len(plan.problems)} 处"
        click.echo(f"{bad}；什么也没有写。改好后再导入，或加 --skip-bad 跳过这些行", err=True)
        return
    skipped = f"，跳过 {len(plan.bad_rows)} 行" if plan.problems else ""
    click.echo(("（只检查，没有写）" if dry_run else "") + counts + skipped)
    for change in plan.changes:
        if change.path != plan.returned:
            verb = "删除" if change.after is None else "新建" if change.before is None else "改动"
            click.echo(f"  {verb} {_shown(root, change)}")
    if plan.returned:
        click.echo(f"{'会把' if dry_run else '已把'}新编号写进 {plan.returned}，以后请从这个文件导入")
    if plan.created or plan.updated:
        click.echo("接着运行 kb check 看文风提醒，再 git add、commit、push", err=True)
