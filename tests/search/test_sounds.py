"""Does every character get the sound that it has in its word?"""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from search.sounds import sounds


def test_a_character_sounds_as_in_its_word() -> None:
    assert sounds(["重疾", "险"]) == ["zhong", "ji", "xian"]
    assert sounds(["银行", "绿色"]) == ["yin", "hang", "lv", "se"]


def test_what_has_no_sound_stands_for_itself() -> None:
    assert sounds(["app", "登录", "？"]) == ["a", "p", "p", "deng", "lu", "？"]


@given(st.lists(st.text(min_size=1)))
def test_one_sound_a_character(words: list[str]) -> None:
    assert len(sounds(words)) == sum(map(len, words))
