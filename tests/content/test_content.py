"""Do the articles of this repository keep what the project promises of them?"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

import pytest

from articles.checking import check
from articles.loading import Entry, Kb
from articles.pages import Library
from articles.pages.article import article_body
from core.errors import Problem
from core.paths import Root
from search.check_dictionaries import check_dictionaries
from search.check_queries import check_queries
from tests.conftest import REPOSITORY

UNVERIFIED = ["12.2 万", "12.2万", "退一赔三", "15 个工作日", "银保监会负责", "3 年的诉讼时效"]
AS_CONTRACT = re.compile(r"以(?:您的)?(?:保险)?合同为准|以保单为准|以条款为准")


@pytest.fixture(scope="module")
def checked() -> tuple[Kb, list[Problem]]:
    return check(Root.at(REPOSITORY))


@pytest.fixture(scope="module")
def shown(checked: tuple[Kb, list[Problem]]) -> list[Entry]:
    return [e for e in checked[0].entries if e.article.shown_on(date.today())]


def test_nothing_is_wrong(checked: tuple[Kb, list[Problem]]) -> None:
    kb, found = checked
    # What is due with time is for its owner to see, not for whoever runs the tests on that day.
    assert [str(p) for p in found if p.level != "notice"] == []
    assert [str(p) for p in check_dictionaries(kb.root)] == []
    # No message quotes a held-out question.
    assert [str(p) for p in check_queries(kb)] == []


def test_there_are_enough_and_every_topic_has_one(checked: tuple[Kb, list[Problem]], shown: list[Entry]) -> None:
    assert len(shown) >= 160
    assert sum(e.path.endswith(".md") for e in shown) >= 80
    categories = checked[0].config.categories.categories
    topics = [t for c in categories.values() for t in c.topics or ()]
    assert len(topics) == 96
    assert set(topics) == {e.article.topic for e in shown}


def test_claims_surrender_and_complaints_have_most(shown: list[Entry]) -> None:
    by_category = Counter(e.article.category for e in shown)
    assert by_category.most_common(1)[0][0] == "claims"
    assert by_category["complaints"] > by_category["services"]
    assert Counter(e.article.topic for e in shown).most_common(1)[0][0] == "退保与现金价值"


def test_each_has_what_it_needs(shown: list[Entry]) -> None:
    for entry in shown:
        article = entry.article
        assert len(set(article.similar)) >= 5, article.id
        assert article.answers.phone, article.id
        assert article.answers.chat, article.id
        assert article.owner, article.id
        assert article.review_by, article.id
        assert article.sources, article.id
        assert any(s.facts for s in article.sources), article.id
        # What only the company can know is a brand fact with a sample value.
        assert all(s.facts or s.cite.startswith("公司公布的") for s in article.sources), article.id


def test_sources_rest_on_checked_facts(checked: tuple[Kb, list[Problem]], shown: list[Entry]) -> None:
    grades = checked[0].config.facts
    assert len(grades) > 250
    assert {grades[row] for e in shown for s in e.article.sources for row in s.facts} <= {"A", "B"}


def test_common_errors_are_not_repeated(shown: list[Entry]) -> None:
    for entry in shown:
        text = entry.article.answer + entry.article.answers.phone + entry.article.answers.chat
        for said in UNVERIFIED:
            if said in text:
                assert "不" in text or "旧" in text, (entry.article.id, said)
        assert len(AS_CONTRACT.findall(entry.article.answer)) <= 1, entry.article.id


def test_numbers_of_the_hotline_are_facts_not_text(shown: list[Entry]) -> None:
    for entry in shown:
        assert "95518" not in entry.article.model_dump_json(exclude={"similar", "not_for", "question", "tags"}), (
            entry.article.id
        )


def test_flows_lead_through_every_category_and_the_moments_of_the_home_page(
    checked: tuple[Kb, list[Problem]], shown: list[Entry]
) -> None:
    flows = {e.article.id: e.article for e in shown if e.article.ask}
    assert len(flows) >= 12
    brand, categories = checked[0].config.brand, checked[0].config.categories.categories
    assert {a.category for a in flows.values()} == set(categories)
    assert {m.article for m in brand.home.moments} <= set(flows)
    assert brand.home.urgent is not None
    assert brand.home.urgent.article in flows


def test_steps_are_drawn_as_a_timeline_and_documents_as_a_checklist(
    checked: tuple[Kb, list[Problem]], shown: list[Entry]
) -> None:
    library = Library.of(checked[0], date.today())
    both = [e.article for e in shown if e.article.steps and e.article.documents]
    assert len(both) >= 20
    for article in both:
        html = str(article_body(library, article))
        assert html.count('<input type="checkbox">') == len(article.documents), article.id
        assert html.count('<b class="due">') == sum(step.within is not None for step in article.steps), article.id
        steps = html.split('<ol class="steps">')[1].split("</ol>")[0]
        assert steps.count("<li ") == len(article.steps), article.id
    assert sum(any(step.within for step in e.article.steps) for e in shown) >= 20


def test_words_that_may_be_used_freely_are_explained_on_a_page(checked: tuple[Kb, list[Problem]]) -> None:
    terms = checked[0].config.glossary.terms
    assert [t.term for t in terms if t.tooltip and not t.slug] == []
    assert sum(bool(t.slug) for t in terms) >= 50
