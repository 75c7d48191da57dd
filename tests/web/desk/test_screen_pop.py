"""Does a screen-pop show who is on the line, and never a whole number or anything that a page would run?"""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.desk.screen_pop import BAD_REFERENCE, ScreenPop, screen_pop


@pytest.mark.parametrize(
    "number",
    [
        "13812345678",
        "+86 138-1234-5678",
        "tel:+8613812345678",
        "(010) 6234 5678",
        "１３８１２３４５６７８",
        " 138\u200b1234\n5678",
        "95515678",
    ],
)
def test_of_a_number_four_digits_stay(number: str) -> None:
    assert screen_pop({"contact": number}) == ScreenPop(label="来电 尾号5678")


@pytest.mark.parametrize(
    ("given", "label"),
    [
        ("", ""),
        ("王女士", "王女士"),
        ("坐席转接 13812345678 王女士", "坐席转接 尾号5678 王女士"),
        ("sip:13812345678@pbx", "尾号5678@pbx"),
        ("微信 3 号窗口", "微信 3 号窗口"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),  # text: the template escapes it
        ("a\0b\x1b[31m\u202ec", "a b [31m c"),
        ("字" * 41, "字" * 40),
        ("\ud800x", "x"),
    ],
)
def test_anything_else_is_text(given: str, label: str) -> None:
    assert screen_pop({"contact": given}).label == label


def test_the_number_of_the_case() -> None:
    assert screen_pop({"ref": " RD2027/1 ", "contact": "王女士"}) == ScreenPop("王女士", "RD2027/1")
    assert screen_pop({}) == screen_pop({"ref": " "}) == ScreenPop()
    for wrong in ("<b>", "13812345678", "x" * 41, "a b", "'; DROP TABLE contacts; --", "../../etc", "王女士"):
        assert screen_pop({"ref": wrong}) == ScreenPop(told=BAD_REFERENCE)


@given(st.text(max_size=300), st.text(max_size=300))
def test_whatever_comes_is_short_and_holds_no_number(contact: str, reference: str) -> None:
    found = screen_pop({"contact": contact, "ref": reference})
    assert len(found.label) <= 40
    assert all(c.isprintable() for c in found.label)
    assert not re.search(r"\d{7}", found.label)
    assert re.fullmatch(r"[A-Za-z0-9_/-]{0,40}", found.reference)
