"""How is a CSV file read and written? In whichever encoding and with whichever separator a spreadsheet has saved it."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from pathlib import Path

from articles.files import MAX_BYTES, looks_like
from articles.tables.cells import Cell
from articles.tables.columns import BY_TITLE
from articles.tables.table import Table, gather
from core.errors import TableError

_SEPARATORS = ",;\t"


def read_csv(path: Path) -> Table:
    """A CSV file in UTF-8, UTF-16 with its mark, or GB18030, with commas, semicolons or tabs.

    Raises TableError when it cannot be read.
    """
    raw = path.read_bytes()
    text = _decoded(raw)
    if text is None or (separator := _separator(text)) is None:
        raise TableError(*_not_understood(path.name, raw, text))
    csv.field_size_limit(MAX_BYTES)
    return gather(path.name, _lines(path.name, text, separator))


def _decoded(raw: bytes) -> str | None:
    kinds = ["utf-16"] if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "gb18030"]
    for kind in kinds:
        try:
            return raw.decode(kind)
        except UnicodeDecodeError:
            continue
    return None


def _separator(text: str) -> str | None:
    """The separator that shows most columns that we know; None when none shows one."""
    head = text.lstrip("\r\n").split("\n", 1)[0].strip("\r")

    def known(separator: str) -> int:
        titles = next(csv.reader([head], delimiter=separator), [])
        return sum(title.strip() in BY_TITLE for title in titles)

    best = max(_SEPARATORS, key=known)
    return best if known(best) else None


def _not_understood(name: str, raw: bytes, text: str | None) -> tuple[str, str]:
    if text is None or not _is_utf8(raw):
        return f"{name} 读不懂，看起来是 {looks_like(raw)}", "另存为“CSV UTF-8”，第一行写列名（编号、标准问……）"
    return (
        f"{name} 的第一行没有认得的列名",
        "第一行写 编号、标准问、相似问、答案、分类；kb import --template 会给出模板",
    )


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _lines(name: str, text: str, separator: str) -> Iterator[list[Cell]]:
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for line in reader:
            yield [Cell(value) for value in line]
    except csv.Error as error:
        fix = "检查这一行前后的英文双引号：格子里的双引号要写两个，并且成对"
        raise TableError(f"{name} 在文件的第 {reader.line_num} 行断开了，引号没有配对或格子太长", fix) from error


def csv_bytes(lines: Iterable[Sequence[str]]) -> bytes:
    """Lines of guarded text as CSV that Excel opens as UTF-8. Every cell is quoted, whatever separator a program expects."""
    written = StringIO(newline="")
    csv.writer(written, quoting=csv.QUOTE_ALL).writerows(lines)
    return written.getvalue().encode("utf-8-sig")
