"""kb hook: a push to a bare repository publishes."""

from __future__ import annotations

from pathlib import Path

import click

from commands.common import root_option
from core.paths import Root
from core.settings import settings
from publishing.hook import install


@click.command("hook", epilog="例：kb hook install /srv/kb.git --branch main")
@root_option
@click.argument("action", type=click.Choice(["install"]))
@click.argument("repository", type=click.Path(path_type=Path))
@click.option("--branch", default="", metavar="NAME", help="推送到哪个分支才发布；默认是 KB_BRANCH")
def hook(root: Root, action: str, repository: Path, branch: str) -> None:
    """给裸仓库装上 post-receive 钩子：推送就发布，推送的人看得到进度和问题。"""
    del action  # install is all that there is
    name = branch or settings().branch
    path = install(root, repository, name)
    click.echo(f"已装好 {path}：推送到 {name} 分支就发布")
