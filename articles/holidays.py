"""Which days has the State Council declared off, and which weekends are worked for them? holidays.yml, year by year."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator, model_validator

from core.working_days import WorkingDays

_Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
_LONGEST = 31


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class DaysOff(_Part):
    """A holiday, from its first to its last day."""

    name: _Name
    first: date = Field(alias="from")
    last: date = Field(alias="to")

    @model_validator(mode="after")
    def _in_order(self) -> DaysOff:
        if not 0 <= (self.last - self.first).days < _LONGEST:
            raise ValueError(f"“{self.name}”的 to 要在 from 当天或之后，不超过 {_LONGEST} 天")
        return self

    def days(self) -> Iterator[date]:
        """Every day of it."""
        return (self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1))


class HolidayYear(_Part):
    """A year whose arrangement has been announced. work: Saturdays and Sundays that are worked."""

    year: int = Field(ge=2000, le=2100)
    source: _Name = Field(description="出处：通知的名称和日期")
    off: list[DaysOff] = Field(min_length=1)
    work: list[date] = []

    @model_validator(mode="after")
    def _of_this_year(self) -> HolidayYear:
        for day in (*(day for off in self.off for day in (off.first, off.last)), *self.work):
            if day.year != self.year:
                raise ValueError(f"{day} 不在 {self.year} 年")
        for day in self.work:
            if day.weekday() < 5:
                raise ValueError(f"{day} 本来就是周一到周五，work 只写要上班的周六、周日")
        return self


class Holidays(_Part):
    """holidays.yml"""

    years: list[HolidayYear] = []

    @field_validator("years")
    @classmethod
    def _once(cls, years: list[HolidayYear]) -> list[HolidayYear]:
        names = [one.year for one in years]
        if len(set(names)) != len(names):
            raise ValueError("同一年写了两次")
        return years

    def working_days(self) -> WorkingDays:
        """What is known of working days."""
        off = frozenset(day for year in self.years for holiday in year.off for day in holiday.days())
        made_up = frozenset(day for year in self.years for day in year.work)
        return WorkingDays(frozenset(year.year for year in self.years), off - made_up, made_up)
