"""Does every question get an id that the schema takes, and never one that is taken?"""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.schema import ID_PATTERN, MAX_ID
from articles.tables.slug import slug


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("怎么退保？", "zen-me-tui-bao"),
        ("ETC 绿色通道", "etc-lv-se-tong-dao"),
        ("ＶＩＰ１", "vip1"),
        ("？？？", "wen-ti"),
        ("a" * 90, "a" * 48),
        ("理赔材料交齐以后一共需要等待多久才会通知结果", "li-pei-cai-liao-jiao-qi-yi-hou-yi-gong-xu-yao"),
    ],
)
def test_the_sound_of_a_question(question: str, name: str) -> None:
    assert slug(question, ()) == name


def test_a_taken_name_gets_a_number() -> None:
    assert slug("怎么退保", {"zen-me-tui-bao", "zen-me-tui-bao-2"}) == "zen-me-tui-bao-3"


@given(st.text(), st.sets(st.sampled_from(["wen-ti", "wen-ti-2", "a"])))
def test_any_text_gives_a_good_id(text: str, taken: set[str]) -> None:
    name = slug(text, taken)
    assert re.match(ID_PATTERN, name)
    assert len(name) <= MAX_ID
    assert name not in taken
