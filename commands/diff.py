"""kb diff: which answers change for which channel, against what is live or against a commit?"""

from __future__ import annotations

import json
from dataclasses import asdict

import click

from articles.changes import changes
from articles.changes_text import as_markdown, as_text
from articles.git import commit_of, exported
from articles.loading import load
from commands.common import root_option
from core.errors import ProblemsFound
from core.paths import Root
from publishing.layout import live_commit


@click.command("diff", epilog="例：kb diff；kb diff origin/main --format markdown > kb-diff.md")
@root_option
@click.argument("reference", metavar="[REF]", default="")
@click.option("--format", "style", type=click.Choice(["text", "markdown", "json"]), default="text", help="输出格式")
def diff(root: Root, reference: str, style: str) -> None:
    """用中文句子说清楚哪些答案变了、在哪个渠道变了。

    REF 是提交、分支或标签；不写就和线上的发布比，还没有发布就和最近一次提交比。有没有不同，退出码都是 0。
    """
    commit, against = _base(root, reference)
    now = load(root)
    if now.problems:
        raise ProblemsFound(now.problems)
    with exported(root, commit) as old_root:
        was = load(old_root)
        found = changes(was, now)
    if was.problems:
        click.echo(f"{against}里有 {len(was.problems)} 处现在读不出来，那几篇当作新增", err=True)
    if style == "json":
        body = {"base": commit, "articles": [asdict(change) for change in found]}
        click.echo(json.dumps(body, ensure_ascii=False, indent=2))
    else:
        click.echo(as_markdown(found, against) if style == "markdown" else as_text(found, against))


def _base(root: Root, reference: str) -> tuple[str, str]:
    """The commit to compare with, and how to call it."""
    if reference:
        commit = commit_of(root, reference)
        return commit, f"{reference}（{commit[:12]}）" if not commit.startswith(reference) else f"提交 {commit[:12]}"
    live = live_commit(root)
    if live:
        commit = commit_of(root, live.removesuffix("+dirty"))
        more = "，发布时还带着没提交的改动" if live.endswith("+dirty") else ""
        return commit, f"线上的发布（提交 {commit[:12]}{more}）"
    commit = commit_of(root, "HEAD")
    return commit, f"最近一次提交（{commit[:12]}）"
