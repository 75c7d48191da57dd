"""kb serve: the site, the API and all, on a production server."""

from __future__ import annotations

import click

from commands.common import root_option
from commands.publish import tell_step
from commands.server import Server, check_address
from core.errors import ProblemsFound, ReleaseError
from core.paths import Root
from core.settings import settings
from publishing.build import publish
from publishing.layout import current


@click.command(epilog="例：KB_PORT=8001 kb serve")
@root_option
def serve(root: Root) -> None:
    """有改动先发布，再启动服务。地址和端口用 KB_HOST、KB_PORT 设置。"""
    ours = settings()
    check_address(ours.host, ours.port)
    try:
        publish(root, tell_step)
    except (ProblemsFound, ReleaseError) as error:
        if current(root) is None:
            raise
        for problem in error.problems if isinstance(error, ProblemsFound) else ():
            click.echo(str(problem), err=True)
        click.echo(f"{error.code}: {error}。原来的发布继续服务", err=True)
    Server(root, ours, click.echo).run()
