"""What every engine must do. An engine's own test file inherits this suite and names the engine."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import IndexMismatch
from search.engines.base import Analysed, Engine, Term

DOCUMENTS = [
    Analysed(0, True, ("退保", "退", "多少", "钱")),
    Analysed(1, True, ("保单", "怎么", "查")),
    Analysed(2, True, ("退保", "要", "多久")),
    Analysed(3, False, ("退保", "退保", "现金", "价值")),
    Analysed(4, False, ("保单", "查询")),
    Analysed(5, True, ()),
]


class EngineContract:
    """Inherit, and set ``engine``."""

    engine: type[Engine]

    @pytest.fixture
    def opened(self, tmp_path: Path) -> Engine:
        self.engine.build(tmp_path / "engine", DOCUMENTS)
        return self.engine.open(tmp_path / "engine")

    def keys(self, opened: Engine, *words: str, questions: bool = True) -> list[int]:
        return [s.key for s in opened.rank([Term(word) for word in words], questions=questions)]

    def test_finds_what_holds_a_word(self, opened: Engine) -> None:
        assert set(self.keys(opened, "退保")) == {0, 2}
        assert self.keys(opened, "保单", questions=False) == [4]

    def test_more_words_rank_higher(self, opened: Engine) -> None:
        assert self.keys(opened, "退保", "多久")[0] == 2

    def test_rare_words_count_more(self, opened: Engine) -> None:
        assert self.keys(opened, "保单", "退保")[0] == 1

    def test_weight_counts(self, opened: Engine) -> None:
        light = opened.rank([Term("多久", 0.1), Term("多少")], questions=True)
        assert [s.key for s in light] == [0, 2]

    def test_nothing_asked_nothing_found(self, opened: Engine) -> None:
        assert self.keys(opened) == []
        assert self.keys(opened, "没有这个词") == []

    @pytest.mark.parametrize("word", ["*", "退*", "question:退保", "AND", "(", '"', "a b", "\x00", "[a TO b]", ""])
    def test_no_word_is_a_query_language(self, opened: Engine, word: str) -> None:
        assert self.keys(opened, word) == []

    def test_scores_fall_and_are_positive(self, opened: Engine) -> None:
        scores = [s.score for s in opened.rank([Term("退保"), Term("多久"), Term("保单")], questions=True)]
        assert scores == sorted(scores, reverse=True)
        assert all(score > 0 for score in scores)

    def test_same_question_same_answer(self, opened: Engine) -> None:
        assert opened.rank([Term("退保")], questions=True) == opened.rank([Term("退保")], questions=True)

    def test_no_index_is_an_error(self, tmp_path: Path) -> None:
        with pytest.raises(IndexMismatch):
            self.engine.open(tmp_path / "nothing")

    def test_empty_index_answers(self, tmp_path: Path) -> None:
        self.engine.build(tmp_path / "empty", [])
        assert self.engine.open(tmp_path / "empty").rank([Term("退保")], questions=True) == []
