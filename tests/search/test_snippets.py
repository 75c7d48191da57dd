"""Are snippets safe and do they show why?"""

from __future__ import annotations

from search.snippets import WIDTH, mark, snippet
from search.tokenizer import Chain


def test_spans_that_touch_become_one() -> None:
    assert mark("甲乙丙丁", [(0, 1), (1, 2), (3, 4)], 0, 4) == "<mark>甲乙</mark>丙<mark>丁</mark>"


def test_text_is_escaped() -> None:
    assert mark("<b>退&", [(3, 4)], 0, 5) == "&lt;b&gt;<mark>退</mark>&amp;"


def test_starts_at_the_sentence_that_matches(chain: Chain) -> None:
    text = "先说别的。" * 40 + "退保退的是现金价值。" + "后面。" * 40
    shown = snippet(text, {"现金", "价值"}, lambda t: tuple(chain.tokens(t)))
    assert shown.startswith("……退保退的是<mark>现金价值</mark>。")
    assert shown.endswith("……")
    assert len(shown.replace("<mark>", "").replace("</mark>", "")) <= WIDTH + 4


def test_no_match_shows_the_beginning(chain: Chain) -> None:
    assert snippet("短文。", {"没有"}, lambda t: tuple(chain.tokens(t))) == "短文。"
