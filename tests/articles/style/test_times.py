"""Which lengths of time does a text name?"""

from __future__ import annotations

import pytest

from articles.style.times import Span, deadlines, spans


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("30 日内核定", [Span(30, "日")]),
        ("三十天以内", [Span(30, "自然日")]),
        ("一百八十日之内", [Span(180, "日")]),
        ("十个工作日办好", [Span(10, "工作日")]),
        ("3 个工作日内", [Span(3, "工作日")]),
        ("48 小时内、两个小时内", [Span(48, "小时"), Span(2, "小时")]),
        ("6 个月内", [Span(6, "个月")]),
        ("两年内", [Span(2, "年")]),
        ("满 30 日以后，2026 年 5 月 1 日起", []),
        ("30 日内容", []),
        ("一日三餐", []),
    ],
)
def test_deadlines(text: str, wanted: list[Span]) -> None:
    assert [span for span, _ in deadlines(text)] == wanted


def test_days_are_days_and_working_days_are_not() -> None:
    assert spans("30 日、30 天、30 个自然日") == [Span(30, "日")] * 3
    assert Span(30, "工作日") != Span(30, "日")
    assert str(Span(3, "工作日")) == "3 个工作日"
