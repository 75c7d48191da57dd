"""What is a table, whatever file it comes from? Titles, and rows of cells with the number that the editor's program shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from articles.tables.cells import Cell
from core.errors import TableError

Format = Literal["xlsx", "csv", "jsonl"]
FORMATS: tuple[Format, ...] = ("xlsx", "csv", "jsonl")
MAX_FILE = 64 * 1024 * 1024
MAX_ROWS = 50_000
MAX_COLUMNS = 200
_LAST_ROW = 1_048_576


@dataclass(frozen=True)
class Row:
    """One row that is not empty. number: as Excel shows it, 1-based, the titles are row 1."""

    number: int
    cells: list[Cell]


@dataclass
class Table:
    """A table as it was read. name: how messages call the file."""

    name: str
    titles: list[str]
    rows: list[Row] = field(default_factory=list)


def gather(name: str, lines: Iterator[list[Cell]]) -> Table:
    """The first line as titles, the others as rows; empty rows are left out, empty cells at the end too.

    Raises TableError when there are no titles, or too many rows or columns.
    """
    first = next(lines, [])
    titles = [str(cell.value).strip() if cell.value is not None else "" for cell in _trimmed(first)]
    if not titles:
        raise TableError(f"{name} 的第一行是空的", "第一行写列名；kb import --template 会给出模板")
    if len(titles) > MAX_COLUMNS:
        raise TableError(f"{name} 有 {len(titles)} 列，最多 {MAX_COLUMNS} 列", "删掉用不到的列")
    table = Table(name, titles)
    for number, line in enumerate(lines, 2):
        cells = _trimmed(line)
        if number > _LAST_ROW or (cells and len(table.rows) == MAX_ROWS):
            raise TableError(f"{name} 超过 {MAX_ROWS} 行", "拆成几个文件，分几次导入")
        if cells:
            table.rows.append(Row(number, cells))
    return table


def _trimmed(cells: list[Cell]) -> list[Cell]:
    end = len(cells)
    while end and cells[end - 1].is_empty:
        end -= 1
    return cells[:end]
