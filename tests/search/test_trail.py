"""Is what a visit has asked and seen told in a few plain words, without personal data?"""

from __future__ import annotations

from search.trail import KEPT, LONGEST, Trail, Turn, extended, told

QUESTIONS = {"a": "怎么退保？", "b": "保单丢了怎么补？"}


def test_each_turn_is_a_sentence() -> None:
    trail: Trail = ()
    for turn in (Turn.of("退", "choose", ["a", "b"]), Turn.of("补", "answer", ["b"]), Turn.of("嗯", "unsure", [])):
        trail = extended(trail, turn)
    assert told(trail, QUESTIONS) == [
        "我问“退”，给我选的是“怎么退保？”“保单丢了怎么补？”，都不是。",
        "我问“补”，看了“保单丢了怎么补？”这条。",
        "我问“嗯”，没有找到答案。",
    ]


def test_a_choice_takes_the_place_of_the_choices() -> None:
    trail = extended((Turn.of("退", "choose", ["a", "b"]),), Turn.of("退", "answer", ["a"]))
    assert told(trail, QUESTIONS) == ["我问“退”，看了“怎么退保？”这条。"]


def test_personal_data_is_masked_and_length_is_bounded() -> None:
    turn = Turn.of("我的手机号13812345678，" + "退" * 400, "unsure", [])
    assert "13812345678" not in turn.asked
    assert "〔手机号〕" in turn.asked
    assert len(turn.asked) == LONGEST


def test_only_the_last_few_are_kept() -> None:
    trail: Trail = ()
    for number in range(20):
        trail = extended(trail, Turn.of(f"第{number}问", "unsure", []))
    assert [turn.asked for turn in trail] == [f"第{n}问" for n in range(20 - KEPT, 20)]


def test_an_article_that_is_gone_is_not_named() -> None:
    assert told((Turn.of("退", "answer", ["gone"]),), QUESTIONS) == ["我问“退”，没有找到答案。"]
