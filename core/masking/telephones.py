"""Are digits the telephone of a person? Mobiles, fixed lines with an area code, numbers abroad; not 95518, 400-… and their like."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

from core.masking.context import Before

_MOBILE = re.compile(r"(?:(?:00)?86)?(1[3-9]\d{9})")
_LANDLINE = re.compile(r"(?:(?:00)?86)?0(?:10|2\d|[3-9]\d\d)[2-8]\d{6,7}")
_LOCAL = re.compile(r"(?!(?:19|20)\d\d(?:0[1-9]|1[0-2]))[2-8]\d{6,7}")
_MISTYPED_MOBILE = re.compile(r"1[3-9]\d{8}(?:\d\d)?")
_COMPANY = re.compile(r"(?:400|800)\d{7}")
_ABROAD = re.compile(r"[1-9]\d{8,14}")
_EXTENSION = re.compile(r"[ ,]?(?:转|分机|-|EXT\.?)[ :]?\d{1,5}(?![\d-])")

# How people cut a mobile into groups; other cuts are one only where a word speaks of a telephone (18 2026 11 205 is none).
_MOBILE_SHAPES = {(11,), (3, 4, 4), (3, 8), (7, 4), (4, 4, 3), (4, 3, 4), (3, 3, 5), (5, 6), (3, 2, 2, 2, 2), (1,) * 11}
_LANDLINE_GROUPS = 4


class _Group(Protocol):
    @property
    def digits(self) -> str: ...
    @property
    def gap(self) -> str: ...


def is_telephone(digits: str, groups: Sequence[_Group], before: Before) -> bool:
    """Whether ``digits``, written in ``groups`` after ``before``, are one."""
    if _COMPANY.fullmatch(digits):
        return False
    if match := _MOBILE.fullmatch(digits):
        return _shape(groups, len(digits) - len(match[1])) in _MOBILE_SHAPES or before.says("phone")
    if _MISTYPED_MOBILE.fullmatch(digits) and before.says("telephone"):
        return True
    if before.plus():
        return _ABROAD.fullmatch(digits) is not None
    if before.says("company") or any(group.gap == "." for group in groups[1:]):
        return False
    if _LANDLINE.fullmatch(digits):
        return len(groups) <= _LANDLINE_GROUPS
    return before.says("telephone") and _LOCAL.fullmatch(digits) is not None


def extension(text: str, end: int) -> int:
    """Where a telephone that seems to end at ``end`` ends with its extension."""
    match = _EXTENSION.match(text, end)
    return match.end() if match else end


def _shape(groups: Sequence[_Group], prefix: int) -> tuple[int, ...]:
    """How many digits each group has, without the country code of ``prefix`` digits."""
    shape: list[int] = []
    for group in groups:
        taken = min(prefix, len(group.digits))
        prefix -= taken
        if len(group.digits) > taken:
            shape.append(len(group.digits) - taken)
    return tuple(shape)
