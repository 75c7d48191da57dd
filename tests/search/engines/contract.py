"""What every engine must do. An engine's own test file inherits this suite and names the engine."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from core.errors import IndexMismatch
from search.corpus import Analysed, Corpus
from search.engines.base import Engine, Ranked, Term


def made(*questions: str, body: str = "") -> Analysed:
    return Analysed(tuple(Counter(q.split()) for q in questions), Counter(body.split()))


ARTICLES = [
    made("退保 退 多少 钱", "不要 了 拿回 多少", body="退保 现金 价值"),
    made("保单 怎么 查", body="保单 查询 双闪"),
    made("退保 要 多久", "钱 几天 到账", body="三十 天"),
    made("电子 发票", body="退保 退保 退保"),
    made("", body=""),
]


class EngineContract:
    """Inherit, and set ``engine``."""

    engine: type[Engine]

    @pytest.fixture
    def opened(self, tmp_path: Path) -> Engine:
        self.engine.build(tmp_path / "engine", Corpus.of(ARTICLES))
        return self.engine.open(tmp_path / "engine")

    def ask(self, opened: Engine, *words: str, limit: int = 10) -> list[Ranked]:
        return opened.rank([Term(word) for word in words], limit).top

    def test_finds_what_holds_a_word_in_a_question_or_in_the_body(self, opened: Engine) -> None:
        assert {r.article for r in self.ask(opened, "退保")} == {0, 2, 3}
        assert [r.article for r in self.ask(opened, "双闪")] == [1]

    def test_tells_which_question_matched_best(self, opened: Engine) -> None:
        assert self.ask(opened, "几天", "到账")[0].question == 1
        assert self.ask(opened, "退保", "多久")[0].question == 0
        assert self.ask(opened, "双闪")[0].question == -1

    def test_more_words_rank_higher(self, opened: Engine) -> None:
        assert self.ask(opened, "退保", "多久")[0].article == 2

    def test_a_question_counts_more_than_the_body(self, opened: Engine) -> None:
        assert self.ask(opened, "退保")[-1].article == 3

    @pytest.mark.parametrize("place", [0, 1, 2])
    def test_an_article_with_a_text_and_no_question(self, tmp_path: Path, place: int) -> None:
        articles = [made("退保 多少"), made("保单 退保")]
        articles.insert(place, Analysed((), Counter(["双闪", "退保"])))
        self.engine.build(tmp_path / "bare", Corpus.of(articles))
        found = self.ask(self.engine.open(tmp_path / "bare"), "退保", "双闪")
        assert sorted(r.article for r in found) == [0, 1, 2]
        assert next(r.question for r in found if r.article == place) == -1
        assert all(r.question == 0 for r in found if r.article != place)

    def test_what_it_is_not_for_ranks_it_last_however_few_are_wanted(self, tmp_path: Path) -> None:
        unfit = Analysed(
            (Counter(["退保", "车险", "手续费", "多少"]),), Counter(), (Counter(["车险", "能", "退", "吗"]),)
        )
        other = Analysed((Counter(["车险", "怎么", "买", "呢", "今年", "还", "要", "去"]),), Counter())
        self.engine.build(tmp_path / "two", Corpus.of([unfit, other]))
        opened = self.engine.open(tmp_path / "two")
        assert [r.article for r in self.ask(opened, "车险", "能", "退", "吗", limit=1)] == [1]
        assert [r.article for r in self.ask(opened, "车险", "能", "退", "吗")] == [1, 0]

    def test_weight_counts(self, opened: Engine) -> None:
        light = opened.rank([Term("多久", 0.1), Term("拿回")], 10).top
        assert [r.article for r in light] == [0, 2]

    def test_limit_and_matched(self, opened: Engine) -> None:
        ranking = opened.rank([Term("退保")], 1)
        assert len(ranking.top) == 1
        assert list(ranking.matched) == [True, False, True, True, False]

    def test_only_what_is_allowed(self, opened: Engine) -> None:
        allowed = np.array([False, True, True, True, True])
        ranking = opened.rank([Term("退保")], 10, allowed)
        assert {r.article for r in ranking.top} == {2, 3}
        assert ranking.matched[0]

    def test_nothing_asked_nothing_found(self, opened: Engine) -> None:
        assert self.ask(opened) == []
        assert self.ask(opened, "没有这个词") == []

    @pytest.mark.parametrize("word", ["*", "退*", "question:退保", "AND", "(", '"', "a b", "\x00", "[a TO b]", ""])
    def test_no_word_is_a_query_language(self, opened: Engine, word: str) -> None:
        assert self.ask(opened, word) == []

    def test_scores_fall_and_are_positive(self, opened: Engine) -> None:
        scores = [r.score for r in self.ask(opened, "退保", "多久", "保单")]
        assert scores == sorted(scores, reverse=True)
        assert all(score > 0 for score in scores)

    def test_same_question_same_answer(self, opened: Engine) -> None:
        assert self.ask(opened, "退保") == self.ask(opened, "退保")

    def test_no_index_is_an_error(self, tmp_path: Path) -> None:
        with pytest.raises(IndexMismatch):
            self.engine.open(tmp_path / "nothing")

    def test_empty_index_answers(self, tmp_path: Path) -> None:
        self.engine.build(tmp_path / "empty", Corpus.of([]))
        assert self.engine.open(tmp_path / "empty").rank([Term("退保")], 10).top == []
