"""Does each page say what customers may know, escaped, with links that work from any folder?"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from articles.checking import load_checked
from articles.config import Action, Brand, Fact, SiteConfig
from articles.pages import Library, Page, site_pages
from articles.pages.frame import Frame
from articles.pages.text import Phones, bold_clauses, clauses, tel_href
from articles.schema import Article
from core.paths import Root

DAY = date(2026, 11, 23)
SECRETS = ("内部口径", "千万不要承诺", "壹千圆整", "甲字号", "丙字号", "登报", "理赔组", "报案号是")
HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(1)>{0}{{x}}'


def pages(root: Root) -> dict[str, Page]:
    return {page.path: page for page in site_pages(Library.of(load_checked(root), DAY))}


def body(root: Root, path: str) -> str:
    return str(pages(root)[path].draw())


def with_article(root: Root, **fields: object) -> tuple[Library, Article]:
    """The library of ``root`` with one more article in claims/."""
    kb = load_checked(root)
    given_fields = {"id": "extra", "question": "多出来的问题？", "answer": "结论。", "category": "claims", **fields}
    article = Article.model_validate(given_fields)
    return Library(kb.config, [*kb.articles, article], DAY), article


def drawn(library: Library, article: Article) -> str:
    return str(next(p for p in site_pages(library) if p.path == article.url[1:]).draw())


def test_only_what_customers_may_see_has_a_page(good: Root) -> None:
    found = pages(good)
    assert {p for p, page in found.items() if page.kind == "article"} == {
        "claims/first-steps/",
        "claims/claim-days/",
        "claims/hospital/",
        "policy/reissue/",
        "policy/surrender/",
    }
    assert [p for p, page in found.items() if page.kind == "gone"] == ["policy/old-reissue/"]
    assert not found["policy/old-reissue/"].listed
    assert found["ask/"].listed


def test_nothing_internal_is_on_any_page(good: Root) -> None:
    for path, page in pages(good).items():
        text = str(page.draw()) + page.title + page.description
        for secret in SECRETS:
            assert secret not in text, f"{secret} on {path or 'home'}"


def test_every_link_is_relative_and_leads_to_a_page(good: Root) -> None:
    found = pages(good)
    for path, page in found.items():
        for href in re.findall(r'href="([^"]*)"', str(page.draw())):
            if href.startswith(("#", "tel:")):
                continue
            assert href.startswith(("./", "../")), f"{href} on {path}"
            parts = path.split("/")[:-1]
            for step in href.split("#")[0].split("/"):
                parts = parts[:-1] if step == ".." else parts if step in (".", "") else [*parts, step]
            assert "".join(f"{p}/" for p in parts) in found, f"{href} on {path}"


def test_no_page_has_a_style_attribute_or_a_script_that_runs(good: Root) -> None:
    for page in pages(good).values():
        html = str(page.draw())
        assert not re.search(r"<[^>]*\sstyle=", html)
        assert not re.search(r"<[^>]*\son[a-z]+=", html)
        assert html.count("<script") == html.count('<script type="application/ld+json">')


def test_hostile_text_stays_text_everywhere(good: Root) -> None:
    fields = {
        "question": HOSTILE,
        "answer": f"结论{HOSTILE}。\n\n正文 {HOSTILE}",
        "similar": [HOSTILE],
        "topic": HOSTILE,
        "steps": [{"title": HOSTILE, "text": HOSTILE}],
        "documents": [{"name": HOSTILE, "note": HOSTILE}],
        "promises": [{"what": HOSTILE, "by": "customer", "within": 3, "from": HOSTILE, "basis": HOSTILE}],
        "sources": [HOSTILE],
        "ask": [{"key": HOSTILE, "question": HOSTILE, "choices": [{"text": HOSTILE, "next": HOSTILE}] * 2}],
    }
    library, _ = with_article(good, **fields)
    for page in site_pages(library):
        html = str(page.draw())
        outside = re.sub(r'<script type="application/ld\+json">.*?</script>', "", html, flags=re.DOTALL)
        assert "<script" not in outside, page.path
        assert "<img" not in outside, page.path
        assert not re.search(r"<[^>]*\sonerror", outside), page.path


def test_hostile_brand_stays_text(good: Root) -> None:
    config = load_checked(good).config
    brand = Brand.model_validate(
        {
            "name": HOSTILE,
            "facts": {"hotline": {"value": HOSTILE}},
            "home": {
                "title": HOSTILE,
                "lead": HOSTILE,
                "placeholder": HOSTILE,
                "urgent": {"title": HOSTILE, "calls": [{"tel": HOSTILE, "text": HOSTILE}], "text": HOSTILE},
                "caution": {"strong": HOSTILE, "text": HOSTILE},
            },
            "footer": {"complaint": HOSTILE, "regulator": HOSTILE, "note": HOSTILE, "icp": HOSTILE, "police": HOSTILE},
        }
    )
    library = Library(config.model_copy(update={"brand": brand}), load_checked(good).articles, DAY)
    frame = Frame(library)
    texts = [str(page.draw()) for page in site_pages(library)]
    texts += [str(v) for v in vars(frame).values() if isinstance(v, Markup)] + [str(frame.ask("x"))]
    for html in texts:
        assert "<script>" not in html
        assert "<img" not in html


def test_the_action_stands_right_under_the_conclusion(good: Root) -> None:
    html = body(good, "claims/first-steps/")
    order = [html.index(mark) for mark in ("answer-line", 'class="acts"', "answer-body", "怎么做", "带什么", "依据")]
    assert order == sorted(order)
    assert 'href="tel:40000"' in html
    assert "查进度" not in html


@pytest.mark.parametrize(
    ("url", "href"), [("/claims/", "../../claims/"), ("https://a.example/x?a=1&b=2", "https://a.example/x?a=1&amp;b=2")]
)
def test_an_action_may_lead_into_the_site_or_out_of_it(good: Root, url: str, href: str) -> None:
    library, article = with_article(good, actions=["track"])
    library.config.brand.actions["track"] = Action(label="查进度", url=url)
    assert f'href="{href}"' in drawn(library, article)


def test_a_link_to_an_article_that_is_not_public_falls_away(good: Root) -> None:
    answer = "结论。\n\n看[草稿](../policy/draft-one.md)和[补发](../policy/reissue.md#a)。"
    library, article = with_article(good, answer=answer, related=["agent-only", "reissue"])
    html = drawn(library, article)
    assert "看草稿和" in html
    assert '<a href="../../policy/reissue/">补发</a>' in html
    assert html.count("agent-only") == 0


def test_samples_are_marked_and_facts_filled(good: Root) -> None:
    html = unescape(body(good, "policy/reissue/"))
    assert "3 天（示例）".replace(" ", "\u00a0") in html or "3 天（示例）" in html
    assert "{{" not in html


@pytest.mark.parametrize(
    ("unit", "shown", "ruler"),
    [
        ("自然日", "<b>90</b>日", '<rect width="60"'),
        ("工作日", "<b>90</b>个工作日", '<rect width="60"'),
        ("小时", "<b>90</b>小时", ""),
        ("个月", "<b>90</b>个月", ""),
        ("年", "<b>90</b>年", ""),
    ],
)
def test_terms_show_their_unit_and_days_their_ruler(good: Root, unit: str, shown: str, ruler: str) -> None:
    promise = {"what": "付款", "by": "company", "within": 90, "unit": unit, "from": "从收到之日起"}
    library, article = with_article(good, promises=[promise])
    html = drawn(library, article)
    assert shown in html
    assert "从收到之日起" in html
    assert ruler in html
    assert ("ruler" in html) == bool(ruler)


def test_parts_without_data_are_left_out(good: Root) -> None:
    library, article = with_article(good)
    html = drawn(library, article)
    for part in ("怎么做", "带什么", "多久", "依据", "这样问", "相近的问题", "先选一选"):
        assert part not in html


def test_a_flow_leads_to_articles_and_to_its_own_questions(good: Root) -> None:
    html = body(good, "policy/surrender/")
    assert 'id="ask-kind"' in html
    assert 'href="#ask-kind"' in html
    assert 'href="#h-answer"' in html
    assert 'href="../../policy/reissue/"' in html
    assert html.count('<li class="way-out"><a href="../../human/">') == 2
    assert 'id="human"' in html


def test_the_day_of_review_is_data_and_a_missed_one_is_told(good: Root) -> None:
    library, article = with_article(good, review_by="2027-10-31", products=["motor", "health"])
    assert '下次复核 <time datetime="2027-10-31">2027 年 10 月 31 日</time>' in drawn(library, article)
    assert "适用于车险、医疗与健康险" in drawn(library, article)
    library, article = with_article(good, review_by="2026-01-01")
    assert "请来电核实" in drawn(library, article)


def test_a_gone_page_leads_to_what_replaced_it(good: Root) -> None:
    html = body(good, "policy/old-reissue/")
    assert "这条回答已经下线" in html
    assert 'href="../../policy/reissue/"' in html


def test_the_home_page_shows_only_moments_that_lead_somewhere(good: Root) -> None:
    config = load_checked(good).config
    home = config.brand.home.model_copy(update={"moments": [config.brand.home.moments[0]]})
    assert "住院了" in body(good, "")
    articles = [a for a in load_checked(good).articles if a.id != "hospital"]
    brand = config.brand.model_copy(update={"home": home})
    library = Library(config.model_copy(update={"brand": brand}), articles, DAY)
    html = str(next(site_pages(library)).draw())
    assert "住院了" not in html
    assert "我现在" not in html
    assert "常问" not in html


def test_a_category_lists_its_topics_in_the_order_of_the_configuration(good: Root) -> None:
    html = body(good, "claims/")
    order = [html.index(f">{topic}</h3>") for topic in ("报案", "时限", "材料")]
    assert order == sorted(order)


def test_what_is_asked_most_is_what_editors_put_forward_then_what_has_most_phrasings(good: Root) -> None:
    library, _ = with_article(good, question="问法最多的问题？", similar=[f"问法{i}" for i in range(30)])
    assert library.config.categories.featured == ["hospital"]
    assert [a.id for a in library.most_asked("claims")][:2] == ["hospital", "extra"]
    assert library.most_asked("none") == []


def test_a_category_offers_the_flows_of_its_articles(good: Root) -> None:
    html = body(good, "policy/")
    assert '<a href="../policy/surrender/#ask-when"><b>退保</b><span>您的保单买了多久？</span>' in html
    assert "先选一选" not in body(good, "claims/")


def test_an_empty_site_still_has_its_pages() -> None:
    library = Library(SiteConfig(), [], DAY)
    kinds = [page.kind for page in site_pages(library)]
    assert kinds == ["home", "questions", "ask", "human", "widget", "privacy", "offline"]
    for page in site_pages(library):
        assert str(page.draw()).count("<h1") == 1


def test_without_a_hotline_no_number_is_shown(good: Root) -> None:
    config = load_checked(good).config
    brand = Brand(name="甲", facts={"app": Fact(value="乙")})
    library = Library(config.model_copy(update={"brand": brand}), load_checked(good).articles, DAY)
    html = str(next(site_pages(library)).draw())
    assert "拨打" not in html
    assert 'id="human"' in html


def test_structured_data_cannot_end_its_script(good: Root) -> None:
    library, article = with_article(good, question="问</script><!--&？", answer="答</ScRipt>。")
    script = drawn(library, article).split('<script type="application/ld+json">')[1]
    assert script.count("</") == 1
    assert "\\u003c/script\\u003e" in script


@given(st.text(alphabet="车险报案后，；：。？！”』 30日ab<&\u00a0", max_size=40))
def test_clauses_change_nothing_but_the_breaks(text: str) -> None:
    plain = unescape(re.sub(r"</?span[^>]*>", "", str(clauses(text))))
    assert plain.replace("\u00a0", " ") == text.replace("\u00a0", " ")


def test_bold_is_the_only_markup_of_brand_text() -> None:
    assert "拍下<b>现场、车牌</b>，" in bold_clauses("先看人。拍下**现场、车牌**，<i>记下</i>。")
    assert "<i>" not in bold_clauses("<i>**a**")
    assert str(bold_clauses("**一，二**")) == "<b>一，二</b>"


@pytest.mark.parametrize(
    ("text", "linked"),
    [
        ("拨 95518 报案", ["95518"]),
        ("先打 120，再打 122。", ["120", "122"]),
        ("遇到诈骗，拨 110 或 95518", ["110", "95518"]),
        ("赔 120 元，打 120 元", []),
        ("保单 1955180 号", []),
        ("13-95518", []),
    ],
)
def test_numbers_to_call_are_links_and_other_numbers_are_not(text: str, linked: list[str]) -> None:
    html = Phones({"95518", "120"}).linked(escape(text))
    assert re.findall(r'href="tel:(\d+)"', str(html)) == linked


def test_numbers_inside_tags_and_links_stay() -> None:
    html = Markup('<a href="/95518/">95518</a><p title="95518">拨 95518</p>')
    assert str(Phones({"95518"}).linked(html)).count("tel:") == 1
    assert tel_href("400-810 1234") == "tel:4008101234"


def test_the_frame_lists_only_links_that_customers_can_follow(
    good: Root, make_root: Callable[[dict[str, str | bytes]], Root]
) -> None:
    frame = Frame(Library.of(load_checked(good), DAY))
    assert [c.address for c in frame.categories] == ["policy/", "claims/"]
    assert frame.links == []
    assert 'href="tel:40000"' in dict(frame.complain)["电话"]
    bare = make_root({"kb/a/x.md": "---\nid: x\nquestion: 一个普通的问题？\n---\n答。\n"})
    assert Frame(Library.of(load_checked(bare), DAY)).complain == []
