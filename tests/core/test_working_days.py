"""When does a length of time end, over month ends, holidays and weekends that are worked?"""

from __future__ import annotations

from datetime import date, datetime

import pytest

from core.working_days import WorkingDays, days_later, hours_later, months_later

# The Spring Festival of 2026: 15 to 23 February off, the Saturdays 14 and 28 February worked.
SPRING = WorkingDays(
    years=frozenset({2026}),
    off=frozenset(date(2026, 2, day) for day in range(15, 24)),
    made_up=frozenset({date(2026, 2, 14), date(2026, 2, 28)}),
)


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        ("2026-03-02", 1, "2026-03-03"),
        ("2026-03-06", 1, "2026-03-09"),  # over a weekend
        ("2026-03-07", 1, "2026-03-09"),  # from a Saturday
        ("2026-03-02", 10, "2026-03-16"),
        ("2026-02-13", 1, "2026-02-14"),  # a Saturday that is worked
        ("2026-02-13", 2, "2026-02-24"),  # then the holidays
        ("2026-02-20", 1, "2026-02-24"),  # from within the holidays
        ("2026-02-27", 2, "2026-03-02"),  # the other Saturday, and a Sunday that is not
        ("2026-12-31", 0, "2026-12-31"),
    ],
)
def test_working_days(start: str, count: int, end: str) -> None:
    assert SPRING.after(date.fromisoformat(start), count) == date.fromisoformat(end)


def test_a_year_that_is_not_known_is_not_guessed() -> None:
    assert SPRING.after(date(2026, 12, 30), 1) == date(2026, 12, 31)
    assert SPRING.after(date(2026, 12, 30), 2) is None
    assert SPRING.after(date(2025, 12, 30), 1) is None
    assert WorkingDays().after(date(2026, 3, 2), 1) is None
    assert WorkingDays(years=frozenset({9999})).after(date.max, 1) is None


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2028-01-31", 1, "2028-02-29"),
        ("2026-03-31", 1, "2026-04-30"),
        ("2026-12-15", 1, "2027-01-15"),
        ("2026-11-30", 3, "2027-02-28"),
        ("2028-02-29", 12, "2029-02-28"),
        ("2028-02-29", 48, "2032-02-29"),
        ("2026-11-30", 24, "2028-11-30"),
        ("9999-12-01", 1, None),
    ],
)
def test_months_and_years_end_on_the_same_day_or_the_last(start: str, months: int, end: str | None) -> None:
    assert months_later(date.fromisoformat(start), months) == (date.fromisoformat(end) if end else None)


def test_days_and_hours() -> None:
    assert days_later(date(2026, 11, 9), 30) == date(2026, 12, 9)
    assert days_later(date(2028, 2, 28), 1) == date(2028, 2, 29)
    assert days_later(date(9999, 12, 1), 60) is None
    assert hours_later(datetime(2026, 11, 30, 22, 15), 48) == datetime(2026, 12, 2, 22, 15)
    assert hours_later(datetime(9999, 12, 31, 23), 2) is None
