"""Is a question suggested for the text, the pinyin and the first letters of a word that it holds, in this order?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.checking import load_checked
from core.paths import Root
from search.beginnings import beginnings
from search.documents import Record
from search.local import public_records
from search.suggestions import Beginnings
from search.tokenizer import Chain
from tests.conftest import GOOD


@pytest.fixture(scope="module")
def some() -> Record:
    """Any record, to be given questions."""
    return public_records(load_checked(Root.at(GOOD)), date.today())[0]


@pytest.fixture(scope="module")
def starts(some: Record, chain: Chain) -> Beginnings:
    asked = [
        ("怎么退保？", "不想要了能退吗", "tb 是什么意思"),
        ("理赔要多久？", "我在 APP 上报案了，三十天还没赔"),
        ("同时买两份行不行？", "退保证金要几天"),
        ("手机 app 登录不上？",),
    ]
    records = [replace(some, question=question, similar=tuple(similar)) for question, *similar in asked]
    return made(records, chain)


def made(records: list[Record], chain: Chain) -> Beginnings:
    return Beginnings.of(row for n, record in enumerate(records) for row in beginnings(record, n, chain))


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
        ("sanshitian", []),  # a 相似问 is spelled from its start only
        ("wozaiapp", [(1, 1)]),
        ("uib", []),
        ("' ", []),
        ("", []),
    ],
)
def test_matching(starts: Beginnings, typed: str, found: list[tuple[int, int]]) -> None:
    assert starts.matching(typed) == found


def test_text_comes_before_pinyin_before_first_letters_and_a_title_first_in_each(some: Record, chain: Chain) -> None:
    asked = [("报案", "安全"), ("哀伤", "an 是什么"), ("安全", "爱你"), ("app", "安心")]
    records = [replace(some, question=question, similar=(similar,)) for question, similar in asked]
    found = made(records, chain).matching("an")
    assert found[0] == (1, 1)
    assert found[1] == (2, 0)
    assert set(found[2:4]) == {(0, 1), (3, 1)}
    assert found[4:] == [(2, 1)]


def test_beginnings_are_sorted_and_short(starts: Beginnings) -> None:
    texts = starts.text.tolist()
    assert texts == sorted(texts)
    assert max(map(len, texts)) <= 36


def test_merged_and_renumbered_equal_what_is_made_at_once(some: Record, chain: Chain) -> None:
    asked = [("怎么退保？", "能退吗"), ("理赔要多久？",), ("保单怎么查？",)]
    records = [replace(some, question=question, similar=tuple(similar)) for question, *similar in asked]
    whole = made(records, chain)
    later = whole.renumbered(np.array([1, -1, 0], dtype=np.int32))
    first = made(records[1:2], chain).renumbered(np.array([2], dtype=np.int32))
    merged = Beginnings.merged([later, first])
    again = made([records[2], records[0], records[1]], chain)
    for typed in ("退", "理赔", "bao", "lp", "保单"):
        assert merged.matching(typed) == again.matching(typed)


@given(typed=st.text(st.characters(codec=None), max_size=40))
def test_whatever_is_typed_finds_questions_that_there_are(starts: Beginnings, typed: str) -> None:
    places = set(zip(starts.article.tolist(), starts.question.tolist(), strict=True))
    found = starts.matching(typed)
    assert len(found) == len(set(found))
    assert set(found) <= places
