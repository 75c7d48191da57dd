"""How is an .xlsx file read and written? The only file that knows openpyxl.

A workbook is a stranger's zip of XML: what it unpacks to is measured before anything is read, macros and links to other
workbooks are refused, and entities are (openpyxl parses with defusedxml).
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from articles.tables.cells import Cell
from articles.tables.table import MAX_COLUMNS, MAX_ROWS, Table, gather
from core.errors import TableError

SHEET, HELP_SHEET = "文章", "说明"
MAX_CELL = 32_767
_MAX_UNPACKED = 256 * 1024 * 1024
_MAX_PARTS = 2_000
_TEXT, _WIDTH = "@", 24
_SAVE_AGAIN = "在 Excel 或 WPS 里另存为 .xlsx，再导入"
_EMPTY = Cell(None)
Line = Sequence[Cell | str]


def read_workbook(path: Path) -> Table:
    """The sheet 文章 of a workbook, or its first one when none is called so.

    Raises TableError when it cannot be read, or is not safe to read.
    """
    _look_inside(path)
    try:
        book = load_workbook(path, read_only=True, keep_links=False)
        try:
            sheet = book[SHEET] if SHEET in book.sheetnames else book.worksheets[0]
            # A file says how big its sheets are, and may be wrong.
            sheet.reset_dimensions()
            return gather(path.name, _cells(sheet))
        finally:
            book.close()
    except TableError:
        raise
    except Exception as error:  # openpyxl raises whatever a damaged part happens to cause
        raise TableError(f"{path.name} 读不出来：文件坏了，或不是 .xlsx", _SAVE_AGAIN) from error


def _look_inside(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as packed:
            parts = packed.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        with path.open("rb") as file:
            old = file.read(4) == b"\xd0\xcf\x11\xe0"
        why = "是旧的 .xls，或者加了密码" if old else "不是 .xlsx 文件，或者坏了"
        raise TableError(f"{path.name} {why}", _SAVE_AGAIN + ("（去掉密码）" if old else "")) from error
    names = [part.filename.casefold() for part in parts]
    size = sum(part.file_size for part in parts)
    if size > _MAX_UNPACKED or len(parts) > _MAX_PARTS:
        raise TableError(
            f"{path.name} 解开后有 {size / 1024 / 1024:.0f} MiB，太大了", "拆成几个文件，或只留文章这一张表"
        )
    if any(name.endswith("vbaproject.bin") for name in names):
        raise TableError(f"{path.name} 带有宏", "另存为不带宏的 .xlsx，再导入")
    if any("externallinks/" in name for name in names):
        raise TableError(f"{path.name} 链接着别的工作簿", "在“数据 › 编辑链接”里断开链接，存好再导入")


def _cells(sheet: Any) -> Iterator[list[Cell]]:
    filler = None
    for row in sheet.iter_rows(max_col=MAX_COLUMNS + 1):
        if row is filler:
            yield []
            continue
        cells = [_EMPTY if cell.value is None else _cell(cell) for cell in row]
        # Rows that the file leaves out come as one and the same tuple, a million times if somebody wants it so.
        filler = row if all(cell is _EMPTY for cell in cells) else None
        yield cells


def _cell(cell: Any) -> Cell:
    kind, value = cell.data_type, cell.value
    if kind == "f":
        return Cell(str(getattr(value, "text", value)), is_formula=True)
    return Cell(value, cell.number_format if kind == "n" else "General", is_error=kind == "e")


def workbook_bytes(lines: Iterable[Line], choices: Mapping[int, list[str]], guide: Iterable[Line] = ()) -> bytes:
    """A workbook: the lines (titles first) on the sheet 文章, and a guide on a second sheet when there is one.

    Strings are written as text that no spreadsheet interprets (they must be guarded already), a Cell as what it is.
    choices: column (from 0) → the values that its cells may be picked from.
    """
    book = Workbook(write_only=True)
    _sheet(book, SHEET, lines, choices)
    if guide:
        _sheet(book, HELP_SHEET, guide, {})
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def _sheet(book: Any, title: str, lines: Iterable[Line], choices: Mapping[int, list[str]]) -> None:
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for position, line in enumerate(lines):
        if position == 0:
            for number in range(1, len(line) + 1):
                # Columns are text from the start, so that Excel leaves alone what is typed into them.
                dimension = sheet.column_dimensions[get_column_letter(number)]
                dimension.number_format, dimension.width = _TEXT, _WIDTH
        sheet.append([_written(sheet, cell, is_title=position == 0) for cell in line])
    for number, values in choices.items():
        listed = ",".join(values)
        # Excel takes at most 255 characters; a comma or a quote inside a value has no spelling.
        if len(listed) <= 250 and not any(mark in value for value in values for mark in ',"'):
            rule = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True)
            letter = get_column_letter(number + 1)
            rule.add(f"{letter}2:{letter}{MAX_ROWS + 1}")
            sheet.data_validations.append(rule)


def _written(sheet: Any, cell: Cell | str, is_title: bool) -> Any:
    if cell == "" or (isinstance(cell, Cell) and cell.value is None):
        return None
    made = WriteOnlyCell(sheet, cell.value if isinstance(cell, Cell) else cell)
    if isinstance(cell, Cell):
        made.number_format = cell.number_format
    else:
        made.data_type, made.number_format = "s", _TEXT
    if is_title:
        made.font = Font(bold=True)
    return made
