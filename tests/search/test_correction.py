"""Is what was probably meant found, and what is right left alone?"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.checking import load_checked
from core.paths import Root
from search.analysis import analyse
from search.correction import Corrector
from search.features import Analyser
from search.lexicon import Lexicon, alike, write_lexicon
from search.local import public_records
from search.sounds import characters, spoken
from search.tokenizer import Chain
from tests.conftest import GOOD


@pytest.fixture(scope="module")
def corrector(tmp_path_factory: pytest.TempPathFactory, chain: Chain) -> Corrector:
    from datetime import date

    path: Path = tmp_path_factory.mktemp("lexicon") / "lexicon.json"
    records = public_records(load_checked(Root.at(GOOD)), date.today())
    write_lexicon(path, analyse(records, Analyser(chain, {})).corpus, spoken, characters())
    return Corrector(Lexicon.read(path), chain.segmenter.frequency, chain.segmenter.total)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("tuibao", "退保"),
        ("tui bao", "退保"),
        ("baodan zhao bu dao", "保单找不到"),
        ("zyclm", "zyclm"),
        ("现金价直", "现金价值"),
        ("现金家值怎么算", "现金价值怎么算"),
        ("退保 xianjin", "退保 现金"),
        ("退保能退多少钱", "退保能退多少钱"),
        ("app", "app"),
        ("", ""),
        ("120?", "120?"),
    ],
)
def test_readings(corrector: Corrector, typed: str, meant: str) -> None:
    assert corrector.correct(typed) == meant


@given(st.text(max_size=60))
def test_no_text_is_too_odd(corrector: Corrector, text: str) -> None:
    assert isinstance(corrector.correct(text), str)


def test_syllables_that_many_do_not_tell_apart() -> None:
    assert alike("zhuang") == alike("zuan")
    assert alike("sheng") == alike("sen")
    assert alike("lipei") != alike("tuibao")
