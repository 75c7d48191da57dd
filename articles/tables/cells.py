"""What may stand in a cell? Text that no spreadsheet takes for a formula, and what a spreadsheet has made of what was typed.

On the way out a cell that begins like a formula, or looks like a number that Excel would round (1.2E+10), gets an apostrophe in
front, and a character that no cell can hold is written ``\\u000b``. On the way in both are undone: every text comes back exactly.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

# Full-width signs too: East Asian versions of Excel take them for the half-width ones.
_RISKY = r"(?:[=+\-@＝＋－＠\t\r\n]|\d+(?:\.\d+)?[eE]\+\d+\Z)"
_FORMULA = re.compile(r"'*" + _RISKY)
_FORMULA_UNDONE = re.compile(r"''*" + _RISKY)
# Control characters, what XML forbids, what Excel reads as an escape of its own (_x0041_), and what reads as ours.
_UNFIT = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)|x(?=005F_)|\\(?=u[0-9a-f]{4})", re.ASCII
)
_ESCAPE = re.compile(r"\\u([0-9a-f]{4})", re.ASCII)
_SCIENTIFIC = re.compile(r"[+-]?\d+(?:\.\d+)?[eE]\+\d+")
# Excel keeps fifteen digits and turns the rest into noughts.
_EXACT = 10**15

Value = str | int | float | bool | date | datetime | time | timedelta | None


@dataclass(frozen=True)
class Cell:
    """A cell as the file holds it: its value, a number's format, and whether the value is a formula or an error of Excel's."""

    value: Value
    number_format: str = "General"
    is_formula: bool = False
    is_error: bool = False

    @property
    def is_empty(self) -> bool:
        return self.value is None or (isinstance(self.value, str) and not self.value.strip())


class BadCell(Exception):
    """A cell that cannot be taken as it is: message and fix in Chinese."""

    def __init__(self, message: str, fix: str) -> None:
        super().__init__(message)
        self.message, self.fix = message, fix


def guarded(text: str) -> str:
    """``text`` as a cell holds it: never a formula, no character that a cell cannot hold."""
    text = _UNFIT.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
    return "'" + text if _FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """The text that ``guarded`` was given."""
    text = text[1:] if _FORMULA_UNDONE.match(text) else text
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)


def plain(text: str) -> str:
    """The text of a cell as it was typed, with the line ends of every program made one."""
    return unguarded(text.replace("\r\n", "\n").replace("\r", "\n"))


def cell_text(cell: Cell, is_date: bool) -> str:
    """What the editor meant by the cell, as text. is_date: the column holds dates.

    Raises BadCell for a formula, an error value, and a number or date that Excel has changed beyond recognition.
    """
    value = cell.value
    if cell.is_formula:
        raise BadCell(
            f"这一格是公式：{str(value)[:30]}",
            "复制这一格，选择性粘贴为“数值”；本来就是文字的，在最前面加一个英文单引号",
        )
    if cell.is_error:
        raise BadCell(f"这一格是 Excel 的错误值 {value}", "重新填写这一格")
    if value is None:
        return ""
    if isinstance(value, str):
        if _SCIENTIFIC.fullmatch(value):
            raise BadCell(f"长数字已被 Excel 改成 {value}", "把这一列设成“文本”格式，再重新填写完整的数字")
        return plain(value)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float):
        return _number(value, cell.number_format)
    return _moment(value, is_date)


def _number(value: int | float, number_format: str) -> str:
    if "%" in number_format or not abs(value) < _EXACT:
        shown = f"带百分号的数字 {value}" if "%" in number_format else f"超过 15 位的数字 {value}"
        raise BadCell(f"这一格是{shown}，Excel 存下的和您看到的不一样", "把这一格设成“文本”格式，再重新填写")
    if value == int(value):
        return str(int(value))
    if number_format not in {"General", "@"}:
        raise BadCell(f"这一格是带格式的数字 {value}，和您看到的可能不一样", "把这一格设成“文本”格式，再重新填写")
    return repr(value)


def _moment(value: date | datetime | time | timedelta, is_date: bool) -> str:
    if is_date and isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if is_date and isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    raise BadCell(
        f"Excel 把这一格当成了日期或时间（{value}）",
        "把这一格设成“文本”格式，再重新填写" if not is_date else "只写日期，如 2027-06-30",
    )
