"""How is an article one line of JSON? Every field, for programs; read back through the same columns as a spreadsheet."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from articles.schema import Article
from articles.tables.cells import Cell, guarded
from articles.tables.columns import COLUMNS
from articles.tables.table import MAX_ROWS, Row, Table
from core.errors import TableError

_NESTED = {column.path[0] for column in COLUMNS if len(column.path) > 1}


def read_jsonl(path: Path) -> Table:
    """A file of one JSON object a line, as a table; row numbers are its line numbers.

    Raises TableError when a line is not one object, or there are too many.
    """
    found = [(number, _flat(value)) for number, value in read_objects(path)]
    titles = list(dict.fromkeys(title for _, cells in found for title in cells))
    rows = [
        Row(number, [_cell(cells[title]) if title in cells else Cell(None) for title in titles])
        for number, cells in found
    ]
    return Table(path.name, titles, rows)


def read_objects(path: Path) -> list[tuple[int, dict[str, Any]]]:
    """The objects of the file with their line numbers. Raises TableError."""
    found: list[tuple[int, dict[str, Any]]] = []
    try:
        # Not splitlines(): JSON may hold U+2028 as it is.
        lines = path.read_bytes().decode("utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        raise TableError(f"{path.name} 不是 UTF-8", "另存为 UTF-8") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except (ValueError, RecursionError):
            value = None
        if not isinstance(value, dict):
            raise TableError(f"{path.name} 第 {number} 行不是一个 JSON 对象", '每行一篇文章，写成 {"id": …}')
        found.append((number, value))
    if len(found) > MAX_ROWS:
        raise TableError(f"{path.name} 超过 {MAX_ROWS} 行", "拆成几个文件，分几次导入")
    return found


def _flat(value: dict[str, Any]) -> dict[str, Any]:
    """Title of the column → value; a field that no column holds keeps its name, and is refused as a title."""
    flat: dict[str, Any] = {}
    for name, part in value.items():
        if name in _NESTED and (part is None or isinstance(part, dict)):
            columns = {c.path[1]: c.title for c in COLUMNS if c.path[0] == name and len(c.path) > 1}
            flat |= dict.fromkeys(columns.values())
            flat |= {columns.get(inner, f"{name}.{inner}"): text for inner, text in (part or {}).items()}
        else:
            flat[next((c.title for c in COLUMNS if c.path == (name,)), name)] = part
    return flat


def _cell(value: Any) -> Cell:
    empty = value is None or value == "" or value == []
    return Cell(None if empty else guarded("json:" + json.dumps(value, ensure_ascii=False)))


def jsonl_bytes(articles: Iterable[Article]) -> bytes:
    """Articles with every field, one a line."""
    return objects_bytes(article.model_dump(mode="json", by_alias=True) for article in articles)


def objects_bytes(values: Iterable[dict[str, Any]]) -> bytes:
    """Objects, one a line."""
    return "".join(json.dumps(value, ensure_ascii=False) + "\n" for value in values).encode("utf-8", "replace")
