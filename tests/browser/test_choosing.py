"""Can somebody choose: a flow one question at a time, with the keyboard and without JavaScript, and a word explained on the spot?"""

from __future__ import annotations

import re

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import Site
from tests.browser.looks import on_both

ARTICLE = "/policy/surrender-how-much/"
QUESTIONS = ".flow >> visible=true"
TIP = ".term-tip"


def choose(page: Page, text: str) -> None:
    page.locator(f".picks a >> visible=true >> text={text}").click()


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.textContent"))


@on_both
def test_one_question_at_a_time_with_a_way_back_and_told(page: Page, site: Site) -> None:
    page.goto(site.url + ARTICLE, wait_until="networkidle")
    expect(page.locator(QUESTIONS)).to_have_count(1)
    expect(page.get_by_text("返回上一步")).to_be_hidden()
    choose(page, "车险")
    expect(page.locator(QUESTIONS)).to_contain_text("要退车险里的哪一份？")
    expect(page.locator(".flow-way[role=status]")).to_contain_text("您选了：车险")
    assert focused(page) == "要退车险里的哪一份？"
    assert Axe().run(page).response["violations"] == []
    page.get_by_text("返回上一步").click()
    expect(page.locator(QUESTIONS)).to_contain_text("要退的是哪种保险？")
    expect(page.get_by_text("返回上一步")).to_be_hidden()
    choose(page, "车险")
    page.go_back()
    expect(page.locator(QUESTIONS)).to_contain_text("要退的是哪种保险？")
    page.go_forward()
    choose(page, "交强险")
    page.wait_for_url("**/policy/surrender-compulsory/")


def test_a_flow_works_with_the_keyboard_alone(page: Page, site: Site) -> None:
    page.goto(site.url + ARTICLE, wait_until="networkidle")
    page.locator(".picks a").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(QUESTIONS)).to_contain_text("签收保单多久了？")
    expect(page.locator(QUESTIONS).locator("h3")).to_be_focused()
    page.keyboard.press("Tab")
    assert focused(page) == "还在犹豫期里"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".answer-line")).to_be_focused()
    expect(page.locator(".answer-line")).to_be_in_viewport()


@on_both
def test_every_choice_is_large_enough(page: Page, site: Site) -> None:
    page.goto(site.url + ARTICLE, wait_until="networkidle")
    for mode, least in (("", 56), ("elder", 60)):
        page.evaluate("m => { document.documentElement.dataset.mode = m; }", mode)
        boxes = [box.bounding_box() for box in page.locator(".picks a >> visible=true").all()]
        assert min(box["height"] for box in boxes if box) >= least


def test_the_way_out_leads_to_a_human(page: Page, site: Site) -> None:
    page.goto(site.url + ARTICLE, wait_until="networkidle")
    page.locator(".picks a").first.click()
    expect(page.locator(QUESTIONS)).to_contain_text("签收保单多久了？")
    page.locator(".way-out a >> visible=true").click()
    page.wait_for_url("**/human/")
    expect(page.locator("main, #main").locator("a[href^='tel:']").first).to_be_in_viewport()
    expect(page.locator("#said")).to_contain_text("我的情况是：“")


def test_a_category_leads_into_the_middle_of_an_article(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/claims/", wait_until="networkidle")
    choose(page, "现在到哪一步了")
    page.wait_for_url("**/claims/hospital-reimbursement/#ask-stage")
    expect(page.locator(QUESTIONS)).to_be_in_viewport()
    expect(page.locator(QUESTIONS)).to_have_count(1)


def test_without_javascript_all_questions_and_words_are_links(chromium: Browser, site: Site) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site.url + ARTICLE)
    expect(page.locator(QUESTIONS)).to_have_count(3)
    choose(page, "寿险")
    assert page.url.endswith("#ask-when")
    expect(page.locator(QUESTIONS)).to_have_count(3)
    page.locator(".term").first.click()
    page.wait_for_url("**/terms/*/")
    assert page.locator(".answer-line").is_visible()
    context.close()


def explained(page: Page) -> Locator:
    """A word in the answer, and the text around it where it was."""
    word = page.locator(".answer-line .term").first
    word.scroll_into_view_if_needed()
    return word


@on_both
def test_a_word_is_explained_by_pointing_and_tapping_and_nothing_moves(page: Page, site: Site) -> None:
    page.goto(site.url + ARTICLE, wait_until="networkidle")
    word = explained(page)
    height = page.evaluate("document.body.scrollHeight")
    touch = page.evaluate("navigator.maxTouchPoints > 0")
    word.tap() if touch else word.hover()
    expect(page.locator(TIP)).to_contain_text(str(word.get_attribute("data-explain")))
    expect(word).to_have_attribute("aria-describedby", "term-said")
    assert page.evaluate("document.body.scrollHeight") == height
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert Axe().run(page).response["violations"] == []
    page.keyboard.press("Escape")
    expect(page.locator(TIP)).to_be_hidden()
    if touch:
        word.tap()
        page.locator("h1").tap()
        expect(page.locator(TIP)).to_be_hidden()
        word.tap()
        expect(page.locator(TIP)).to_be_visible()
    word.tap() if touch else word.click()
    page.wait_for_url("**/terms/*/")


def test_a_word_is_explained_to_the_keyboard(page: Page, site: Site) -> None:
    page.goto(site.url + ARTICLE, wait_until="networkidle")
    word = explained(page)
    page.locator(".crumb a").focus()
    page.keyboard.press("Tab")
    expect(word).to_be_focused()
    expect(page.locator(TIP)).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(TIP)).to_be_hidden()
    expect(word).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/terms/*/")


def test_all_words_lead_to_their_pages(page: Page, site: Site) -> None:
    page.goto(site.url, wait_until="networkidle")
    page.locator(".foot a", has_text="词语解释").click()
    page.wait_for_url("**/terms/")
    page.locator(".words a", has_text=re.compile("^犹豫期")).click()
    expect(page.locator("h1")).to_have_text("犹豫期")
    page.locator(".hits a").first.click()
    expect(page.locator(".answer-line")).to_be_visible()
