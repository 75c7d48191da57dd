"""Are numerals that count something read, and those that do not left alone?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.tokenizer.numerals import arabic, numerals

# fmt: off
LEFT = [
    "一下", "一样", "一起", "统一年限", "万一三", "十分", "千万", "百万医疗",
    "三者险", "第三者", "第三方", "四s店", "一分钱", "一次性", "一块儿", "合同一份",
    "周六周日", "周六日", "几十天", "数十天", "十几天", "两三天", "三五年", "七八年",
    "二十五六天", "三分之一年", "一万二", "三十万一年", "3千元", "第三十几条", "百分之二三十",
]
# fmt: on

some = st.text("零〇一二两三四五六七八九十百千万亿几数点第分之天年个月元块万%次性周日统单同")


@pytest.mark.parametrize(
    ("numeral", "digits"),
    [
        ("十", "10"),
        ("十五", "15"),
        ("二十", "20"),
        ("一百", "100"),
        ("一百零七", "107"),
        ("一百八十", "180"),
        ("一千二百一十三", "1213"),
        ("一千零五", "1005"),
        ("两万五千", "25000"),
        ("二〇二一", "2021"),
        ("三点五", "3.5"),
        ("零点五", "0.5"),
    ],
)
def test_value(numeral: str, digits: str) -> None:
    assert arabic(numeral) == digits


@given(some)
def test_stretches_follow_each_other_and_hold_enough_room_for_their_digits(text: str) -> None:
    end = 0
    for numeral in numerals(text):
        assert end <= numeral.start <= numeral.first < numeral.end <= len(text)
        assert numeral.digits.rstrip("%").replace(".", "").isdecimal()
        end = numeral.end


@pytest.mark.parametrize("text", LEFT)
def test_left_alone(text: str) -> None:
    assert list(numerals(text)) == []
