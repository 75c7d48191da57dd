"""Are snippets safe and do they show why?"""

from __future__ import annotations

from search.snippets import WIDTH, mark, snippet
from search.tokenizer.stages import fold


def test_spans_that_touch_become_one() -> None:
    assert mark("甲乙丙丁", [(0, 1), (1, 2), (3, 4)], 0, 4) == "<mark>甲乙</mark>丙<mark>丁</mark>"


def test_text_is_escaped() -> None:
    assert mark("<b>退&", [(3, 4)], 0, 5) == "&lt;b&gt;<mark>退</mark>&amp;"


def test_starts_at_the_sentence_that_matches() -> None:
    text = "先说别的。" * 40 + "退保退的是现金价值。" + "后面。" * 40
    shown = snippet(text, fold(text), ["现金", "价值"])
    assert shown.startswith("……退保退的是<mark>现金价值</mark>。")
    assert shown.endswith("……")
    assert len(shown.replace("<mark>", "").replace("</mark>", "")) <= WIDTH + 4


def test_no_match_shows_the_beginning() -> None:
    assert snippet("短文。", fold("短文。"), ["没有"]) == "短文。"


def test_marks_stand_in_the_text_as_it_was_written() -> None:
    text = "過了三十天，ＡＰＰ也能退保。"
    shown = snippet(text, fold(text), ["30", "app", "过", "退保"])
    assert shown == "<mark>過</mark>了<mark>三十</mark>天，<mark>ＡＰＰ</mark>也能<mark>退保</mark>。"
