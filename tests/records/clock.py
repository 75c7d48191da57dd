"""A clock that a test sets."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


class Clock:
    """Stands still until somebody moves it."""

    def __init__(self) -> None:
        self.now = datetime(2027, 1, 4, 8, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, **time: float) -> None:
        self.now += timedelta(**time)
