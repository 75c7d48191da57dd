"""Are bands, categories and corrections counted rightly?"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from core.errors import QueryFileError
from search.bands import Learned
from search.certainty import certainty, read_unanswerable
from search.evaluation import Labelled
from search.service import SearchService

SURRENDER, REISSUE, CLAIMS = frozenset({"surrender"}), frozenset({"reissue"}), frozenset({"claims"})
QUERIES = [
    Labelled("退保划算吗", SURRENDER, "short"),
    Labelled("退保能退多少钱", REISSUE, "short"),
    Labelled("tuibao hua suan ma", SURRENDER, "pinyin", meant=("退保 划算吗？",)),
    Labelled("保但丢了", REISSUE, "typo", meant=("保但丢了", "别的")),
    Labelled("追尾了先报警吗", frozenset({"first-steps"}), "spoken", CLAIMS),
]


@pytest.fixture
def sure(service: SearchService) -> SearchService:
    """The same search, sure of whatever it finds."""
    always = object.__new__(SearchService)
    always.__dict__.update(service.__dict__)
    always.learned = Learned(answer=0.2)
    return always


def test_each_figure_has_its_own_questions(sure: SearchService) -> None:
    found = certainty(sure, QUERIES, ["zzzz", "退保"])
    assert found.answered.value == 1.0
    assert found.answered_wrong.value == 0.2
    assert found.none_answered.value == 0.5
    assert found.category.value == 1.0
    assert found.corrected_right.value == 0.5
    assert found.clean_corrected.value == 0.0


def test_nothing_asked_nothing_known(sure: SearchService) -> None:
    nothing = certainty(sure, [], [])
    assert (nothing.answered.value, nothing.answered.low, nothing.answered.high) == (0.0, 0.0, 1.0)
    alone = certainty(sure, [replace(QUERIES[0], group="typo")], [])
    assert alone.corrected_right.high == 1.0


def test_a_file_of_unanswerable_questions(tmp_path: Path) -> None:
    path = tmp_path / "none.tsv"
    path.write_text("question\n天气\n\n彩票\n", "utf-8")
    assert read_unanswerable(path) == ["天气", "彩票"]
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(QueryFileError):
        read_unanswerable(path)
