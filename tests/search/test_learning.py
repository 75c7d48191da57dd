"""Does what is learned tell right from wrong, and is a threshold as careful as it was asked to be?"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from articles.checking import load_checked
from core.paths import Root
from search.bands import Learned
from search.corpus import Analysed, Corpus
from search.documents import Record
from search.engines.base import Term
from search.learning import MISSING, WRONG, ask_left_out, learn, sample, threshold
from search.local import public_records
from tests.conftest import GOOD

WORDS = [f"词{chr(0x4E00 + i)}" for i in range(400)]


@pytest.fixture(scope="module")
def many() -> tuple[Corpus, list[Record]]:
    """Forty articles with ten questions each, of words of their own and a few that all share; two categories."""
    some = public_records(load_checked(Root.at(GOOD)), date.today())[0]
    pick = np.random.default_rng(1)
    records, analysed = [], []
    for n in range(40):
        own = WORDS[n * 8 : n * 8 + 8]
        asked = [" ".join([*pick.choice(own, 3, replace=False), *pick.choice(WORDS[-5:], 2)]) for _ in range(10)]
        category = "claims" if n % 2 else "policy"
        records.append(replace(some, id=f"a{n}", question=asked[0], similar=tuple(asked[1:]), category=category))
        analysed.append(Analysed(tuple(Counter(q.split()) for q in asked), Counter(own)))
    return Corpus.of(analysed), records


def terms(query: str) -> list[Term]:
    return [Term(word) for word in query.split()]


def test_every_phrasing_is_asked_of_an_index_without_it(many: tuple[Corpus, list[Record]]) -> None:
    corpus, records = many
    asked = ask_left_out(corpus, records, terms, range(400))
    assert sorted(a.article for a in asked) == sorted(list(range(40)) * 10)
    assert np.mean([a.right for a in asked]) > 0.9
    alone = Corpus.of([Analysed((Counter(["甲"]),), Counter()), Analysed((Counter(["乙"]),), Counter())])
    pair = [replace(records[0], question=q, similar=()) for q in ("甲", "乙")]
    assert not any(a.found.top for a in ask_left_out(alone, pair, terms, range(2)))


def test_a_sample_stays_the_same_when_other_articles_come(many: tuple[Corpus, list[Record]]) -> None:
    records = many[1]
    texts = [text for record in records for text in record.asked]
    some = {texts[number] for number in sample(records, 100)}
    assert 50 < len(some) < 200
    turned = records[::-1]
    again = [text for record in turned for text in record.asked]
    assert {again[number] for number in sample(turned, 100)} == some
    assert sample(records, 10_000) == list(range(400))


def test_what_is_learned_is_surer_of_right_answers(many: tuple[Corpus, list[Record]]) -> None:
    corpus, records = many
    learned = learn(corpus, records, terms)
    asked = ask_left_out(corpus, records, terms, range(400))
    sure = [learned.probability(a.signs) for a in asked if a.right]
    unsure = [learned.probability(a.signs_without) for a in asked]
    assert np.mean(sure) > 0.8
    assert np.mean(unsure) < 0.2
    assert learned.band(float(np.median(sure))) == "answer"
    assert learned.band(float(np.median(unsure))) != "answer"
    assert learned.category_probabilities({"claims": 0.9, "policy": 0.1})["claims"] > 0.8


def test_too_few_questions_teach_nothing(many: tuple[Corpus, list[Record]]) -> None:
    corpus, records = many
    learned = learn(corpus, records[:3], terms)
    assert learned == Learned()
    assert learned.band(learned.probability([])) == "choose"


def test_phrasings_that_have_nothing_in_common_teach_nothing(many: tuple[Corpus, list[Record]]) -> None:
    records = [
        replace(many[1][0], question=f"{word}甲", similar=tuple(f"{word}{n}" for n in range(9))) for word in WORDS
    ]
    corpus = Corpus.of(Analysed(tuple(Counter([q]) for q in r.asked), Counter()) for r in records)
    assert learn(corpus, records, terms) == Learned()


def test_a_threshold_keeps_wrong_and_missing_answers_few() -> None:
    pick = np.random.default_rng(3)
    sure = pick.random(2000)
    right = pick.random(2000) < sure
    without = pick.random(2000) * 0.7
    least = threshold(sure, right, without)
    answered = sure >= least
    assert answered.any()
    assert (~right[answered]).mean() <= WRONG
    assert (without >= least).mean() <= MISSING + 0.001
    assert threshold(sure, np.zeros(2000, dtype=bool), without) == 1.0
