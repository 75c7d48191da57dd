"""kb publish: make what stands in kb/ the live release."""

from __future__ import annotations

import json

import click

from commands.common import root_option
from core.paths import Root
from publishing.build import STEPS, publish


@click.command("publish", epilog="例：kb publish")
@root_option
@click.option("--json", "as_json", is_flag=True, help="给程序读的输出")
@click.option("--rebuild", is_flag=True, help="没有改动也重建")
def publish_command(root: Root, as_json: bool, rebuild: bool) -> None:
    """检查、生成并切换到新的发布；没有改动时什么也不做。"""
    release, built = publish(root, tell_step, force=rebuild)
    manifest = release.manifest()
    if as_json:
        click.echo(json.dumps({"release": release.name, **manifest, "is_new": built}, ensure_ascii=False, indent=2))
        return
    state = "已发布" if built else "没有改动，仍是"
    click.echo(f"{state} {release.name}：{manifest['articles']} 篇文章")


def tell_step(step: str) -> None:
    """One line a step, on standard error."""
    click.echo(f"[{STEPS.index(step) + 1}/{len(STEPS)}] {step}", err=True)
