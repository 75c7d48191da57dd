"""Which texts count as nearly the same?"""

from __future__ import annotations

import random

from articles.style.near import near

LONG = "退保由投保人本人带身份证、保单和银行卡到柜台办，家里别的人不能代办，丢了保单的先问公司。"


def test_spaces_and_punctuation_do_not_count() -> None:
    found = near({"a": LONG, "b": LONG.replace("，", " , ")}, 4, 0.8)
    assert found == {"b": ("a", 1.0)}


def test_one_changed_word_is_near_and_another_text_is_not() -> None:
    texts = {
        "a": LONG,
        "b": LONG.replace("柜台", "网点"),
        "c": "理赔款十日内到账，到不了的打电话问一问，把报案号准备好。",
    }
    found = near(texts, 4, 0.7)
    assert set(found) == {"b"}
    assert found["b"].key == "a"
    assert 0.7 <= found["b"].share < 1


def test_short_and_empty_texts() -> None:
    assert near({"a": "申请。", "b": "申请！", "c": "", "d": "。", "e": "不行"}, 4, 0.8) == {"b": ("a", 1.0)}


def test_finds_what_comparing_each_with_each_finds() -> None:
    chance = random.Random(4)
    words = ["退保", "保单", "柜台", "身份证", "银行卡", "投保人", "公司", "电话", "材料", "本人", "十日", "到账"]
    texts: dict[str, str] = {}
    for i in range(120):
        drawn = chance.choices(words, k=14)
        texts[f"{i:03}"] = "".join(drawn)
        if i % 3 == 0:
            texts[f"{i:03}x"] = "".join(chance.choice(words) if k == 5 else word for k, word in enumerate(drawn))

    def pieces(text: str) -> set[str]:
        return {text[i : i + 3] for i in range(len(text) - 2)}

    keys = list(texts)
    wanted = {
        b
        for j, b in enumerate(keys)
        for a in keys[:j]
        if len(pieces(texts[a]) & pieces(texts[b])) / len(pieces(texts[a]) | pieces(texts[b])) >= 0.6
    }
    assert len(wanted) > 20
    assert set(near(texts, 3, 0.6)) == wanted


def test_a_thousand_copies_are_all_found() -> None:
    found = near({str(i): LONG for i in range(1000)}, 4, 0.8)
    assert len(found) == 999
