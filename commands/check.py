"""kb check: what is wrong with the articles and the configuration?"""

from __future__ import annotations

import json
import sys
from datetime import date

import click

from articles.checking import check as check_kb
from articles.loading import Kb
from commands.common import open_search, root_option
from commands.progress import bar
from core.errors import Problem
from core.paths import Root
from search.check_dictionaries import check_dictionaries
from search.check_phrasings import check_phrasings, phrasings
from search.check_queries import check_queries


@click.command(epilog="例：kb check --strict --format github")
@root_option
@click.option("--strict", is_flag=True, help="文风提醒也算错误")
@click.option("--search", "searching", is_flag=True, help="再查每条相似问能不能先找到自己的文章（慢，要建索引）")
@click.option("--format", "style", type=click.Choice(["text", "github", "json"]), default="text", help="输出格式")
def check(root: Root, strict: bool, searching: bool, style: str) -> None:
    """检查 kb/ 和 site_config/，一次列出所有问题；有错误时退出码是 1。"""
    kb, found = check_kb(root)
    found = sorted({*found, *check_dictionaries(root), *check_queries(kb)})
    if searching and not any(p.level == "error" for p in found):
        found = sorted({*found, *_lost(kb)})
    elif searching:
        click.echo("有错误，先没有查相似问；改好后再来一次", err=True)
    errors = sum(_counts(p, strict) for p in found)
    if style == "json":
        body = {"articles": len(kb.entries), "errors": errors, "problems": [p.as_dict() for p in found]}
        click.echo(json.dumps(body, ensure_ascii=False, indent=2))
    else:
        for problem in found:
            click.echo(_github(problem, strict) if style == "github" else str(problem))
        warnings = len(found) - errors
        click.echo(f"{len(kb.entries)} 篇文章，{errors} 处错误，{warnings} 处提醒", err=True)
    sys.exit(1 if errors else 0)


def _lost(kb: Kb) -> list[Problem]:
    """What the search finds wrong with the 相似问."""
    day = date.today()
    service = open_search(kb)
    with bar("查相似问", phrasings(kb, day)) as step:
        return list(check_phrasings(kb, service, day, step))


def _counts(problem: Problem, strict: bool) -> bool:
    """Whether it is an error; what is due with time never is."""
    return problem.level == "error" or (strict and problem.level == "warning")


def _github(problem: Problem, strict: bool) -> str:
    level = "error" if _counts(problem, strict) else problem.level
    text = f"{problem.message}。{problem.fix}".replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return f"::{level} file={problem.path},line={problem.line},title={problem.code}::{text}"
