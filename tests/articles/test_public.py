"""Does anything internal reach the public view of an article?"""

from __future__ import annotations

from articles.checking import load_checked
from articles.public import public_article
from core.paths import Root


def test_public_view_holds_only_what_customers_may_see(good: Root) -> None:
    kb = load_checked(good)
    article = next(a for a in kb.articles if a.id == "first-steps")
    view = public_article(article, kb.config, {"first-steps": "/claims/first-steps/"})
    text = view.model_dump_json()
    for secret in ("内部口径", "千万不要承诺", "壹千圆整", "理赔组", "报案号"):
        assert secret not in text
    assert view.conclusion == "先看人，再拨 40000 报案。"
    assert view.related == []


def test_sample_facts_are_marked(good: Root) -> None:
    kb = load_checked(good)
    article = next(a for a in kb.articles if a.id == "reissue")
    assert "3 天（示例）" in public_article(article, kb.config, {}).conclusion
