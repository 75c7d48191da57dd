"""Which Chinese numerals of a text count something, and how is each written in digits? 三十天: 30, 百分之八十: 80%.

A numeral counts when a unit follows or 第 precedes it. 一 in 一样 or 统一 does not, nor do 几十天, 两三天, 一万二.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_VALUES = dict(zip("零〇一二两三四五六七八九", (0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
_TIMES = {"十": 10, "百": 100, "千": 1000}

_UNITS = "天|日|年|个?月|周|岁|元|块|公里|次|座|个?小时|分钟|个工作日|级|倍|折|%"
# Words in which a numeral stands before what is a unit elsewhere, and those that end in one that counts nothing.
_WORDS = (
    "[几数]十|万一|唯一|(?<!系)统一|(?<!合)同一|一次性|一块(?!钱)|第三[者方人]|(?:周|星期|礼拜)[一二三四五六](?=[周日])"
)

_ANY = "零〇一二两三四五六七八九十百千万亿"
_ZERO, _ONE = "[零〇]", "[一二两三四五六七八九]"
_TENS = f"{_ONE}?十{_ONE}?"
_HUNDREDS = f"{_ONE}百(?:{_ZERO}?{_TENS}|{_ZERO}{_ONE})?"
_THOUSANDS = f"{_ONE}千(?:{_ZERO}?{_HUNDREDS}|{_ZERO}(?:{_TENS}|{_ONE}))?"
_BELOW = f"(?:{_THOUSANDS}|{_HUNDREDS}|{_TENS}|{_ONE})"
_REST = f"(?:{_THOUSANDS}|{_ZERO}?{_HUNDREDS}|{_ZERO}(?:{_TENS}|{_ONE}))"
_WHOLE = f"(?:{_BELOW}(?:万{_REST})?|{_ZERO})"
_NUMBER = f"{_WHOLE}(?:点[零〇一二三四五六七八九]+)?"
# 二〇二一年, 九八年; but 七八年 is seven or eight.
_YEAR = "(?!一二|二三|三四|三五|四五|五六|六七|七八|八九)(?:[零〇一二三四五六七八九]{2}){1,2}(?=年)"

_COUNTING = re.compile(
    rf"(?=[第{_ANY}几数唯统同周星礼])(?:{_WORDS}"
    rf"|百分之(?P<percent>百|{_NUMBER})(?![{_ANY}几])"
    rf"|第(?P<ordinal>{_WHOLE})(?![{_ANY}几])"
    rf"|(?:(?<![{_ANY}之\d.])|(?<=万一))(?P<counted>{_YEAR}|{_NUMBER}(?=[万亿](?![{_ANY}])|{_UNITS})))"
)


@dataclass(frozen=True)
class Numeral:
    """The stretch [start, end) of a text is written ``digits``; the numeral itself, without 百分之, starts at ``first``."""

    start: int
    first: int
    end: int
    digits: str


def numerals(text: str) -> Iterator[Numeral]:
    """Those of ``text`` (simplified) that count something, in order."""
    for match in _COUNTING.finditer(text):
        kind = match.lastgroup
        if kind is not None:
            first, end = match.span(kind)
            percent = kind == "percent"
            yield Numeral(match.start() if percent else first, first, end, arabic(match[kind]) + "%" * percent)


def arabic(numeral: str) -> str:
    """A Chinese numeral in digits: 一百零七 is 107, 二〇二一 is 2021, 三点五 is 3.5."""
    whole, point, decimals = numeral.partition("点")
    spelled = not any(char in "十百千万" for char in whole)
    before = _each(whole) if spelled else str(_value(whole))
    return f"{before}.{_each(decimals)}" if point else before


def _each(numeral: str) -> str:
    return "".join(str(_VALUES[char]) for char in numeral)


def _value(numeral: str) -> int:
    total = section = digit = 0
    for char in numeral:
        if char == "万":
            total, section, digit = (section + digit) * 10_000, 0, 0
        elif char in _TIMES:
            section, digit = section + (digit or 1) * _TIMES[char], 0
        else:
            digit = _VALUES[char]
    return total + section + digit
