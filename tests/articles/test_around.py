"""Does every page say how to complain, who registered the site and what is kept of visitors?"""

from __future__ import annotations

import re
from datetime import date

from articles.checking import check, load_checked
from articles.config import SiteConfig
from articles.pages.complain import complaint_rows
from articles.pages.library import Library
from articles.pages.offline import offline_body
from articles.pages.privacy import privacy_body
from core.paths import Root
from publishing.mkdocs_build import build_site

DAY = date(2026, 11, 1)


def library(root: Root, more: str = "", footer: str = "") -> Library:
    brand = root.config / "brand.yml"
    facts = "  complaint_address: { value: 东街 1 号 }\n  hotline_hours: { value: 全天 }\nactions:\n"
    text = brand.read_text("utf-8").replace("actions:\n", facts, 1)
    brand.write_text(text + footer + more, "utf-8")
    return Library.of(load_checked(root), DAY)


def pages(root: Root) -> dict[str, str]:
    folder = root.path.parent / "site"
    build_site(load_checked(root), folder)
    return {p.relative_to(folder).as_posix(): p.read_text("utf-8") for p in folder.rglob("*.html")}


def foot(html: str) -> str:
    return html[html.index("<footer") : html.index("</footer>")]


def test_telephone_address_and_process_stand_in_the_footer_of_every_page(good: Root) -> None:
    library(good, footer="  process: first-steps\n")
    for path, html in pages(good).items():
        shown = foot(html)
        assert 'id="complain"' in shown, path
        assert 'href="tel:40000"' in shown, path
        assert "东街 1 号" in shown, path
        assert len(re.findall(r"<li><b>", shown)) >= 2, path
        assert "<details" not in shown, path
        assert html.count('href="#complain"') == 2, path  # in the header and in the bar of a phone


def test_without_an_article_the_sentence_is_the_process(good: Root) -> None:
    rows = dict(complaint_rows(library(good)))
    assert list(rows) == ["电话", "地址", "流程"]
    assert "先找我们" in rows["流程"]


def test_nothing_is_made_up_for_a_brand_that_says_nothing() -> None:
    assert complaint_rows(Library(SiteConfig(), [], DAY)) == []


def test_a_process_that_is_no_article_is_told(good: Root) -> None:
    brand = good.config / "brand.yml"
    brand.write_text(brand.read_text("utf-8") + "  process: none-such\n", "utf-8")
    assert any("K701 没有编号是“none-such”的文章" in str(p) for p in check(good)[1])


def test_record_numbers_lead_to_their_registers(good: Root) -> None:
    library(good, footer="  icp: 京ICP备12345678号-1\n  police: 京公网安备11010102000001号\n")
    shown = foot(pages(good)["index.html"])
    assert '<a href="https://beian.miit.gov.cn/" rel="noopener noreferrer">京ICP备12345678号-1</a>' in shown
    assert 'href="https://beian.mps.gov.cn/#/query/webSearch?code=11010102000001"' in shown


def test_no_record_numbers_no_line(good: Root) -> None:
    assert "beian" not in foot(pages(good)["index.html"])


def test_every_footer_leads_to_the_privacy_notice(good: Root) -> None:
    made = pages(good)
    for path, html in made.items():
        here = "./" if path == "privacy/index.html" else r"[^\"]*privacy/"
        assert re.search(rf'href="{here}"[^>]*>隐私说明', foot(html)), path
    assert '<meta name="description"' in made["privacy/index.html"]


def test_the_usual_notice_says_what_is_kept_and_how_it_is_deleted(good: Root) -> None:
    text = re.sub(r"<[^>]+>", "", privacy_body(library(good)))
    for said in ("遮住", "IP 地址", "随机编号", "180 天", "这个标签页", "只存在这台设备", "怎么删", "40000"):
        assert said in text, said
    assert "{" not in text


def test_the_usual_notice_without_a_hotline() -> None:
    text = str(privacy_body(Library(SiteConfig(), [], DAY)))
    assert "请拨保单上印的客服电话" in text
    assert "{" not in text


def test_an_insurers_own_notice_as_text_or_as_paragraphs(good: Root) -> None:
    own = library(good, more='privacy:\n  - "第一段，**要紧**。"\n  - "第二段 <script>alert(1)</script> {{hotline}}"\n')
    html = str(privacy_body(own))
    assert "<p>第一段，<strong>要紧</strong>。</p>" in html
    assert "<script>" not in html
    assert 'href="tel:40000"' in html
    assert "180 天" not in html


def test_a_notice_that_is_neither_is_told(good: Root) -> None:
    brand = good.config / "brand.yml"
    brand.write_text(brand.read_text("utf-8") + "privacy: { a: b }\n", "utf-8")
    assert any("K303 “privacy”的值不对：应当是文字" in str(p) for p in check(good)[1])


def test_without_a_network_the_telephone_is_named_and_what_is_kept(good: Root) -> None:
    html = str(offline_body(library(good)))
    assert 'href="tel:40000"' in html
    assert 'href="../claims/first-steps/"' in html
    assert "没有存过" in html
    assert "请拨保单上印的客服电话" in str(offline_body(Library(SiteConfig(), [], DAY)))
