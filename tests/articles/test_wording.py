"""Are changed words marked as one would say them?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.wording import Piece, marked, rewordings


def told(old: str, new: str) -> list[tuple[str, str]]:
    def marked(pieces: tuple[Piece, ...]) -> str:
        return "".join(f"【{p.text}】" if p.changed else p.text for p in pieces)

    return [(marked(r.old), marked(r.new)) for r in rewordings(old, new)]


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("齐了，10日内付款。谢谢。", "齐了，30日内付款。谢谢。", [("【10日内】付款", "【30日内】付款")]),
        ("谈妥以后十天内付款。", "谈妥以后三十天内付款。", [("谈妥以后【十天内】付款", "谈妥以后【三十天内】付款")]),
        ("依据第二十三条第一款", "依据第二十四条", [("依据【第二十三条第一款】", "依据【第二十四条】")]),
        (
            "先报案。再拍照。后修车。",
            "先打电话。再拍照。后买车。",
            [("先【报案】", "先【打电话】"), ("后【修】车", "后【买】车")],
        ),
        ("带身份证。", "带身份证和保单。", [("带身份证", "带身份证【和保单】")]),
        ("全是旧话", "另外一句新的", [("【全是旧话】", "【另外一句新的】")]),
        ("", "新的。", [("【】", "【新的。】")]),
        ("一样", "一样", []),
    ],
)
def test_changed_words_stand_in_their_clause(old: str, new: str, wanted: list[tuple[str, str]]) -> None:
    assert told(old, new) == wanted


@given(st.text("甲乙，。 10日\n", max_size=30), st.text("甲乙，。 10日\n", max_size=30))
def test_every_stretch_is_from_its_text_and_something_in_it_differs(old: str, new: str) -> None:
    found = rewordings(old, new)
    assert bool(found) == (old != new)
    for stretch in found:
        before, after = "".join(p.text for p in stretch.old), "".join(p.text for p in stretch.new)
        assert before in old
        assert after in new
        assert before != after


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("齐了，10日内付款。谢谢。", "齐了，30日内付款。谢谢。", "齐了，[-10日内][+30日内]付款。谢谢。"),
        ("带身份证。", "带身份证和保单。", "带身份证[+和保单]。"),
        ("全是旧话", "另外一句新的", "[-全是旧话][+另外一句新的]"),
        ("", "新的", "[+新的]"),
        ("旧的", "", "[-旧的]"),
        ("前" * 80 + "旧" + "后" * 80, "前" * 80 + "新" + "后" * 80, f"……{'前' * 30}[-旧][+新]{'后' * 30}……"),
    ],
)
def test_both_texts_as_one(old: str, new: str, wanted: str) -> None:
    signs = {"same": "{}", "del": "[-{}]", "ins": "[+{}]"}
    assert "".join(signs[piece.kind].format(piece.text) for piece in marked(old, new)) == wanted


@given(st.text("甲乙，。 10日\n", max_size=30), st.text("甲乙，。 10日\n", max_size=30))
def test_both_texts_can_be_read_out_of_one(old: str, new: str) -> None:
    pieces = marked(old, new)
    assert "".join(piece.text for piece in pieces if piece.kind != "ins") == old
    assert "".join(piece.text for piece in pieces if piece.kind != "del") == new
