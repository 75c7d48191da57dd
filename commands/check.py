"""kb check: what is wrong with the articles and the configuration?"""

from __future__ import annotations

import json
import sys

import click

from articles.checking import check as check_kb
from commands.common import root_option
from core.errors import Problem
from core.paths import Root
from search.check_dictionaries import check_dictionaries
from search.check_queries import check_queries


@click.command(epilog="例：kb check --strict --format github")
@root_option
@click.option("--strict", is_flag=True, help="文风提醒也算错误")
@click.option("--format", "style", type=click.Choice(["text", "github", "json"]), default="text", help="输出格式")
def check(root: Root, strict: bool, style: str) -> None:
    """检查 kb/ 和 site_config/，一次列出所有问题；有错误时退出码是 1。"""
    kb, found = check_kb(root)
    found = sorted({*found, *check_dictionaries(root), *check_queries(kb)})
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


def _counts(problem: Problem, strict: bool) -> bool:
    """Whether it is an error; what is due with time never is."""
    return problem.level == "error" or (strict and problem.level == "warning")


def _github(problem: Problem, strict: bool) -> str:
    level = "error" if _counts(problem, strict) else problem.level
    text = f"{problem.message}。{problem.fix}".replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return f"::{level} file={problem.path},line={problem.line},title={problem.code}::{text}"
