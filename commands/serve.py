"""kb serve: the site, the API, the worker and all, on a production server."""

from __future__ import annotations

import click

from commands.common import root_option
from commands.progress import shown
from commands.server import Server, check_address
from core.errors import DatabaseError, KbError, ProblemsFound
from core.paths import Root
from core.settings import settings
from publishing.build import publish_again, publish_origin
from publishing.layout import current
from publishing.progress import Progress
from records.database import Database
from records.migrating import bring_up


@click.command(epilog="例：KB_PORT=8001 kb serve")
@root_option
def serve(root: Root) -> None:
    """有改动先发布，再启动服务和后台。地址和端口用 KB_HOST、KB_PORT 设置。"""
    ours = settings()
    check_address(ours.host, ours.port)
    with shown() as progress:
        _bring_up(root, progress)
    _prepare(Database(root, ours))
    Server(root, ours, click.echo).run()


def _bring_up(root: Root, progress: Progress) -> None:
    """Publish from where the live release came from. When that cannot be, what is live serves on."""
    try:
        publish_origin(root, progress)
    except KbError as error:
        if current(root) is None:
            raise
        for problem in error.problems if isinstance(error, ProblemsFound) else ():
            click.echo(str(problem), err=True)
        click.echo(f"{error.code}: {error}", err=True)
        publish_again(root, progress)  # nothing to do unless the code has changed since


def _prepare(database: Database) -> None:
    """Bring the schema up to date before anybody writes. Customers can read without a database; with a wrong one nobody starts."""
    try:
        bring_up(database)
    except DatabaseError as error:
        if error.reason == "newer":
            raise
        click.echo(f"{error.code}: {error}。搜索和阅读照常，评价和统计暂时存不下；修好后重新启动", err=True)
    finally:
        database.close()
