"""kb asof: what did we say on a day?"""

from __future__ import annotations

import json
from datetime import datetime

import click

from articles.channel_texts import CHANNELS, WEB
from articles.loading import load
from commands.common import root_option
from commands.history import as_dict, provenance, tell_notes
from commands.urgent import Posted, as_dicts, lines, posted, stood_at
from core.paths import Root
from publishing.history.entries import Gone, Live
from publishing.history.read import AsOf, as_of, open_history, parse_moment
from publishing.history.words import REASONS, channel_names, local_time


@click.command("asof", epilog="例：kb asof 2026-05-01T21:00 claim-time-limit --channel phone")
@root_option
@click.argument("date", metavar="日期")
@click.argument("article", metavar="编号")
@click.option("--channel", type=click.Choice([WEB, *CHANNELS]), default=None, help="只看一个渠道")
@click.option("--json", "as_json", is_flag=True, help="给程序读的输出")
def asof(root: Root, date: str, article: str, channel: str | None, as_json: bool) -> None:
    """那一天（那一刻）这篇文章对外怎么说：每个渠道的文字、依据、谁审阅、哪次发布，是不是停用了，挂着什么公告。

    日期写 2026-05-01（那一天结束时）或 2026-05-01T21:00（那一刻，本机时区）。
    """
    moment = parse_moment(date, datetime.now().astimezone())
    history = open_history(root)
    tell_notes(history.notes)
    found = as_of(history.lines, article, moment)
    standing = stood_at(posted(root, article), moment)
    if as_json:
        click.echo(json.dumps(_as_dict(found, article, channel, standing), ensure_ascii=False, indent=2))
        return
    names = channel_names(load(root).config.channels)
    click.echo(f"{article}  {local_time(moment)}  当时的发布 {found.switch.release}")
    if standing[0]:
        click.echo("\n那时停用了：客户看到的是“正在停用核对”，下面的文字没有给人看")
    for line in lines(standing, names):
        click.echo(line)
    if any(standing):
        click.echo("")
    if isinstance(found.version, Live):
        _tell(found.version, channel, names)
    else:
        click.echo(_not_live(found))
    if len(found.that_day) > 1:
        times = "、".join(f"{v.time.astimezone():%H:%M:%S}" for v in found.that_day)
        click.echo(f"\n这一天变过 {len(found.that_day)} 次：{times}。写上时刻可以看其中一次")
    for release in found.unknown:
        click.echo(f"注意：发布 {release} 没有留下文字，它在线时说的可能不一样", err=True)


def _tell(version: Live, channel: str | None, names: dict[str, str]) -> None:
    said = version.said
    click.echo(f"{said.question}\n自 {local_time(version.time)} 起，发布 {version.release}")
    click.echo(f"{provenance(version)}  负责人 {said.owner or '（没有）'}  文件 {said.path}")
    click.echo(f"依据 {'；'.join(said.sources) or '（没有）'}")
    for name, text in said.texts.items():
        if channel in (None, name):
            borrowed = f"（借用{names.get(text.borrowed_from, text.borrowed_from)}）" if text.borrowed_from else ""
            click.echo(f"\n【{names.get(name, name)}】{borrowed}\n{text.text}")


def _not_live(found: AsOf) -> str:
    if isinstance(found.version, Gone):
        return f"那时没有上线：{local_time(found.version.time)} 起{REASONS[found.version.reason]}"
    return "那时还没有上线"


def _as_dict(found: AsOf, article: str, channel: str | None, standing: Posted) -> dict[str, object]:
    version = as_dict(found.version) if found.version else None
    if version and channel and isinstance(found.version, Live):
        one = found.version.said.model_copy(update={"texts": {channel: found.version.said.texts[channel]}})
        version["said"] = one.model_dump(mode="json")
    return {
        "article": article,
        "moment": found.moment.isoformat(),
        "is_live": isinstance(found.version, Live),
        "release": found.switch.release,
        "version": version,
        "times_that_day": [v.time.isoformat() for v in found.that_day],
        "releases_without_texts": found.unknown,
        **as_dicts(standing),
    }
