"""Is an index that was made on top of another the same as one made from nothing, and only what changed cut again?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from articles.checking import load_checked
from core.paths import Root
from search.analysis import analyse
from search.building import build_index
from search.documents import Record
from search.features import Analyser
from search.index import open_index
from search.local import public_records
from search.tokenizer import Chain
from tests.conftest import GOOD


@pytest.fixture(scope="module")
def records() -> list[Record]:
    return public_records(load_checked(Root.at(GOOD)), date.today())


def changed(records: list[Record]) -> list[Record]:
    """The second one asked in another way, the first one gone, a new one at the front, the last two turned round."""
    fresh = replace(records[0], id="fresh", question="发票抬头怎么改？", similar=("抬头写错了",))
    other = replace(records[1], similar=(*records[1].similar, "完全另一种说法"))
    return [fresh, other, *records[2:][::-1]]


def test_only_what_changed_is_cut_again(records: list[Record], chain: Chain) -> None:
    analyser = Analyser(chain, {})
    before = analyse(records, analyser)
    steps: list[int] = []
    after = analyse(changed(records), analyser, before, steps.append)
    assert after.fresh == [0, 1]
    assert sum(steps) == len(after.hashes)
    whole = analyse(changed(records), analyser)
    assert (after.hashes, whole.fresh) == (whole.hashes, list(range(len(records))))


def test_on_top_of_another_index_it_answers_as_one_made_from_nothing(
    records: list[Record], chain: Chain, tmp_path: Path
) -> None:
    analyser = Analyser(chain, {"退钱": ("退保",)})
    build_index(tmp_path / "old", records, analyser, "mark")
    build_index(tmp_path / "top", changed(records), analyser, "mark", previous=tmp_path / "old")
    build_index(tmp_path / "new", changed(records), analyser, "mark")
    top, new = (open_index(tmp_path / name, "mark") for name in ("top", "new"))
    for query in ("抬头写错了", "完全另一种说法", "退钱", "保单丢了", "双闪", "住院要什么材料"):
        terms = analyser.terms(query)
        one, other = top.engine.rank(terms, 10), new.engine.rank(terms, 10)
        assert [r.article for r in one.top] == [r.article for r in other.top]
        assert np.allclose([r.score for r in one.top], [r.score for r in other.top], rtol=1e-4)
    for typed in ("抬", "tuibao", "bd"):
        assert top.beginnings.matching(typed) == new.beginnings.matching(typed)
    assert top.records.ids == new.records.ids


def test_an_old_index_that_is_damaged_or_foreign_is_not_built_upon(
    records: list[Record], chain: Chain, tmp_path: Path
) -> None:
    analyser = Analyser(chain, {})
    build_index(tmp_path / "old", records, analyser, "mark")
    largest = max((tmp_path / "old" / "engine").iterdir(), key=lambda p: p.stat().st_size)
    largest.write_bytes(largest.read_bytes()[:-8])
    steps: list[int] = []
    build_index(tmp_path / "a", records, analyser, "mark", steps.append, tmp_path / "old")
    build_index(tmp_path / "b", records, analyser, "other", steps.append, tmp_path / "a")
    build_index(tmp_path / "c", records, analyser, "mark", steps.append, tmp_path / "nothing")
    for name, mark in (("a", "mark"), ("b", "other"), ("c", "mark")):
        assert open_index(tmp_path / name, mark).records.ids == [record.id for record in records]
