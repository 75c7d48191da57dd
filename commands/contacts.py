"""kb contacts: how did the contacts of some days end, and were they answered from the knowledge base?"""

from __future__ import annotations

import json
from datetime import datetime, time, timedelta

import click

from commands.common import root_option
from commands.table import table
from core.paths import Root
from core.settings import settings
from records.contact_figures import Figure, figures
from records.contacts import RESULTS
from records.database import Database
from records.migrating import bring_up

_DAYS = 30  # that are told of when nobody says which
_HEADS = ("文章", "联系", *RESULTS.values(), "复制", "关联率", "首次复制 p50", "p95")


@click.command(epilog="例：kb contacts --since 2026-11-01 --until 2026-11-30；kb contacts --json")
@root_option
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), metavar="日期", help=f"从哪一天起，默认最近 {_DAYS} 天")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), metavar="日期", help="到哪一天，这一天也算；默认今天")
@click.option("--json", "as_json", is_flag=True, help="给程序读的输出；用时是毫秒")
def contacts(root: Root, since: datetime | None, until: datetime | None, as_json: bool) -> None:
    """坐席台的联系：各有什么结果、复制了几次、关联率（有复制的联系占多少）、从第一个键到第一次复制的用时。

    结果是客服结束联系时选的，不从复制次数推算。日期按这台机器的时钟。
    """
    last = until.date() if until else datetime.now().date()
    try:
        first = since.date() if since else last - timedelta(days=_DAYS - 1)
        start = datetime.combine(first, time()).astimezone()
        end = datetime.combine(last + timedelta(days=1), time()).astimezone()
    except (OverflowError, ValueError):
        raise click.UsageError("日期太早或太晚，例：--since 2026-11-01") from None
    if first > last:
        raise click.UsageError("--since 在 --until 之后，把两个日期对调")
    database = Database(root, settings())
    try:
        bring_up(database)
        with database.reading() as connection:
            found = figures(connection, start, end)
    finally:
        database.close()
    if as_json:
        told = {"since": first.isoformat(), "until": last.isoformat(), **found.as_dict()}
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    click.echo(f"{first} 到 {last}")
    click.echo(table(_HEADS, [_row("合计", found.total), *(_row(name, one) for name, one in found.articles.items())]))
    if found.unclosed:
        click.echo(f"另有 {found.unclosed} 次联系复制过，但没有结束，不在“联系”里")


def _row(name: str, figure: Figure) -> tuple[str, ...]:
    rate = "–" if figure.link_rate is None else f"{figure.link_rate:.0%}"
    results = (str(figure.results[result]) for result in RESULTS)
    times = (_seconds(figure.first_copy_ms(part)) for part in (0.5, 0.95))
    return name, str(figure.contacts), *results, str(figure.copies), rate, *times


def _seconds(milliseconds: int | None) -> str:
    return "–" if milliseconds is None else f"{milliseconds / 1000:.1f} 秒"
