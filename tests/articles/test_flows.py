"""Does a flow lead everybody somewhere, and is what does not told at its line?"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from articles.checking import check
from articles.flows import open_flow
from articles.schema import Article
from core.paths import Root

MakeRoot = Callable[[dict[str, str | bytes]], Root]

OUT = "{ text: 都不是，找人工, to: human }"
HERE = "{ text: 这一种, article: one }"
OTHER = "kb/a/l.yml"


def flow(*questions: tuple[str, list[str]]) -> str:
    """An article with a flow; its first question begins on line 5, a question's first choice three lines below it."""
    lines = ["---", "id: one", "question: 保单怎么查？", "ask:"]
    for key, choices in questions:
        lines += [f"  - key: {key}", f"    question: 是哪种{key}？", "    choices:", *(f"      - {c}" for c in choices)]
    return "\n".join([*lines, "---", "拨电话查。", ""])


def found(make_root: MakeRoot, text: str, other: str = "") -> list[tuple[int, str]]:
    files: dict[str, str | bytes] = {"kb/a/one.md": text}
    if other:
        files[OTHER] = f"- id: two\n  question: 怎么退保？\n  answer: 申请。\n  {other}\n"
    problems = [p for p in check(make_root(files))[1] if p.level == "error"]
    assert all(p.path == "kb/a/one.md" and p.fix for p in problems)
    return [(p.line, p.code) for p in problems]


def test_a_flow_that_leads_everybody_somewhere_is_right(make_root: MakeRoot) -> None:
    text = flow(("甲", ["{ text: 再问, next: 乙 }", HERE, OUT]), ("乙", ["{ text: 那一种, article: two }", OUT]))
    assert found(make_root, text, "status: published") == []


@pytest.mark.parametrize(
    ("questions", "wanted"),
    [
        pytest.param([("甲", [HERE, OUT])], (4, "K303"), id="one question only"),
        pytest.param([("甲", [HERE, "{ text: 空 }", OUT])], (9, "K303"), id="leads nowhere"),
        pytest.param(
            [("甲", ["{ text: 两处, article: one, to: human }", HERE])], (8, "K303"), id="leads to two places"
        ),
        pytest.param([("甲", ["{ text: 甲, to: robot }", OUT])], (8, "K303"), id="to somebody unknown"),
        pytest.param([("甲", ["{ text: 再问, next: 丙 }", OUT])], (8, "K303"), id="question that is not there"),
        pytest.param([("甲", ["{ text: 那, article: none }", OUT])], (8, "K502"), id="article that is not there"),
        pytest.param([("甲", [HERE, HERE])], (7, "K411"), id="no way out"),
        pytest.param([("甲", [HERE, OUT]), ("乙", [HERE, OUT])], (10, "K412"), id="question that nothing leads to"),
        pytest.param([("甲", [HERE, OUT]), ("甲", [HERE, OUT])], (10, "K303"), id="key twice"),
        pytest.param([("甲", ["{ text: 再问, next: 甲 }", OUT])], (8, "K413"), id="question that leads to itself"),
        pytest.param(
            [("甲", ["{ text: 再问, next: 乙 }", OUT]), ("乙", [HERE, "{ text: 回去, next: 甲 }", OUT])],
            (14, "K413"),
            id="round in a circle",
        ),
    ],
)
def test_each_mistake_is_found_at_its_line(
    make_root: MakeRoot, questions: list[tuple[str, list[str]]], wanted: tuple[int, str]
) -> None:
    assert wanted in found(make_root, flow(*questions))


@pytest.mark.parametrize("hidden", ["status: draft", "status: archived", "audience: agent"])
def test_an_article_that_customers_cannot_see_is_told_but_stops_nothing(make_root: MakeRoot, hidden: str) -> None:
    text = flow(("甲", ["{ text: 那一种, article: two }", "{ text: 再问, next: 乙 }", OUT]), ("乙", [HERE, OUT]))
    other = f"- id: two\n  question: 怎么退保？\n  answer: 申请。\n  {hidden}\n"
    problems = check(make_root({"kb/a/one.md": text, OTHER: other}))[1]
    assert [(p.line, p.level) for p in problems if p.code == "W623"] == [(8, "warning")]
    assert [p for p in problems if p.level == "error"] == []


def test_what_leads_to_an_unseen_article_falls_away_with_all_that_leads_there() -> None:
    asks = [
        {"key": "a", "question": "问？", "choices": [{"text": "再问", "next": "b"}, {"text": "人", "to": "human"}]},
        {"key": "b", "question": "问？", "choices": [{"text": "甲", "article": "x"}, {"text": "乙", "article": "y"}]},
    ]
    article = Article.model_validate({"id": "one", "question": "问？", "answer": "答。", "ask": asks})
    assert [len(ask.choices) for ask in open_flow(article, {"x", "y"})] == [2, 2]
    assert [len(ask.choices) for ask in open_flow(article, {"x"})] == [2, 1]
    assert [(ask.key, [c.text for c in ask.choices]) for ask in open_flow(article, {})] == [("a", ["人"])]
