"""kb worker: the clock, on its own. ``kb serve`` brings one with it."""

from __future__ import annotations

from importlib import import_module

import click

from commands.common import root_option
from core.paths import Root
from core.settings import settings


@click.command("worker", epilog="例：kb worker --root /srv/kb")
@root_option
@click.option("--beside", is_flag=True, hidden=True, help="由 kb serve 启动：等锁，跟着它结束")
def worker(root: Root, beside: bool) -> None:
    """后台：做排队的发布，到了 valid_from、valid_to 那天自动重新发布。kb serve 自带一个，单独部署时才用。"""
    import_module("worker").run(root, settings().log_level, beside=beside)  # a door: nothing imports it
