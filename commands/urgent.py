"""How are stops and notices told in the terminal, beside what the history says of an article?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import click

from core.errors import DatabaseError
from core.paths import Root
from publishing.history.words import local_time
from records.standing import WEB, Notice, Stop
from records.urgent_history import told_of

Posted = tuple[list[Stop], list[Notice]]


def posted(root: Root, article: str) -> Posted:
    """Every stop of ``article`` and every notice that stood on it; nothing, and a note, when the database does not say."""
    try:
        return told_of(root, article)
    except DatabaseError as error:
        click.echo(f"注意：停用和公告读不出来（{error.message}）", err=True)
        return [], []


def stood_at(given: Posted, moment: datetime) -> Posted:
    """What held at ``moment``."""
    stops, notices = given
    return [stop for stop in stops if stop.held(moment)], [notice for notice in notices if notice.stood(moment)]


def lines(given: Posted, names: dict[str, str]) -> Iterator[str]:
    """In words, in the order of their beginnings. names: of the channels."""
    stops, notices = given
    told = [(stop.at, _stop(stop)) for stop in stops]
    told += [(max(notice.starts, notice.at), _notice(notice, names)) for notice in notices]
    for _, some in sorted(told, key=lambda each: each[0]):
        yield from some


def as_dicts(given: Posted) -> dict[str, list[dict[str, object]]]:
    """For programs: ``stop`` and ``notice``."""
    stops, notices = given
    return {
        "stop": [{name: _plain(value) for name, value in vars(stop).items()} for stop in stops],
        "notice": [{name: _plain(value) for name, value in vars(notice).items()} for notice in notices],
    }


def _stop(stop: Stop) -> list[str]:
    end = f"，{local_time(stop.ended_at)} 由{stop.ended_by}恢复" if stop.ended_at else "，还没有恢复"
    return [f"停用  {local_time(stop.at)} 起，{stop.who}{end}", f"   原因：{stop.reason}"]


def _notice(notice: Notice, names: dict[str, str]) -> list[str]:
    end = notice.ends if notice.ended_at is None else notice.ended_at
    early = f"（{notice.ended_by}提前结束）" if notice.ended_at else ""
    where = "" if notice.articles else "全站"
    head = f"{where}公告  {local_time(max(notice.starts, notice.at))} 到 {local_time(end)}{early}，{notice.who}"
    texts = [f"   {_name(channel, names)}：{text}" for channel, text in notice.texts.items()]
    return [head, *(text.replace("\n", "\n   ") for text in texts)]


def _name(channel: str, names: dict[str, str]) -> str:
    return "网页" if channel == WEB else names.get(channel, channel)


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value
