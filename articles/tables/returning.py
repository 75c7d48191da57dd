"""Which file goes back to the editor? The imported table once more, with the ids that its rows were given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import count
from pathlib import Path

from articles.tables.cells import Cell, guarded, plain
from articles.tables.csv_file import csv_bytes
from articles.tables.jsonl_file import objects_bytes, read_objects
from articles.tables.saving import Change
from articles.tables.table import Table
from articles.tables.workbook import Line, workbook_bytes

_ID, _MARK = "编号", "-已导入"


def returned(table: Table, source: Path, given: Mapping[int, str]) -> Change:
    """A new file beside ``source``: the same rows and cells, with the ids of ``given`` (row → id) filled in."""
    path, kind = _free(source), source.suffix.casefold()
    if kind == ".jsonl":
        objects = (value | ({"id": given[row]} if row in given else {}) for row, value in read_objects(source))
        return Change(path, None, objects_bytes(objects))
    lines = _lines(table, given)
    if kind == ".csv":
        return Change(path, None, csv_bytes([cell if isinstance(cell, str) else "" for cell in line] for line in lines))
    return Change(path, None, workbook_bytes(lines, {}))


def _free(source: Path) -> Path:
    """A name that no file has: 问题.xlsx → 问题-已导入.xlsx, then 问题-已导入-2.xlsx."""
    stem = source.stem.split(_MARK)[0]
    names = (f"{stem}{_MARK}{'' if i == 1 else f'-{i}'}{source.suffix}" for i in count(1))
    return next(path for name in names if not (path := source.with_name(name)).exists())


def _lines(table: Table, given: Mapping[int, str]) -> Iterator[Line]:
    """Titles and rows, each row where it was: empty rows stay empty."""
    at = table.titles.index(_ID) if _ID in table.titles else -1
    yield table.titles if at >= 0 else [_ID, *table.titles]
    number = 1
    for row in table.rows:
        yield from ([] for _ in range(number + 1, row.number))
        number = row.number
        cells = [_as_it_was(cell) for cell in row.cells]
        if at < 0:
            cells.insert(0, "")
        cells += [""] * (at + 1 - len(cells))
        if number in given:
            cells[max(at, 0)] = given[number]
        yield cells


def _as_it_was(cell: Cell) -> Cell | str:
    """The cell with the same meaning; text that somebody typed unguarded is guarded now."""
    is_text = isinstance(cell.value, str) and not cell.is_formula and not cell.is_error
    return guarded(plain(str(cell.value))) if is_text else cell
