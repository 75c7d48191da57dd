"""Are the articles found that have to be looked at again, by owner and urgency?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from articles.loading import load
from articles.stale import NOBODY, due_articles
from core.paths import Root

MakeRoot = Callable[[dict[str, str | bytes]], Root]
TODAY = date(2026, 5, 1)
KB = """
- {id: late, question: 问一, answer: 答, owner: 乙组, review_by: 2026-04-01}
- {id: today, question: 问二, answer: 答, owner: 乙组, review_by: 2026-05-01}
- {id: soon, question: 问三, answer: 答, owner: 甲组, review_by: 2026-05-31}
- {id: far, question: 问四, answer: 答, owner: 甲组, review_by: 2026-06-01}
- {id: dateless, question: 问五, answer: 答, owner: 乙组}
- {id: ownerless, question: 问六, answer: 答, review_by: 2026-04-01}
- {id: agents, question: 问七, answer: 答, owner: 甲组, review_by: 2026-04-30, audience: agent}
- {id: draft, question: 问八, answer: 答, owner: 甲组, review_by: 2026-04-01, status: draft}
- {id: archived, question: 问九, answer: 答, owner: 甲组, review_by: 2026-04-01, status: archived}
- {id: over, question: 问十, answer: 答, owner: 甲组, review_by: 2026-04-01, valid_to: 2026-04-30}
- {id: to-come, question: 问十一, answer: 答, owner: 甲组, review_by: 2026-04-01, valid_from: 2026-06-01}
"""


def test_due_and_overdue_by_owner(make_root: MakeRoot) -> None:
    due = due_articles(load(make_root({"kb/a/all.yml": KB})), TODAY, within=30)
    assert [(one.owner, one.id, one.state) for one in due] == [
        ("乙组", "late", "过期 30 天"),
        ("乙组", "today", "今天到期"),
        ("乙组", "dateless", "没有复核日期"),
        ("甲组", "to-come", "过期 30 天"),
        ("甲组", "agents", "过期 1 天"),
        ("甲组", "soon", "还有 30 天"),
        (NOBODY, "ownerless", "过期 30 天"),
    ]
    assert due[0].path == "kb/a/all.yml"


def test_within_nothing_leaves_what_is_due_now(make_root: MakeRoot) -> None:
    due = due_articles(load(make_root({"kb/a/all.yml": KB})), TODAY, within=0)
    assert {one.id for one in due} == {"late", "today", "dateless", "to-come", "agents", "ownerless"}
