"""How do all articles become one file? One row an article, one column a field, in an order that does not depend on where they stand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from articles.config import SiteConfig
from articles.loading import Kb
from articles.schema import Article
from articles.tables.cells import guarded
from articles.tables.columns import COLUMNS, dump
from articles.tables.csv_file import csv_bytes
from articles.tables.jsonl_file import jsonl_bytes
from articles.tables.table import Format
from articles.tables.workbook import MAX_CELL, workbook_bytes
from core.errors import TableError

TITLES = [column.title for column in COLUMNS]
# Columns where a list of what may stand there is short enough to pick from.
_PICKED = ("分类", "状态", "对象", "转给队列", "必读")


def export(kb: Kb, kind: Format, step: Callable[[int], None] = lambda _n: None) -> bytes:
    """All articles as a file; ``step`` is told of every article done.

    Raises TableError when a text is too long for a cell of a workbook.
    """
    order = {key: number for number, key in enumerate(kb.config.categories.categories)}
    articles = sorted(kb.articles, key=lambda a: (order.get(a.category, len(order)), a.id))
    if kind == "jsonl":
        return jsonl_bytes(articles)
    lines = [TITLES]
    for article in articles:
        lines.append(row(article, kb.config))
        step(1)
    if kind == "csv":
        return csv_bytes(lines)
    _refuse_long(articles, lines[1:])
    return workbook_bytes(lines, choices(kb.config))


def row(article: Article, config: SiteConfig) -> list[str]:
    """The cells of one article, guarded."""
    values = dump(article)
    return [guarded(column.show(values, config)) for column in COLUMNS]


def choices(config: SiteConfig) -> Mapping[int, list[str]]:
    """Column (from 0) → what may be picked there."""
    picked: dict[int, list[str]] = {}
    for number, column in enumerate(COLUMNS):
        if column.title in _PICKED:
            picked[number] = ["是", "否"] if column.title == "必读" else list(column.names(config).values())
    return picked


def _refuse_long(articles: Iterable[Article], lines: Iterable[list[str]]) -> None:
    """Excel cuts longer cells off without a word."""
    wrong = [
        f"{article.id} 的“{title}”"
        for article, cells in zip(articles, lines, strict=True)
        for title, cell in zip(TITLES, cells, strict=True)
        if len(cell) > MAX_CELL // 2 and len(cell.encode("utf-16-le")) > 2 * MAX_CELL
    ]
    if wrong:
        raise TableError(f"{'、'.join(wrong)}超过 Excel 一格的 {MAX_CELL} 字", "改用 --format csv 或 jsonl，或删短")
