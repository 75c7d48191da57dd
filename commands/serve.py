"""kb serve: the site, the API and all, on a production server."""

from __future__ import annotations

import click

from commands.common import root_option
from commands.publish import tell_step
from commands.server import Server, check_address
from core.paths import Root
from core.settings import settings
from publishing.build import publish


@click.command(epilog="例：KB_PORT=8001 kb serve")
@root_option
def serve(root: Root) -> None:
    """有改动先发布，再启动服务。地址和端口用 KB_HOST、KB_PORT 设置。"""
    ours = settings()
    check_address(ours.host, ours.port)
    publish(root, tell_step)
    Server(root, ours, click.echo).run()
