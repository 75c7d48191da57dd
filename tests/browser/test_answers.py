"""Is a question answered as sure as the search is, and can somebody say whether it helped, or take it all to a human?"""

from __future__ import annotations

import json
import random
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from urllib.parse import quote
from urllib.request import urlopen

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site
from tests.browser.looks import on_both

# One of each band in the articles of this repository; the test of the bands says so when an article changes that.
SURE, SEVERAL, UNSURE = "保费晚交几天会断保吗", "住院报销要什么材料", "金事通能看到老公的车险吗"


def open_answer(page: Page, site: Site, question: str, **more: str) -> None:
    extra = "".join(f"&{key}={quote(value)}" for key, value in more.items())
    page.goto(f"{site.url}/ask/?q={quote(question)}{extra}")


@pytest.mark.parametrize(("question", "band"), [(SURE, "answer"), (SEVERAL, "choose"), (UNSURE, "unsure")])
def test_the_questions_are_of_three_bands(site: Site, question: str, band: str) -> None:
    with urlopen(f"{site.url}/api/v1/search?q={quote(question)}") as response:
        assert json.load(response)["band"] == band


@on_both
def test_a_sure_answer_is_shown_whole(page: Page, site: Site) -> None:
    open_answer(page, site, SURE)
    answer = page.locator("[data-answer]")
    expect(answer.get_by_role("heading", name="怎么做")).to_be_visible()
    expect(answer.locator(".slip")).to_have_text("结论")
    expect(answer.get_by_text("解决您的问题了吗？")).to_be_visible()
    expect(page.locator("[data-choose], [data-unsure]").locator("visible=true")).to_have_count(0)
    inside = answer.locator(".answer-body a").first
    assert "/ask/" not in (inside.get_attribute("href") or "")  # its links were written for another page
    expect(page.locator("[data-hits] li")).not_to_have_count(0)
    assert page.locator("[data-hits] li").count() <= 5


def test_a_sure_answer_without_its_page_keeps_its_conclusion(page: Page, site: Site) -> None:
    page.route("**/payment/**", lambda route: route.abort())
    open_answer(page, site, SURE)
    expect(page.locator("[data-answer] .answer-line")).to_be_visible()
    expect(page.locator("[data-answer]").get_by_text("看步骤和材料")).to_be_visible()


@on_both
def test_two_or_three_to_choose_from(page: Page, site: Site) -> None:
    open_answer(page, site, SEVERAL)
    choose = page.locator("[data-choose]")
    expect(choose.get_by_text("您想问的是哪一个？")).to_be_visible()
    assert 2 <= choose.locator(".picks a").count() <= 3
    expect(page.locator("[data-answer]")).to_be_hidden()
    choose.get_by_text("都不是，换个说法").click()
    expect(page.locator("#q-top")).to_be_focused()
    choose.locator(".picks a").first.click()
    expect(page.locator(".answer-line").first).to_be_visible()


def test_no_answer_that_is_not_sure(page: Page, site: Site) -> None:
    open_answer(page, site, UNSURE)
    expect(page.get_by_text("不想答错您")).to_be_visible()
    expect(page.locator("[data-unsure] a[href^='tel:']")).to_be_visible()
    expect(page.locator("[data-near] .cats a").first).to_be_visible()
    expect(page.locator("[data-answer], [data-choose]").locator("visible=true")).to_have_count(0)


def test_the_guessed_category_can_be_taken_away(page: Page, site: Site) -> None:
    open_answer(page, site, SEVERAL)
    chip = page.locator("[data-facets] .chip--on")
    expect(chip).to_have_text("理赔进度×")
    for link in page.locator(".picks a, .hits a").all():
        assert "/claims/" in (link.get_attribute("href") or "")
    chip.click()
    page.wait_for_url("**category=all*")
    expect(page.locator("[data-facets] .chip--on")).to_have_count(0)
    expect(page.locator("[data-facets] .chip")).not_to_have_count(0)


def test_before_anything_is_asked(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/ask/")
    expect(page.get_by_role("heading", name="您想问什么？")).to_be_visible()
    expect(page.locator("[data-past]")).to_be_hidden()
    open_answer(page, site, SURE)
    expect(page.locator("[data-answer] .answer-line")).to_be_visible()
    page.goto(f"{site.url}/ask/")
    page.locator("[data-past]").get_by_text(SURE).click()
    expect(page.locator("[data-answer] .answer-line")).to_be_visible()


def stored(site: Site, query: str, wanted: Callable[[list[tuple[object, ...]]], bool]) -> list[tuple[object, ...]]:
    """What stands in the database, as soon as it is what is wanted: events are written a moment later."""
    file = site.files.parents[3] / "kb.sqlite3"
    end = time.monotonic() + 5
    while True:
        with closing(sqlite3.connect(file)) as database:
            rows = database.execute(query).fetchall()
        if wanted(rows) or time.monotonic() > end:
            return rows
        time.sleep(0.05)


def test_a_vote_is_stored_masked_changed_and_remembered(page: Page, site: Site) -> None:
    article = "grace-period"
    query = f"SELECT visitor, solved, reason, words FROM votes WHERE article = '{article}' ORDER BY id DESC LIMIT 1"
    page.goto(f"{site.url}/payment/{article}/")
    vote = page.locator("[data-vote]")
    vote.get_by_text("没解决").click()
    vote.get_by_text("照做没用").click()
    vote.get_by_label("想多说一句").fill("<b>{{7*7}}</b> 我的手机是13812345678")
    vote.get_by_role("button", name="提交").click()
    expect(vote.locator("[data-vote-kept]")).to_be_visible()
    [(visitor, solved, reason, words)] = stored(site, query, lambda rows: bool(rows) and bool(rows[0][3]))
    assert (solved, reason) == (0, "did_not_help")
    assert str(words).startswith("<b>{{7*7}}</b>")
    assert "13812345678" not in str(words)
    page.reload()
    expect(vote.locator("[value=no]")).to_be_checked()
    vote.get_by_text("解决了", exact=True).click()
    expect(vote.locator("[data-vote-kept]")).to_be_visible()
    [changed] = stored(site, query, lambda rows: rows[0][1] == 1)
    assert changed == (visitor, 1, None, None)


def test_a_vote_that_is_not_stored_says_so_and_keeps_the_words(page: Page, site: Site) -> None:
    page.route("**/api/v1/votes", lambda route: route.fulfill(status=503, body="{}"))
    page.goto(f"{site.url}/payment/grace-period/")
    vote = page.locator("[data-vote]")
    vote.get_by_text("没解决").click()
    vote.get_by_label("想多说一句").fill("看不懂这一段")
    vote.get_by_role("button", name="提交").click()
    expect(vote.locator("[data-vote-lost]")).to_be_visible()
    expect(vote.get_by_label("想多说一句")).to_have_value("看不懂这一段")
    vote.get_by_text("想找人工").click()
    vote.locator("[data-vote-human]").click()
    page.wait_for_url("**/human/")


def test_what_happened_is_noted_without_half_questions(page: Page, site: Site) -> None:
    mark = "退保" + "".join(random.choices("bcdfghjkm", k=12))  # digits might be masked
    ((last,),) = stored(site, "SELECT coalesce(max(id), 0) FROM events", bool)
    page.goto(site.url)
    box = page.locator("form.ask input[name=q] >> visible=true").first
    box.fill(mark)
    expect(page.locator("[role=option]").first).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator(".hits a, .picks a").first).to_be_visible()
    page.locator(".hits a, .picks a").first.click()
    expect(page.locator("[data-article]")).to_be_visible()
    clicked = page.locator("[data-article]").get_attribute("data-article")
    query = f"SELECT kind, article, rank, visitor FROM events WHERE id > {last} ORDER BY id"
    # What the page before noted may come in late.
    rows = stored(site, query, lambda rows: {("click", clicked), ("view", clicked)} <= {row[:2] for row in rows})
    (click,) = [row for row in rows if row[0] == "click"]
    assert click[:3] == ("click", clicked, 1)
    assert click[3]
    asked = stored(site, f"SELECT query FROM events WHERE query LIKE '%{mark[2:]}%' AND kind = 'search'", bool)
    assert len(asked) == 1  # Enter, and not what was found while typing


@on_both
def test_a_human_need_not_be_told_again(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/human/")
    expect(page.get_by_text("还没有问过，")).to_be_visible()
    open_answer(page, site, SURE)
    expect(page.locator("[data-answer] .answer-line")).to_be_visible()
    page.locator("a[href$='human/'] >> visible=true").first.click()
    page.wait_for_url("**/human/")
    said = page.locator("#said")
    expect(said).to_contain_text(f"我问的是：“{SURE}”")
    expect(said).to_contain_text("看过这几条：“")
    expect(page.locator("a[href='tel:95518'] >> visible=true").first).to_be_visible()
    expect(page.get_by_text("柜面", exact=True)).to_be_visible()
    page.get_by_text("复制这段话").click()
    expect(page.locator("[data-copied]")).to_be_visible()
    page.get_by_role("button", name="清除").click()
    expect(said).to_be_hidden()


def test_where_nothing_can_be_copied_the_words_are_selected(page: Page, site: Site) -> None:
    page.add_init_script("delete Navigator.prototype.clipboard; Document.prototype.execCommand = () => false;")
    open_answer(page, site, SURE)
    expect(page.locator("[data-answer] .answer-line")).to_be_visible()
    page.goto(f"{site.url}/human/")
    page.get_by_text("复制这段话").click()
    expect(page.get_by_text("文字已选中")).to_be_visible()
    assert SURE in page.evaluate("getSelection().toString()")
