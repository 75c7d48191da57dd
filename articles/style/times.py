"""Which lengths of time does a text name, and which of them are limits?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_UNITS = {"日": "日", "天": "日", "自然日": "日", "工作日": "工作日", "小时": "小时", "月": "个月", "年": "年"}
_NUMBER = r"(?<!\d)(?P<number>\d{1,6}|[一二两三四五六七八九十百]{1,8})\s?"
_UNIT = r"个?(?P<unit>工作日|自然日|日|天|小时|(?<=个)月|年)"
_SPAN = re.compile(_NUMBER + _UNIT)
# “10 日内”, or working days, which are a limit by themselves.
_LIMIT = re.compile(_NUMBER + rf"(?:{_UNIT}(?:之内|以内|内(?!容))|个?(?P<work>工作日))")
_DIGITS = {char: i for i, char in enumerate("零一二三四五六七八九")} | {"两": 2}


@dataclass(frozen=True, init=False)
class Span:
    """A length of time; days are days whatever they are called, working days are not."""

    number: int
    unit: str

    def __init__(self, number: int, unit: str) -> None:
        object.__setattr__(self, "number", number)
        object.__setattr__(self, "unit", _UNITS.get(unit, unit))

    def __str__(self) -> str:
        return f"{self.number} {'个' if self.unit == '工作日' else ''}{self.unit}"


def spans(text: str) -> list[Span]:
    """Every length of time in ``text``, limit or not."""
    return [Span(_value(found["number"]), found["unit"]) for found in _SPAN.finditer(text)]


def deadlines(text: str) -> Iterator[tuple[Span, int]]:
    """Every length of time within which something has to happen, with its place in ``text``."""
    for found in _LIMIT.finditer(text):
        yield Span(_value(found["number"]), found["unit"] or found["work"]), found.start()


def _value(number: str) -> int:
    """“30”, “三十” and “一百八十” as an int."""
    if number.isdigit():
        return int(number)
    total, digit = 0, 0
    for char in number:
        if char in "十百":
            total += (digit or 1) * (10 if char == "十" else 100)
            digit = 0
        else:
            digit = _DIGITS[char]
    return total + digit
