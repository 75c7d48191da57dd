"""kb preview: how will it look, before anybody else sees it?"""

from __future__ import annotations

import click

from commands.common import root_option
from commands.server import application
from core.paths import Root
from publishing.preview import only_one
from publishing.preview_server import PreviewServer, free_port


@click.command(epilog="例：kb preview；kb preview --port 8200")
@root_option
@click.option("--port", type=click.IntRange(1, 65535), default=None, help="端口（默认 8100，被占用就另找一个）")
def preview(root: Root, port: int | None) -> None:
    """在本机看还没有发布的样子：存盘就刷新，草稿和只给客服看的内容都在，都有标记。

    只有这台电脑看得到，不影响已经发布的站点。有写错的地方，页面上和这里都会列出来。
    """
    with only_one(root):
        server = PreviewServer(root, free_port(port), click.echo, application)
        server.build()
        try:
            server.run()
        except KeyboardInterrupt:
            click.echo("预览已停止")
