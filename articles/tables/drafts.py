"""What does each row say, and what is wrong with it? Cells become values of fields; problems name row, column and fix."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from articles.config import SiteConfig
from articles.tables.cells import BadCell, cell_text
from articles.tables.columns import BY_TITLE, Column
from articles.tables.spellings import Day
from articles.tables.table import Row, Table
from core.errors import TableError


@dataclass(frozen=True, order=True)
class CellProblem:
    """One thing wrong with a table. row: as Excel shows it; column: its title, or "" for the row as a whole."""

    row: int
    column: str
    code: str
    message: str
    fix: str

    def __str__(self) -> str:
        place = f"第 {self.row} 行" + (f"“{self.column}”" if self.column else "")
        return f"{place}：{self.code} {self.message}。{self.fix}"

    def as_dict(self) -> dict[str, str | int]:
        return asdict(self)


@dataclass
class Draft:
    """What one row says. said: the columns that the table has → their values, None for an empty cell."""

    row: int
    said: dict[Column, Any] = field(default_factory=dict)
    problems: list[CellProblem] = field(default_factory=list)

    def get(self, title: str) -> Any:
        return self.said.get(BY_TITLE[title])

    def add(self, column: str, code: str, message: str, fix: str) -> None:
        self.problems.append(CellProblem(self.row, column, code, message, fix))


def read_drafts(table: Table, config: SiteConfig) -> list[Draft]:
    """Every row of the table.

    Raises TableError when its titles cannot be used: one that is unknown, twice there, or missing.
    """
    columns = _columns(table)
    return [_draft(row, columns, config) for row in table.rows]


def _columns(table: Table) -> list[Column | None]:
    columns = [BY_TITLE.get(title) for title in table.titles]
    wrong = list(_wrong_titles(table, columns))
    if wrong:
        raise TableError(
            f"{table.name} 的列名有误：{'；'.join(wrong)}",
            "改成模板里的列名，或删掉这一列；kb import --template 会给出模板",
        )
    return columns


def _wrong_titles(table: Table, columns: list[Column | None]) -> Iterator[str]:
    for title, column in zip(table.titles, columns, strict=True):
        if title and column is None:
            yield f"没有“{title[:20]}”这一列"
    for column in dict.fromkeys(filter(None, columns)):
        if columns.count(column) > 1:
            yield f"“{column.title}”出现了两次"
    if BY_TITLE["编号"] not in columns and BY_TITLE["标准问"] not in columns:
        yield "缺少“标准问”"


def _draft(row: Row, columns: list[Column | None], config: SiteConfig) -> Draft:
    draft = Draft(row.number, {column: None for column in columns if column is not None})
    for position, cell in enumerate(row.cells):
        column = columns[position] if position < len(columns) else None
        if column is None:
            if not cell.is_empty:
                draft.add("", "T102", f"第 {position + 1} 列有内容，却没有列名", "在第一行写上列名，或清空这一格")
            continue
        try:
            value = column.read(cell_text(cell, isinstance(column.spelling, Day)), config)
        except BadCell as error:
            draft.add(column.title, "T101", error.message, error.fix)
            # As if the table had no such cell, so that the rest of the row can be looked at.
            del draft.said[column]
            continue
        draft.said[column] = value
    return draft
