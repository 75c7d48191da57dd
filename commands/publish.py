"""kb publish: make what stands in kb/, or the newest commit of a branch, the live release."""

from __future__ import annotations

import json
from pathlib import Path

import click

from commands.common import root_option
from commands.progress import shown
from core.paths import Root
from core.settings import settings
from publishing.build import publish, publish_branch
from publishing.git import Branch


@click.command("publish", epilog='例：kb publish；kb publish --force "节前急用，明天补相似问"')
@root_option
@click.option("--json", "as_json", is_flag=True, help="给程序读的输出")
@click.option("--rebuild", is_flag=True, help="没有改动也重建，每一页都重做")
@click.option("--force", metavar="理由", default="", help="关卡说搜索变差了也上线；理由记在发布里")
@click.option("--repository", metavar="DIR", default="", help="不发布当前文件，发布这个仓库里分支的最新提交")
@click.option("--branch", metavar="NAME", default="", help="和 --repository 一起用；默认是 KB_BRANCH")
def publish_command(root: Root, as_json: bool, rebuild: bool, force: str, repository: str, branch: str) -> None:
    """检查、生成并切换到新的发布；没有改动时什么也不做。"""
    if branch and not repository:
        raise click.UsageError("--branch 要和 --repository 一起用")
    if rebuild and repository:
        raise click.UsageError("--rebuild 只用于当前文件")
    with shown() as progress:
        if repository:
            from_branch = Branch(str(Path(repository).resolve()), branch or settings().branch)
            release, built = publish_branch(root, from_branch, progress, force=force.strip())
        else:
            release, built = publish(root, progress, rebuild=rebuild, force=force.strip())
    manifest = release.manifest()
    if as_json:
        click.echo(json.dumps({"release": release.name, **manifest, "is_new": built}, ensure_ascii=False, indent=2))
        return
    state = "已发布" if built else "没有改动，仍是"
    click.echo(f"{state} {release.name}：{manifest['articles']} 篇文章")
