"""Is a cell never a formula, and does every text come back exactly?"""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.tables.cells import BadCell, Cell, cell_text, guarded, unguarded
from tests.articles.tables.conftest import ANY


@given(st.one_of(ANY, st.text("'=+-@＝\t\r\n\\u0041_x5F1.2E", max_size=12)))
def test_what_is_guarded_comes_back_and_is_no_formula(text: str) -> None:
    cell = guarded(text)
    assert unguarded(cell) == text
    assert cell_text(Cell(cell), is_date=False) == text
    assert not cell.startswith(tuple("=+-@＝＋－＠\t\r\n"))
    assert "\r" not in cell


@pytest.mark.parametrize("text", ['=HYPERLINK("http://x","y")', "+1", "-1", "@SUM(A1)", "\t=1", "＝1"])
def test_formulas_get_an_apostrophe(text: str) -> None:
    assert guarded(text).startswith("'")


def test_ordinary_text_stays_as_it_is() -> None:
    for text in ("退保能退多少钱？", "第一行\n- 第二行", "a=b", "'引号'", "10-20 元", "C:\\users", "1e5"):
        assert guarded(text) == text


@pytest.mark.parametrize(
    ("value", "number_format", "said"),
    [
        (12000000000.0, "0.00E+00", "12000000000"),
        (3, "General", "3"),
        (0.5, "General", "0.5"),
        (True, "General", "是"),
        (None, "General", ""),
        ("甲\r\n乙\r丙", "@", "甲\n乙\n丙"),
    ],
)
def test_numbers_and_line_ends_of_a_spreadsheet(value: str | float | None, number_format: str, said: str) -> None:
    assert cell_text(Cell(value, number_format), is_date=False) == said


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (Cell("=A1", is_formula=True), "公式"),
        (Cell("#N/A", is_error=True), "错误值"),
        (Cell(6.2e18), "超过 15 位"),
        (Cell(float("nan")), "超过 15 位"),
        (Cell(0.3, "0%"), "百分号"),
        (Cell(0.5, "0.00"), "带格式的数字"),
        (Cell("1.2E+10"), r"改成 1\.2E\+10"),
        (Cell(datetime(2027, 3, 5)), "当成了日期"),
        (Cell(time(10, 30)), "当成了日期或时间"),
    ],
)
def test_what_excel_has_changed_is_told(cell: Cell, said: str) -> None:
    with pytest.raises(BadCell, match=said) as told:
        cell_text(cell, is_date=False)
    assert told.value.fix


def test_dates_in_a_column_of_dates() -> None:
    assert cell_text(Cell(datetime(2027, 6, 30)), is_date=True) == "2027-06-30"
    assert cell_text(Cell(date(2027, 6, 30)), is_date=True) == "2027-06-30"
    with pytest.raises(BadCell, match="2027-06-30 08:00"):
        cell_text(Cell(datetime(2027, 6, 30, 8)), is_date=True)
