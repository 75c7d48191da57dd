"""What does an editor start a table from? The columns, and a sheet that says what goes into each."""

from __future__ import annotations

from articles.config import SiteConfig
from articles.tables.cells import guarded
from articles.tables.columns import COLUMNS, Column
from articles.tables.csv_file import csv_bytes
from articles.tables.exporting import TITLES, choices
from articles.tables.workbook import Line, workbook_bytes


def template(config: SiteConfig, kind: str) -> bytes:
    """An empty table, ``xlsx`` (with a guide on a second sheet) or ``csv``."""
    if kind == "csv":
        return csv_bytes([TITLES])
    return workbook_bytes([TITLES], choices(config), _guide(config))


def _guide(config: SiteConfig) -> list[Line]:
    lines: list[Line] = [["列名", "必填", "写什么", "可选的值", "例子"]]
    for column in COLUMNS:
        need = "新文章必填" if column.required else ""
        lines.append(
            [column.title, need, column.help, guarded("、".join(_known(column, config))), guarded(column.example)]
        )
    lines.append(
        [
            "（空格和删列）",
            "",
            "列在、格子空着：清空这一项。整列不要：已有文章的这一项不变。编号、标准问、答案、分类、状态、对象空着时不变。",
            "",
            "",
        ]
    )
    return lines


def _known(column: Column, config: SiteConfig) -> list[str]:
    """The values that the configuration knows for a column."""
    known = {
        "子主题": [f"{c.name}：{'、'.join(c.topics or [])}" for c in config.categories.categories.values() if c.topics],
        "按钮": list(config.brand.actions),
        "开场": list(config.phrases.openers),
    }
    return known.get(column.title, list(column.names(config).values()))
