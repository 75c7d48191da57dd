"""Is an index that is damaged, foreign or out of date refused, and one that is unchanged used again?"""

from __future__ import annotations

from pathlib import Path

import pytest

from articles.checking import load_checked
from core.errors import IndexMismatch
from core.paths import Root
from search.building import build_index
from search.dictionaries import read_dictionaries
from search.features import Analyser
from search.index import fingerprint, open_index
from search.local import open_local, public_records
from search.tokenizer import Chain


@pytest.fixture
def built(good: Root, chain: Chain, tmp_path: Path) -> Path:
    from datetime import date

    folder = tmp_path / "index"
    build_index(folder, public_records(load_checked(good), date.today()), Analyser(chain, {}), "mark")
    return folder


def test_opens_what_was_built(built: Path) -> None:
    opened = open_index(built, "mark")
    assert set(opened.records.ids) == {"first-steps", "claim-days", "hospital", "surrender", "reissue"}
    assert opened.lexicon.words["退保"].syllables == ("tui", "bao")


def test_other_fingerprint_is_refused(built: Path) -> None:
    with pytest.raises(IndexMismatch, match="kb publish"):
        open_index(built, "other")


@pytest.mark.parametrize("name", ["records.jsonl", "columns.json", "suggest-text.npy", "lexicon.json", "learned.json"])
def test_truncated_file_is_named(built: Path, name: str) -> None:
    path = built / name
    path.write_bytes(path.read_bytes()[:-10])
    with pytest.raises(IndexMismatch, match=name):
        open_index(built, "mark")


def test_truncated_engine_file_is_named(built: Path) -> None:
    path = max((built / "engine").iterdir(), key=lambda p: p.stat().st_size)
    path.write_bytes(path.read_bytes()[:-10])
    with pytest.raises(IndexMismatch, match=path.name):
        open_index(built, "mark")


def test_missing_index_is_refused(tmp_path: Path) -> None:
    with pytest.raises(IndexMismatch):
        open_index(tmp_path, "mark")


def test_dictionaries_change_the_fingerprint(good: Root) -> None:
    before = fingerprint(good)
    (good.config / "dictionaries" / "stop.txt").write_text("的\n", "utf-8")
    assert fingerprint(good) != before


def test_dictionary_files_are_read(good: Root) -> None:
    found = read_dictionaries(good)
    assert found.synonyms["报销"] == ("理赔",)
    assert found.synonyms["拖车"] == ("救援",)
    assert "救援" not in found.synonyms
    assert "怎么办" in found.stop


def test_local_index_is_made_once_and_again_after_a_change(good: Root) -> None:
    steps: list[int] = []
    open_local(load_checked(good), steps.append)
    assert steps
    steps.clear()
    open_local(load_checked(good), steps.append)
    assert steps == []
    (good.kb / "policy" / "new.yml").write_text("- id: new\n  question: 怎么改电话？\n  answer: 打电话改。\n", "utf-8")
    service = open_local(load_checked(good), steps.append)
    assert steps
    assert service.search("改电话").results[0].id == "new"
    assert len(list((good.var / "cache").glob("index-*"))) == 1
