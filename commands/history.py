"""kb history: every version of an article that was ever live."""

from __future__ import annotations

import json

import click

from articles.loading import load
from commands.common import root_option
from commands.urgent import as_dicts, lines, posted
from core.paths import Root
from publishing.history.entries import Live, Version
from publishing.history.read import open_history, versions
from publishing.history.words import changes, channel_names, local_time


@click.command("history", epilog="例：kb history claim-time-limit")
@root_option
@click.argument("article", metavar="编号")
@click.option("--json", "as_json", is_flag=True, help="给程序读的输出，带每个版本的全文")
def history_command(root: Root, article: str, as_json: bool) -> None:
    """一篇文章上线过的每个版本：什么时候、哪次发布、谁审阅、哪些渠道改了什么。

    最后列出停用和公告。说过的话从只增不删的历史里读，不重新生成。文章挪地方、换文件，编号不变，历史不断。
    """
    history = open_history(root)
    tell_notes(history.notes)
    found = versions(history.lines, article)
    told = posted(root, article)
    if as_json:
        more = [{"article": article, "kind": kind, **each} for kind, some in as_dicts(told).items() for each in some]
        click.echo(json.dumps([*map(as_dict, found), *more], ensure_ascii=False, indent=2))
        return
    names = channel_names(load(root).config.channels)
    last = next((v.said for v in reversed(found) if isinstance(v, Live)), None)
    click.echo(f"{article}  {last.question if last else ''}")
    before: Version | None = None
    for number, version in enumerate(found, 1):
        late = "（当时的时钟比前一条还早）" if before and version.time < before.time else ""
        click.echo(f"\n{number}. {local_time(version.time)}{late}  发布 {version.release}")
        if isinstance(version, Live):
            click.echo(f"   {provenance(version)}")
        for line in changes(version, before, names):
            click.echo(f"   {line}")
        before = version
    if any(told):
        click.echo("\n停用和公告")
    for line in lines(told, names):
        click.echo(line)


def provenance(version: Live) -> str:
    """Commit and approver in words."""
    said = version.said
    return f"提交 {said.article_commit[:12] or '（还没提交）'}  审阅 {'、'.join(said.approvers) or '（没有记录）'}"


def as_dict(version: Version) -> dict[str, object]:
    """One version for programs."""
    return {"article": version.article, **version.model_dump(mode="json")}


def tell_notes(notes: list[str]) -> None:
    """What is not whole in the history, on standard error."""
    for note in notes:
        click.echo(f"注意：{note}", err=True)
