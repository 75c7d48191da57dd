"""How is a deadline said? As a day, when the agent knows when it began; otherwise as the rule, with a hint that says why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from articles.channel_texts import AnyPromise
from core.working_days import WorkingDays, days_later, hours_later, months_later

_SAID = {"自然日": "日", "工作日": "个工作日"}
# 《民法典》第二百零三条：最后一日是法定休假日的，以休假日结束的次日为最后一日。
_ROLLS = {"自然日", "个月", "年"}


@dataclass(frozen=True)
class Spoken:
    """The sentence for the customer; end: the day (or moment) that stands in it, None when it is the rule; hint: for the agent."""

    text: str
    end: date | None = None
    hint: str = ""


def rule(promise: AnyPromise) -> str:
    """``promise`` as a rule: what is done, from when, within how long."""
    since = _since(promise)
    return f"{_what(promise)}，从{since}起 {promise.within} {_SAID.get(promise.unit, promise.unit)}内。"


def spoken(promise: AnyPromise, began: date | None, calendar: WorkingDays, today: date) -> Spoken:
    """``promise`` as it is said on ``today``; began: the day or, where hours count, the moment of the event that it runs from."""
    if began is None:
        return Spoken(rule(promise))
    if _day(began) > today:
        return Spoken(rule(promise), hint=f"“{_since(promise)}”的日期 {_said(began, year=True)} 还没到，先说规定")
    if promise.unit == "小时" and not isinstance(began, datetime):
        return Spoken(rule(promise), hint=f"按小时算，“{_since(promise)}”要写到几点；先说规定")
    end = deadline(promise, began, calendar)
    if end is None:
        return Spoken(rule(promise), hint=_not_counted(promise, began, calendar))
    year = began.year != end.year
    start, last = _said(began, year=year), _said(end, year=year)
    text = f"{_what(promise)}，从 {start}（{_since(promise)}）算起，最晚 {last}。"
    return Spoken(text, end, _about(promise, end, calendar, today))


def deadline(promise: AnyPromise, began: date, calendar: WorkingDays) -> date | None:
    """The last day (for hours: the moment) of what began at ``began``. None when the holidays of a year are not known, hours run
    from a day without a time, or the calendar ends before."""
    if promise.unit == "小时":
        return hours_later(began, promise.within) if isinstance(began, datetime) else None
    day = _day(began)
    match promise.unit:
        case "工作日":
            return calendar.after(day, promise.within)
        case "个月":
            return months_later(day, promise.within)
        case "年":
            return months_later(day, 12 * promise.within)
        case _:
            return days_later(day, promise.within)


def _not_counted(promise: AnyPromise, began: date, calendar: WorkingDays) -> str:
    if promise.unit != "工作日":
        return "这个日期算不出来，先说规定"
    year = _day(began).year
    while year in calendar.years:
        year += 1
    return f"{year} 年的放假安排还不在 holidays.yml 里，算不出第 {promise.within} 个工作日，先说规定"


def _about(promise: AnyPromise, end: date, calendar: WorkingDays, today: date) -> str:
    """What an agent should know of the day before saying it."""
    day = _day(end)
    if day < today:
        return f"最晚 {_said(day, year=True)}，已经过了 {(today - day).days} 天"
    if promise.unit in _ROLLS and calendar.knows(day) and not calendar.is_worked(day):
        worked = calendar.after(day, 1)
        later = f"，顺延到 {_said(worked, year=False)}" if worked else ""
        return f"{_said(day, year=False)}是休假日，依《民法典》第二百零三条最后一日{later or '顺延到休假后第一天'}"
    return ""


def _what(promise: AnyPromise) -> str:
    return promise.what.rstrip("。；，")


def _since(promise: AnyPromise) -> str:
    return promise.since.removeprefix("从").removesuffix("起")


def _day(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _said(moment: date, *, year: bool) -> str:
    day = f"{moment.month} 月 {moment.day} 日"
    day = f"{moment.year} 年 {day}" if year else day
    return f"{day} {moment:%H:%M}" if isinstance(moment, datetime) else day
