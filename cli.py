"""Door 2, the terminal: the ``kb`` command. It only registers what stands in commands/."""

from __future__ import annotations

import click

from commands.asof import asof
from commands.check import check
from commands.common import Kefu
from commands.contacts import contacts
from commands.diff import diff
from commands.evaluate import evaluate_command
from commands.export import export_command
from commands.history import history_command
from commands.hook import hook
from commands.hooks import hooks
from commands.importing import import_command
from commands.marks import marks
from commands.new import new
from commands.owners import owners
from commands.preview import preview
from commands.publish import publish_command
from commands.releases import releases_command, rollback_command
from commands.schema import schema
from commands.search import search
from commands.serve import serve
from commands.stale import stale
from commands.users import users
from commands.worker import worker


@click.group(cls=Kefu)
def main() -> None:
    """保险客服知识库：检查、发布、搜索和评测。"""


for command in (
    asof,
    check,
    contacts,
    diff,
    evaluate_command,
    export_command,
    history_command,
    hooks,
    import_command,
    marks,
    new,
    owners,
    preview,
    publish_command,
    schema,
    search,
    serve,
    stale,
    hook,
    releases_command,
    rollback_command,
    users,
    worker,
):
    main.add_command(command)


if __name__ == "__main__":
    main()
