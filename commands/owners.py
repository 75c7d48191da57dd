"""kb owners: who must look at a change of which file?"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from articles.checking import load_checked
from articles.git import git_line
from articles.owners import codeowners
from commands.common import root_option
from core.paths import Root


@click.command(epilog="例：kb owners；kb owners --check；kb owners --print")
@root_option
@click.option("--print", "is_printed", is_flag=True, help="只打印，不写文件")
@click.option("--check", "is_checked", is_flag=True, help="文件不是最新的就退出码 1，不写文件")
def owners(root: Root, is_printed: bool, is_checked: bool) -> None:
    """按文章的 owner 和 site_config/owners.yml 生成 .github/CODEOWNERS（GitLab 也认它的写法）。"""
    top = Path(git_line(root, "rev-parse", "--show-toplevel") or root.path)
    text, unknown = codeowners(load_checked(root), git_line(root, "rev-parse", "--show-prefix"))
    for name in unknown:
        click.echo(f"owners.yml 里没有“{name}”的 handle，没有写进 CODEOWNERS", err=True)
    path = top / ".github" / "CODEOWNERS"
    if is_printed:
        click.echo(text, nl=False)
    elif is_checked:
        if not path.is_file() or path.read_text("utf-8") != text:
            click.echo(".github/CODEOWNERS 不是最新的。运行 kb owners，再提交", err=True)
            sys.exit(1)
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        click.echo("已写好 .github/CODEOWNERS")
