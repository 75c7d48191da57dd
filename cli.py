"""Door 2, the terminal: the ``kb`` command. It only registers what stands in commands/."""

from __future__ import annotations

import click

from commands.check import check
from commands.common import Kefu
from commands.evaluate import evaluate_command
from commands.hook import hook
from commands.new import new
from commands.publish import publish_command
from commands.releases import releases_command, rollback_command
from commands.schema import schema
from commands.search import search
from commands.serve import serve
from commands.worker import worker


@click.group(cls=Kefu)
def main() -> None:
    """保险客服知识库：检查、发布、搜索和评测。"""


for command in (
    check,
    evaluate_command,
    hook,
    new,
    publish_command,
    releases_command,
    rollback_command,
    schema,
    search,
    serve,
    worker,
):
    main.add_command(command)


if __name__ == "__main__":
    main()
