"""Is a word of the trade explained where it stands, once, and on a page of its own?"""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from articles.config import Category, Glossary, SiteConfig, Term
from articles.pages import Library, Page, site_pages
from articles.pages.frame import Frame
from articles.pages.words import Words
from articles.schema import Article

DAY = date(2026, 11, 23)
TERMS = [
    Term(term="给付", slug="jifu", plain="付钱", explain="按合同付保险金。"),
    Term(term="定额给付", slug="dingejifu", plain="按约定的数额给", explain="不看花了多少。"),
    Term(
        term="现金价值", slug="xianjinjiazhi", plain="退保能拿回的钱、能退的钱、退的钱", explain='约定<能>"拿回"的钱。'
    ),
    Term(term="批改", plain="改合同", explain="没有自己的一页。"),
]


def library(*articles: dict[str, object], terms: list[Term] = TERMS) -> Library:
    given_fields = [{"category": "policy", "answer": "结论。", **fields} for fields in articles]
    categories = SiteConfig().categories.model_copy(update={"categories": {"policy": Category(name="保单")}})
    config = SiteConfig(categories=categories, glossary=Glossary(terms=terms))
    return Library(config, [Article.model_validate(fields) for fields in given_fields], DAY)


def pages(of: Library) -> dict[str, Page]:
    return {page.path: page for page in site_pages(of)}


def words_in(html: object) -> list[str]:
    return re.findall(r'<a class="term"[^>]*>([^<]*)</a>', str(html))


def test_the_first_occurrence_leads_to_its_page_with_the_explanation() -> None:
    html = Words(TERMS).explained(Markup("<p>退现金价值，不是保费。现金价值看表。</p>"), "../../")
    link = '<a class="term" href="../../terms/xianjinjiazhi/" data-explain="约定&lt;能&gt;&#34;拿回&#34;的钱。">现金价值</a>'
    assert html == Markup(f"<p>退{link}，不是保费。现金价值看表。</p>")


def test_the_longest_term_counts_and_one_without_a_page_does_not() -> None:
    assert words_in(Words(TERMS).explained(Markup("<p>定额给付和批改，给付。</p>"), "")) == ["定额给付", "给付"]


@pytest.mark.parametrize(
    "html",
    [
        "<h3>现金价值</h3>",
        '<a class="btn" href="现金价值"><span>现金价值</span></a>',
        '<button type="button">现金价值</button>',
        '<p title="现金价值">没有</p>',
        "<figure><figcaption>现金价值</figcaption></figure>",
        "<pre><code>现金价值</code></pre>",
    ],
)
def test_headings_links_buttons_and_tags_stay_as_they_are(html: str) -> None:
    assert Words(TERMS).explained(Markup(html), "") == html
    assert words_in(Words(TERMS).explained(Markup(html + "<p>现金价值</p>"), "")) == ["现金价值"]


def test_at_most_six_are_explained() -> None:
    terms = [Term(term=n * 2, slug=f"ci-{i}", plain="话", explain="话。") for i, n in enumerate("甲乙丙丁戊己庚辛")]
    assert len(words_in(Words(terms).explained(Markup("".join(f"<p>{t.term}</p>" for t in terms)), ""))) == 6


@given(st.text(alphabet="现金价值给付定额<>&\"'a ", max_size=40))
def test_nothing_but_links_is_added(text: str) -> None:
    html = str(Words(TERMS).explained(escape(text), "../"))
    assert unescape(re.sub(r"<[^>]*>", "", html)) == text


def test_an_article_explains_its_conclusion_its_text_and_its_steps_but_not_their_headings() -> None:
    steps = [{"title": "给付", "text": "公司给付。"}]
    similar = ["定额给付怎么算"]
    of = library(
        {
            "id": "a",
            "question": "给付是什么？",
            "answer": "退现金价值。\n\n## 定额给付\n\n看表。",
            "steps": steps,
            "similar": similar,
        }
    )
    html = str(pages(of)["policy/a/"].draw())
    assert words_in(html) == ["现金价值", "给付"]
    assert html.index("公司<a") > html.index("<h3>")


def test_a_term_has_a_page_with_the_articles_that_use_it_those_about_it_first() -> None:
    of = library(
        {"id": "a", "question": "退保退多少？", "answer": "现金价值，现金价值。"},
        {"id": "b", "question": "现金价值在哪里看？"},
        {"id": "c", "question": "怎么改地址？"},
        {"id": "d", "question": "能退吗？", "answer": "退现金价值。", "audience": "agent"},
    )
    page = pages(of)["terms/xianjinjiazhi/"]
    html = str(page.draw())
    assert (page.kind, page.title, page.listed) == ("term", "现金价值是什么意思", True)
    assert re.findall(r'href="\.\./\.\./policy/(\w)/"', html) == ["b", "a"]
    assert "平常话：退保能拿回的钱、能退的钱。" in html
    assert words_in(html) == []
    assert "相关问题" not in str(pages(of)["terms/jifu/"].draw())


def test_all_terms_stand_on_one_page_by_their_sound() -> None:
    found = pages(library())
    html = str(found["terms/"].draw())
    assert re.findall(r'<h3 id="(\w)">', html) == ["d", "j", "x"]
    assert re.findall(r'<li><a href="(\w+)/">', html) == ["dingejifu", "jifu", "xianjinjiazhi"]
    assert "terms/pigai/" not in found
    assert Frame(library()).terms == "terms/"


def test_without_terms_there_is_no_page_for_them() -> None:
    of = library({"id": "a", "question": "给付是什么？", "answer": "给付。"}, terms=TERMS[3:])
    assert not [path for path in pages(of) if path.startswith("terms/")]
    assert words_in(pages(of)["policy/a/"].draw()) == []
    assert Frame(of).terms == ""
