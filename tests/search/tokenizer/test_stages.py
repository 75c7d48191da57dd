"""Does every stage keep track of where each character came from?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.tokenizer.stages import STAGES, Stage, Traced, fold

anything = st.text(st.characters(codec=None))


@pytest.mark.parametrize("stage", STAGES)
@given(text=anything)
def test_stage_keeps_origins(stage: Stage, text: str) -> None:
    traced = stage(Traced.of(text))
    assert len(traced.text) == len(traced.origin)
    assert all(0 <= origin < len(text) for origin in traced.origin)
    assert list(traced.origin) == sorted(traced.origin)


@given(anything)
def test_folding_twice_is_folding_once_for_plain_text(text: str) -> None:
    once = fold(text).text
    assert len(fold(once).text) == len(fold(once).origin)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ＡＢＣ１２３", "abc123"),
        ("保單怎麼查", "保单怎么查"),
        ("理賠時限", "理赔时限"),
        ("㈱", "(株)"),
        ("ﾎｹﾝ", "ホケン"),
        ("a\x00b", "a b"),
        ("\ud800退保", " 退保"),
        ("", ""),
        ("等三十天", "等30天"),
        ("兩年", "2年"),
        ("十五日", "15日"),
        ("一百八十天", "180天"),
        ("五千元", "5000元"),
        ("2万", "2万"),
        ("两万", "2万"),
        ("一万二千元", "12000元"),
        ("百分之八十", "80%"),
        ("百分之三点五", "3.5%"),
        ("第二十三条第一款", "第23条第1款"),
        ("合同一年一签", "合同1年一签"),
        ("二〇二一年十一月五日", "2021年11月5日"),
        ("三个月和二十四小时", "3个月和24小时"),
        ("万一三天没到", "万一3天没到"),
    ],
)
def test_folded(text: str, folded: str) -> None:
    assert fold(text).text == folded


def test_span_points_into_the_original() -> None:
    traced = fold("㈱退保")
    start = traced.text.index("退")
    assert traced.span(start, start + 2) == (1, 3)
    assert traced.span(0, 3) == (0, 1)


@pytest.mark.parametrize(
    ("text", "digits", "numeral"),
    [
        ("等三十天内", "30", "三十"),
        ("等十天内", "10", "十"),
        ("满一百八十天", "180", "一百八十"),
        ("共一千二百一十三元", "1213", "一千二百一十三"),
        ("共五千元", "5000", "五千"),
        ("赔百分之八十吗", "80", "八十"),
        ("赔百分之八吗", "8", "八"),
        ("共㈱三十天", "30", "三十"),
    ],
)
def test_span_of_digits_is_the_whole_numeral(text: str, digits: str, numeral: str) -> None:
    traced = fold(text)
    at = traced.text.index(digits)
    start, end = traced.span(at, at + len(digits))
    assert text[start:end] == numeral


@given(st.text("零一二两三十百千万点分之第天年元个月次兩萬㈱"))
def test_folding_keeps_origins_where_numerals_abound(text: str) -> None:
    traced = fold(text)
    assert len(traced.text) == len(traced.origin)
    assert all(0 <= origin < len(text) for origin in traced.origin)
    assert list(traced.origin) == sorted(traced.origin)
