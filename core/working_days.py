"""Which days are worked, and when does a length of time end? China's holidays move every year, so they are data.

Ends of periods as the Civil Code has them (《民法典》第二百零一、二百零二条): the first day does not count; months and years end on
the same day of the month, or on its last day where there is no such day; hours run from the moment itself.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, datetime, timedelta


@dataclass(frozen=True)
class WorkingDays:
    """years: those whose arrangements are known; off: days that are not worked although they may be weekdays; made_up: Saturdays and
    Sundays that are worked."""

    years: frozenset[int] = frozenset()
    off: frozenset[date] = frozenset()
    made_up: frozenset[date] = frozenset()

    def knows(self, day: date) -> bool:
        """Whether the arrangement of its year is known."""
        return day.year in self.years

    def is_worked(self, day: date) -> bool:
        """Whether ``day``, of a year that is known, is worked."""
        return day in self.made_up or (day.weekday() < 5 and day not in self.off)

    def after(self, day: date, count: int) -> date | None:
        """The ``count``-th working day after ``day``; None when a year is reached that is not known."""
        while count > 0:
            if day == date.max:
                return None
            day += timedelta(days=1)
            if not self.knows(day):
                return None
            count -= self.is_worked(day)
        return day


def days_later(day: date, count: int) -> date | None:
    """``count`` days after ``day``; None beyond the end of the calendar."""
    try:
        return day + timedelta(days=count)
    except OverflowError:
        return None


def months_later(day: date, count: int) -> date | None:
    """The same day ``count`` months later, or the last of that month; None beyond the end of the calendar."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    if year > date.max.year:
        return None
    return day.replace(year=year, month=month + 1, day=min(day.day, calendar.monthrange(year, month + 1)[1]))


def hours_later(moment: datetime, count: int) -> datetime | None:
    """``count`` hours after ``moment``; None beyond the end of the calendar."""
    try:
        return moment + timedelta(hours=count)
    except OverflowError:
        return None
