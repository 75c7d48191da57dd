"""Does every stage keep track of where each character came from?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.tokenizer.stages import STAGES, Stage, Traced, fold

anything = st.text(st.characters(codec=None))


@pytest.mark.parametrize("stage", STAGES)
@given(text=anything)
def test_stage_keeps_origins(stage: Stage, text: str) -> None:
    traced = stage(Traced.of(text))
    assert len(traced.text) == len(traced.origin)
    assert all(0 <= origin < len(text) for origin in traced.origin)
    assert list(traced.origin) == sorted(traced.origin)


@given(anything)
def test_folding_twice_is_folding_once_for_plain_text(text: str) -> None:
    once = fold(text).text
    assert len(fold(once).text) == len(fold(once).origin)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ＡＢＣ１２３", "abc123"),
        ("保單怎麼查", "保单怎么查"),
        ("理賠時限", "理赔时限"),
        ("㈱", "(株)"),
        ("ﾎｹﾝ", "ホケン"),
        ("a\x00b", "a b"),
        ("\ud800退保", " 退保"),
        ("", ""),
    ],
)
def test_folded(text: str, folded: str) -> None:
    assert fold(text).text == folded


def test_span_points_into_the_original() -> None:
    traced = fold("㈱退保")
    start = traced.text.index("退")
    assert traced.span(start, start + 2) == (1, 3)
    assert traced.span(0, 3) == (0, 1)
