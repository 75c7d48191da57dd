"""Is a version the same as long as agents read the same, and does a change say what was and what is?"""

from __future__ import annotations

from datetime import date

import pytest

from articles.desk.version import differences, parts, version
from articles.desk.view import DeskArticle, agents_see, desk_article, desk_setup
from articles.loading import load
from core.paths import Root
from tests.conftest import GOOD

KB = load(Root.at(GOOD))
SETUP = desk_setup(KB.config)


def seen(name: str) -> DeskArticle:
    article = next(a for a in KB.articles if a.id == name)
    return desk_article(article, KB.config, agents_see(KB, date(2026, 11, 25)))


@pytest.mark.parametrize(
    "other",
    [
        {"commit": "abc", "approvers": ["李娜"], "path": "kb/claims/other.md"},
        {"owner": "别人", "review_by": date(2027, 1, 1), "must_read": True},
        {"similar": ["又一种问法"], "tags": ["新"], "topic": "别的", "related": []},
    ],
)
def test_what_agents_do_not_read_is_no_version(other: dict[str, object]) -> None:
    article = seen("first-steps")
    assert version(article.model_copy(update=other)) == version(article)
    assert len(version(article)) == 16


def test_the_polite_words_of_the_house_are_no_version() -> None:
    article = seen("first-steps")
    texts = {
        name: text.model_copy(update={"opening": "您好", "closing": "再见"}) for name, text in article.texts.items()
    }
    assert version(article.model_copy(update={"texts": texts})) == version(article)


@pytest.mark.parametrize(
    ("changed", "part"),
    [
        ({"question": "别的问题？"}, "标准问"),
        ({"answer": "先看人，再打电话。"}, "网页"),
        ({"agent_notes": "别的口径"}, "客服备注"),
        ({"avoid": ["别的话"]}, "不要这样说"),
        ({"escalate": None}, "升级"),
        ({"sources": []}, "依据"),
        ({"steps": []}, "怎么做"),
        ({"audience": "agent"}, "谁能看"),
        ({"valid_to": date(2027, 1, 1)}, "有效期"),
    ],
)
def test_what_agents_read_is(changed: dict[str, object], part: str) -> None:
    old = seen("first-steps")
    new = old.model_copy(update=changed)
    assert (version(new) != version(old)) == (parts(new) != parts(old))
    if part != "怎么做" or old.steps:
        assert [d.part for d in differences(parts(old), parts(new), SETUP)] == [part]


def test_channels_that_change_alike_are_told_once() -> None:
    old = seen("first-steps")
    texts = {
        name: text.model_copy(update={"body": text.body.replace("40000", "50000")}) for name, text in old.texts.items()
    }
    found = differences(parts(old), parts(old.model_copy(update={"texts": texts})), SETUP)
    assert any("、" in difference.part for difference in found)
    for difference in found:
        told = {piece.kind: piece.text for piece in difference.pieces}
        assert ("40000" in told["del"], "50000" in told["ins"]) == (True, True)


def test_nothing_is_different_from_itself() -> None:
    for article in KB.articles:
        assert differences(parts(seen(article.id)), parts(seen(article.id)), SETUP) == []
