"""What did we say on a day? Read from the history, never rendered again.

The rule for clocks: what was live at a moment is the line with the highest ``seq`` among those whose time is not after
it. So of two lines with the same time the later one counts, and a clock that was set back hides nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from core.errors import HistoryError
from core.paths import Root
from publishing.history.entries import Gone, Live, Switch, Version
from publishing.history.record import catch_up
from publishing.history.store import Lines, history_folder, read_lines, writing
from publishing.layout import current


def open_history(root: Root) -> Lines:
    """The whole history, brought up to the live release first.

    Raises HistoryError when there is none yet, or it cannot be read.
    """
    if current(root) is None and not history_folder(root).is_dir():
        raise HistoryError("还没有历史", "kb publish 第一次发布之后才有")
    try:
        with writing(root):
            catch_up(root)
            return read_lines(root)
    except OSError as error:
        found = _read_only(root)
        found.notes.append(f"历史这会儿不能写（{error.strerror or error}），最近一次发布可能还没有记下")
        return found


def _read_only(root: Root) -> Lines:
    try:
        return read_lines(root)
    except OSError as error:
        raise HistoryError(f"历史读不出来（{error.strerror or error}）", "检查 var/history 和它的权限") from error


def versions(lines: Iterable[Live | Gone | Switch], article: str) -> list[Version]:
    """Every version of ``article``, oldest first.

    Raises HistoryError when it was never live.
    """
    found = [line for line in lines if not isinstance(line, Switch) and line.article == article]
    if not found:
        raise HistoryError(f"历史里没有“{article}”，它从来没有上线过", "编号用 kb search 找")
    return found


@dataclass(frozen=True)
class AsOf:
    """version: what counted at ``moment``, None before its first one; switch: the release that was live then.

    that_day: the versions that began on the day of ``moment``, as its time zone has it; unknown: releases between the
    version and the moment that kept no texts, so that it may have been otherwise for a while.
    """

    moment: datetime
    version: Version | None
    switch: Switch
    that_day: list[Version]
    unknown: list[str]


def as_of(lines: Sequence[Live | Gone | Switch], article: str, moment: datetime) -> AsOf:
    """What ``article`` said at ``moment`` (with a time zone).

    Raises HistoryError when it was never live, or when nothing was published by then.
    """
    mine = versions(lines, article)
    past = [line for line in lines if line.time <= moment]
    switch = next((line for line in reversed(past) if isinstance(line, Switch)), None)
    if switch is None:
        first = lines[0].time.astimezone(moment.tzinfo)
        raise HistoryError(f"那时还没有发布过，第一次发布是 {first:%Y-%m-%d %H:%M:%S}", "换一个更晚的时间")
    version = next((line for line in reversed(mine) if line.time <= moment), None)
    since = version.seq if version else 0
    return AsOf(
        moment=moment,
        version=version,
        switch=switch,
        that_day=[v for v in mine if v.time.astimezone(moment.tzinfo).date() == moment.date()],
        unknown=[line.release for line in past if isinstance(line, Switch) and line.seq > since and not line.known],
    )


def parse_moment(text: str, now: datetime) -> datetime:
    """``2026-05-01`` (its last moment) or ``2026-05-01T21:00`` (to the end of that second), in the zone of this machine.

    now: with a time zone; a day that is not over ends now. Raises HistoryError for what is no date, or not yet past.
    """
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError as error:
        raise HistoryError(f"“{text}”不是日期", "写成 2026-05-01 或 2026-05-01T21:00") from error
    if moment.microsecond == 0:
        moment = moment.replace(microsecond=999999)  # as the commands show it: to the second
    if moment.tzinfo is None:
        is_day = "T" not in text.upper() and ":" not in text
        if is_day:
            moment = datetime.combine(moment.date(), time.max)
        try:
            moment = moment.astimezone()
        except (OverflowError, OSError, ValueError) as error:
            raise HistoryError(f"“{text}”离现在太远", "写成 2026-05-01 或 2026-05-01T21:00") from error
        if is_day and moment.date() == now.astimezone().date():
            moment = now.astimezone()
    if moment > now + timedelta(minutes=1):
        raise HistoryError(f"{text} 还没有到", "换一个过去的时间")
    return moment
