"""Which stretches of a text say at which door somebody lives?

A street or an estate with a number after it; what stands before it belongs to it as far as it is made of places. A street alone is none,
nor is the address of a counter.
"""

from __future__ import annotations

import re

from core.masking.found import Found

_COUNT = r"(?:[0-9]{1,5}|[零〇一二三四五六七八九十百]{1,6})"
_STREET = "(?<![几这哪此水陆铁公线出走网思])路|(?<![上逛])街道?|大道|胡同|巷|弄|村|(?<!公)社区"
_ESTATE = "小区|花园|公寓|大厦|广场|新村|家园|[一二三四五六七八九十东南西北]区|苑|府|湾|庄园|公馆|名城|新城|嘉园|里|城|园|村|庄"
_DOOR = (
    rf"(?:(?:[ -]?(?:附|之|-)?{_COUNT}(?:号楼(?![上下])|号院|号|弄|栋|幢|座|单元|楼|层|室|房|户|组|队)"
    rf"|[A-Z][栋座]|[0-9]{{1,4}}-[0-9A-Z]{{1,4}}(?![0-9A-Z-])|[ -]?[A-Z]?[0-9]{{2,4}}(?![0-9A-Z多元块年月天万号]))+)"
)
_SECTION = rf"(?:[东西南北中]?[一二三四五六七八九十]?[东西南北中]?段|{_COUNT}组)?"
# 12号 is a door, 3号线 and 2号出口 are none.
_STREET_NUMBER = rf"{_SECTION}{_COUNT}(?:号院|号楼(?![上下])|号|弄)(?![线口文令公告出车机牌码字])"
_ESTATE_NUMBER = rf"(?:[一二三四五六七八九十]区|[东西南北]区)?(?={_COUNT}(?:号楼|栋|幢|座|单元)|[A-Z][栋座])"
_NUMBERED = re.compile(
    rf"(?:(?:{_STREET}){_STREET_NUMBER}|(?:{_ESTATE}){_ESTATE_NUMBER})"
    rf"(?:[\u4e00-\u9fff]{{0,10}}(?:{_ESTATE}))?{_DOOR}?"
)
# Where the words of a sentence end and the address begins.
_BEGINNING = re.compile(
    r"(?:地址(?:改[为成到]|变更为|换成|是|为|在)?|住址|住在|家住|住|寄到|寄给|寄|送到|送|位于|地点|放到|放在|(?<!解)放|家是|家在|我家|停在"
    r"|来|到|去|在|是|为|于|从|往|个人)[ :,]{0,2}(?=[^的了]*$)"
)
_BREAK = re.compile(r"[^\u4e00-\u9fff0-9A-Z·-]")
_FARTHEST = 30
# The doors of offices are public.
_OFFICE = re.compile(r"(?:网点|柜面|门店|营业[部厅]|公司|医院|4S店|修理厂|车管所|法院|交警队|受理点|投诉)[^,。;]{0,4}$")


def find(text: str) -> list[Found]:
    """In ``text``, folded."""
    found: list[Found] = []
    done = 0
    for match in _NUMBERED.finditer(text):
        start = _start(text, match.start(), done)
        done = match.end()
        if match.start() > start and not _OFFICE.search(text[max(0, start - 12) : start]):
            found.append(Found("address", start, match.end()))
    return found


def _start(text: str, end: int, done: int) -> int:
    """Where the address begins whose street or estate ends at ``end``: after the last break or word that leads to it."""
    floor = max(done, end - _FARTHEST)
    before = text[floor:end]
    broken = max((match.end() for match in _BREAK.finditer(before)), default=0)
    led = (match.end() for match in _BEGINNING.finditer(before, broken))
    return floor + max(led, default=broken)
