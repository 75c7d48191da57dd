"""Which article does a row make? What it says is laid over what the article says now, and has to fit the schema."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from articles.checking import normal
from articles.config import SiteConfig
from articles.loading import Entry
from articles.schema import Article
from articles.tables.columns import COLUMNS, FIXED, Column, column_of, dump
from articles.tables.drafts import CellProblem, Draft
from articles.tables.slug import slug
from articles.validation import fit
from articles.yaml_lines import Located
from core.errors import Problem

# Every cell has a million lines of its own, so that a line tells row, column and line within the cell.
_LINES = 1_000_000
_FIELD = re.compile(r"“([a-z_]+)(?:\.[\w.]+)?”")


class _RowLines(Located):
    """Lines of a row's fields, for the checks that articles in files go through."""

    def __init__(self, row: int) -> None:
        super().__init__(None)
        self.row = row

    def line(self, path: tuple[str | int, ...]) -> int:
        column = column_of(path)
        return (self.row * 1000 + (COLUMNS.index(column) + 1 if column else 0)) * _LINES


@dataclass(frozen=True)
class RowEntry(Entry):
    """An article that stands in a row. before: as it stands in kb/ now, None for a new one."""

    row: int = 0
    before: Entry | None = None

    def where(self, *field_path: str | int) -> str:
        column = column_of(field_path)
        return f"第 {self.row} 行" + (f"“{column.title}”" if column else "")


def cell_problem(problem: Problem) -> CellProblem:
    """A problem of a RowEntry with its row and column; fields are called as their columns are."""
    place, _ = divmod(problem.line, _LINES)
    row, number = divmod(place, 1000)
    message = _FIELD.sub(lambda found: f"“{_title(found[1])}”", problem.message)
    title = COLUMNS[number - 1].title if number else ""
    fix = f"可选：{'、'.join(FIXED[title].values())}" if title in FIXED else problem.fix
    return CellProblem(row, title, problem.code, message, fix)


def _title(name: str) -> str:
    column = column_of((name,))
    return column.title if column else name


def give_ids(drafts: Sequence[Draft], entries: Iterable[Entry]) -> dict[int, str]:
    """Row → the id that it gets, for rows that have a question and no id. Stable: the same table gets the same ids.

    A row that asks what an article asks already gets none, but a problem: it is that article, or one too many.
    """
    articles = [entry.article for entry in entries]
    asked = {normal(a.question): a.id for a in articles if a.status != "archived"}
    taken = {a.id for a in articles} | {str(draft.get("编号")) for draft in drafts}
    given: dict[int, str] = {}
    for draft in drafts:
        question = draft.get("标准问")
        if draft.get("编号") is not None or not isinstance(question, str):
            continue
        same = asked.get(normal(question) or question)
        if same:
            draft.add(
                "编号",
                "T103",
                f"这个标准问已有文章“{same}”",
                f"要改那一篇，就在编号里填 {same}；不是同一篇，就换个问法",
            )
            continue
        given[draft.row] = slug(question, taken)
        taken.add(given[draft.row])
    return given


def merged(
    draft: Draft, article_id: str | None, before: Entry | None, table: str, config: SiteConfig
) -> RowEntry | None:
    """The article that the row makes, with the cells that can be read; None when it makes none. Problems go to the draft."""
    values: dict[str, Any] = dump(before.article) if before else {}
    for column, value in draft.said.items():
        if value is not None:
            _put(values, column, value)
        elif not column.keeps:
            _take(values, column)
    if article_id is not None:
        values["id"] = article_id
    told = {problem.column for problem in draft.problems}
    missing = [column for column in COLUMNS if column.required and not values.get(column.path[0])]
    for column in missing:
        if column.title not in told:
            draft.add(column.title, "K302", f"缺少“{column.title}”", f"填上{column.title}")
    if missing or "id" not in values:
        return None
    lines = _RowLines(draft.row)
    fitted = fit(Article, values, lines, (), table)
    if isinstance(fitted, list):
        draft.problems += map(cell_problem, fitted)
        return None
    if fitted.category not in config.categories.categories:
        names = "、".join(category.name for category in config.categories.categories.values())
        draft.add("分类", "K404", f"没有“{fitted.category[:30]}”这个类别", f"可选：{names}")
        return None
    return RowEntry(fitted, table, lines, (), None, draft.row, before)


def _put(values: dict[str, Any], column: Column, value: Any) -> None:
    if len(column.path) == 1:
        values[column.path[0]] = value
    else:
        values[column.path[0]] = {**values.get(column.path[0], {}), column.path[1]: value}


def _take(values: dict[str, Any], column: Column) -> None:
    """Empties a field; what is left empty of an escalation or of the channel texts goes too."""
    head, *rest = column.path
    if rest and head in values:
        left = {name: value for name, value in values[head].items() if name != rest[0]}
        values[head] = left
    if not rest or not values.get(head):
        values.pop(head, None)
