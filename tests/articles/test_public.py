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


def test_the_flow_is_given_with_where_each_choice_leads(good: Root) -> None:
    kb = load_checked(good)
    article = next(a for a in kb.articles if a.id == "surrender")
    urls = {a.id: a.url for a in kb.articles}
    first, second = public_article(article, kb.config, urls).ask
    assert (first.key, first.question) == ("when", "您的保单买了多久？")
    assert [(c.text, c.url, c.next, c.article, c.to) for c in first.choices] == [
        ("刚买", "/policy/surrender/#ask-kind", "kind", None, None),
        ("很久了", "/policy/surrender/", None, "surrender", None),
        ("不清楚，找人工", "/human/", None, None, "human"),
    ]
    assert [c.url for c in second.choices][:2] == ["/policy/surrender/", "/policy/reissue/"]


def test_a_choice_that_leads_to_an_article_nobody_may_see_is_not_given(good: Root) -> None:
    kb = load_checked(good)
    article = next(a for a in kb.articles if a.id == "surrender")
    asks = public_article(article, kb.config, {"surrender": "/policy/surrender/"}).ask
    assert [c.article for ask in asks for c in ask.choices if c.article] == ["surrender", "surrender"]
