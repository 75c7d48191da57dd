"""Is a question suggested for the text, the pinyin and the first letters of a word that it holds, in this order?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.checking import load_checked
from core.paths import Root
from search.documents import Record
from search.local import public_records
from search.suggestions import Beginning, beginnings, matching
from search.tokenizer import Chain
from tests.conftest import GOOD


@pytest.fixture(scope="module")
def some() -> Record:
    """Any record, to be given questions."""
    return public_records(load_checked(Root.at(GOOD)), date.today())[0]


@pytest.fixture(scope="module")
def starts(some: Record, chain: Chain) -> list[Beginning]:
    asked = [
        ("怎么退保？", "不想要了能退吗", "tb 是什么意思"),
        ("理赔要多久？", "我在 APP 上报案了，三十天还没赔"),
        ("同时买两份行不行？", "退保证金要几天"),
        ("手机 app 登录不上？",),
    ]
    records = [replace(some, question=question, similar=tuple(similar)) for question, *similar in asked]
    return beginnings(records, chain)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("退保", [(0, 0), (2, 1)]),
        ("tuib", [(0, 0), (2, 1)]),
        ("tui b", [(0, 0), (2, 1)]),
        ("tui'bao", [(0, 0), (2, 1)]),
        ("ＴＵＩＢ", [(0, 0), (2, 1)]),
        ("tb", [(0, 2), (0, 0), (2, 1)]),
        ("lipei", [(1, 0)]),
        ("lipeiyaod", [(1, 0)]),
        ("lpyd", [(1, 0)]),
        ("app", [(3, 0), (1, 1)]),
        ("app deng", [(3, 0)]),
        ("appdl", [(3, 0)]),
        ("zenmetui", [(0, 0)]),
        ("三十", [(1, 1)]),
        ("三十天", [(1, 1)]),
        ("30天", [(1, 1)]),
        ("sanshitian", [(1, 1)]),
        ("30tian", [(1, 1)]),
        ("uib", []),
        ("' ", []),
        ("", []),
    ],
)
def test_matching(starts: list[Beginning], typed: str, found: list[tuple[int, int]]) -> None:
    assert matching(starts, typed) == found


def test_text_comes_before_pinyin_before_first_letters_and_a_title_first_in_each(some: Record, chain: Chain) -> None:
    asked = [("报案", "安全"), ("哀伤", "an 是什么"), ("安全", "爱你"), ("app", "安心")]
    records = [replace(some, question=question, similar=(similar,)) for question, similar in asked]
    found = matching(beginnings(records, chain), "an")
    assert found[0] == (1, 1)
    assert found[1] == (2, 0)
    assert set(found[2:4]) == {(0, 1), (3, 1)}
    assert found[4:] == [(2, 1)]


def test_beginnings_are_sorted_and_short(starts: list[Beginning]) -> None:
    assert starts == sorted(set(starts))
    assert max(len(text) for text, *_ in starts) <= 24


@given(typed=st.text(st.characters(codec=None), max_size=40))
def test_whatever_is_typed_finds_questions_that_there_are(starts: list[Beginning], typed: str) -> None:
    places = {(article, number) for _, _, article, number in starts}
    found = matching(starts, typed)
    assert len(found) == len(set(found))
    assert set(found) <= places
