"""Is every file that an editor's program saves read, and every other one refused in one sentence?"""

from __future__ import annotations

import zipfile
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook

from articles.tables.cells import Cell
from articles.tables.reading import read_table
from articles.tables.table import MAX_ROWS, Table
from core.errors import TableError

HEAD = ["编号", "标准问", "答案", "分类"]
LINE = ["", "怎么“退保”？", "第一行\n第二行，有逗号；有分号", "保单查询"]


def texts(table: Table) -> list[list[object]]:
    return [[cell.value for cell in row.cells] for row in table.rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_of_every_program(tmp_path: Path, encoding: str, separator: str) -> None:
    lines = [separator.join(HEAD), separator.join(f'"{cell}"' for cell in LINE), "", separator * 3]
    path = tmp_path / "a.CSV"
    path.write_bytes("\r\n".join(lines).encode(encoding))
    table = read_table(path)
    assert table.titles == HEAD
    assert [row.number for row in table.rows] == [2]
    assert texts(table) == [LINE]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("編號,標準問,答案\n1,怎麼辦理退保手續呢,請您攜帶身分證\n".encode("big5"), "看起来是"),
        (b"\x00\x01\xff\xfe\x80" * 50, "看起来是"),
        ("问题,回答\n甲,乙\n".encode(), "没有认得的列名"),
        ('编号,标准问\na,"没有配对\n'.encode(), "引号没有配对"),
        ("编号,标准问\na,".encode() + b"x" * 1_100_000, "格子太长"),
        (b"", "没有认得的列名"),
    ],
)
def test_csv_that_cannot_be_read(tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "a.csv").write_bytes(content)
    with pytest.raises(TableError, match=said) as told:
        read_table(tmp_path / "a.csv")
    assert told.value.fix


def test_a_workbook_of_excel(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "别的名字"
    sheet.append(["编号", "标准问", "复核日期"])
    sheet.append([])
    sheet.append(["a", 12000000000.0, datetime(2027, 6, 30)])
    sheet.append(["b", "=A1&B1", "#N/A"])
    book.save(tmp_path / "a.xlsx")
    table = read_table(tmp_path / "a.xlsx")
    assert [row.number for row in table.rows] == [3, 4]
    first, second = table.rows
    assert [cell.value for cell in first.cells] == ["a", 12000000000, datetime(2027, 6, 30)]
    assert second.cells[1] == Cell("=A1&B1", is_formula=True)
    assert second.cells[2].is_error


def test_the_sheet_of_articles_is_read_wherever_it_stands(tmp_path: Path) -> None:
    book = Workbook()
    book.create_sheet("文章").append(["标准问"])
    book.save(tmp_path / "a.xlsx")
    assert read_table(tmp_path / "a.xlsx").titles == ["标准问"]


def saved(path: Path, change: dict[str, bytes] | None = None, cell: str = "B2") -> Path:
    """A workbook with one more cell, and with parts put in or exchanged."""
    book, plain = Workbook(), BytesIO()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet[cell] = "标准问", "x"
    book.save(plain)
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in (change or {}):
                new.writestr(name, old.read(name))
        for name, content in (change or {}).items():
            new.writestr(name, content)
    return path


SHEET = "xl/worksheets/sheet1.xml"
BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><worksheet>&b;</worksheet>'
FAR_ROW = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    b'<row r="1"><c r="A1"><v>1</v></c></row><row r="99999999999"><c r="A99999999999"><v>1</v></c></row></sheetData></worksheet>'
)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"xl/vbaProject.bin": b"x"}, "带有宏"),
        ({"xl/externalLinks/externalLink1.xml": b"<x/>"}, "链接着别的工作簿"),
        ({"xl/media/big.bin": b"\0" * (300 * 1024 * 1024)}, "解开后有 300 MiB"),
        ({f"xl/x{i}": b"" for i in range(2100)}, "太大"),
        ({SHEET: BOMB}, "读不出来"),
        ({SHEET: b"<worksheet><"}, "读不出来"),
        ({"xl/workbook.xml": b"nonsense"}, "读不出来"),
        ({SHEET: FAR_ROW}, f"超过 {MAX_ROWS} 行"),
    ],
    ids=["macro", "link", "bomb", "parts", "entities", "cut", "workbook", "row"],
)
def test_workbooks_that_are_refused(tmp_path: Path, change: dict[str, bytes], said: str) -> None:
    with pytest.raises(TableError, match=said) as told:
        read_table(saved(tmp_path / "a.xlsx", change))
    assert told.value.fix


def test_a_cell_far_to_the_right(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="最多 200 列"):
        read_table(saved(tmp_path / "a.xlsx", cell="GS1"))


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.xlsx", b"PK\x03\x04 half", "不是 .xlsx 文件"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "旧的 .xls，或者加了密码"),
        ("a.xls", b"", "不认识"),
        ("a.xlsm", b"", "不认识"),
        ("a.jsonl", b"[1]\n", "第 1 行不是一个 JSON 对象"),
        ("a.jsonl", b'{"id": "x"}\n{"id"\n', "第 2 行不是一个 JSON 对象"),
        ("a.jsonl", b"[" * 100_000, "第 1 行不是一个 JSON 对象"),
        ("a.jsonl", b"\xff", "不是 UTF-8"),
    ],
)
def test_files_that_are_something_else(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(TableError, match=said):
        read_table(tmp_path / name)


def test_too_big_and_not_there(tmp_path: Path) -> None:
    with (tmp_path / "a.csv").open("wb") as file:
        file.truncate(65 * 1024 * 1024)
    with pytest.raises(TableError, match="65 MiB"):
        read_table(tmp_path / "a.csv")
    with pytest.raises(TableError, match="读不出来"):
        read_table(tmp_path / "none.csv")


def test_too_many_rows(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("标准问\n" + "x\n" * (MAX_ROWS + 1), "utf-8")
    with pytest.raises(TableError, match="拆成几个文件"):
        read_table(tmp_path / "a.csv")
