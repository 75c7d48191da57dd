"""Does the page of answers stand a sign-out, a publish, a server that is away, a stop and a notice in the middle of a call?"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.desk_faults import (
    ASIDE,
    Office,
    at_work,
    clipboard,
    heard,
    open_first,
    open_office,
    put_aside,
    seat,
    shown,
    sign_in,
    until,
)

HOSPITAL = "住院报销要带什么材料？"
SOON = 10_000  # milliseconds within which a stop and a notice have come


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with open_office(tmp_path_factory.mktemp("faults")) as office:
        yield office


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    with seat(chromium) as context:
        yield context


def press_until_copied(page: Page, digit: str, wanted: str) -> None:
    """Press ``digit`` until ``wanted`` is in the clipboard. Whatever comes there had been shown before the press."""
    for _ in range(20):
        put_aside(page)
        before, said = shown(page), len(heard(page))
        page.keyboard.press(digit)
        page.wait_for_function("n => window.heard.length > n", arg=said)
        now = clipboard(page)
        assert now in (ASIDE, before)
        if wanted in now:
            return
    raise AssertionError(heard(page))


def test_a_sign_out_in_another_tab(office: Office, context: BrowserContext) -> None:
    account, password = office.hire()
    page = at_work(context, office, account, password)
    open_first(page, "住院报销要带什么材料", HOSPITAL)
    page.locator("#ref").fill("PA-2026-77")

    other = context.new_page()
    other.goto(f"{office.url}/desk")
    other.get_by_role("button", name="退出").click()
    other.wait_for_url("**/desk/sign-in")

    page.bring_to_front()
    expect(page.locator("#live")).to_contain_text("登录已经结束")
    page.locator("#hits").focus()
    page.keyboard.press("1")  # the caller waits: what is shown can be said
    expect(page.locator("#said")).to_contain_text("已复制电话话术")
    page.locator("#q").fill("退保能退多少钱")
    expect(page.locator("#live")).to_contain_text("打的字都还在")

    with context.expect_page() as opened:
        page.get_by_role("link", name="重新登录").click()
    sign_in(opened.value, account.login, password)
    opened.value.close()

    page.bring_to_front()
    expect(page.locator("#q")).to_have_value("退保能退多少钱")
    expect(page.locator("#ref")).to_have_value("PA-2026-77")
    page.locator("#q").press("Enter")
    expect(page.locator("#title h1")).to_have_text("退保能退多少钱？")
    expect(page.locator("#paper")).to_contain_text("现金价值")
    expect(page.locator("#live")).to_have_text("服务正常")
    press_until_copied(page, "2", "过了犹豫期，退的是现金价值。")
    until(page, lambda: len(office.copies(reference="PA-2026-77")) == 2, "both copies are noted")
    assert [copy["article"] for copy in office.copies(reference="PA-2026-77")] == ["hospital", "surrender"]


def test_a_publish_changes_the_words(office: Office, context: BrowserContext) -> None:
    page = at_work(context, office, *office.hire())
    open_first(page, "住院报销要带什么材料", HOSPITAL)
    office.publish("claims/short.yml", **{"phone: 带病历、": "phone: 带上病历、", HOSPITAL: "住院报销要交什么材料？"})
    press_until_copied(page, "1", "带上病历、诊断证明和费用清单。")
    assert any("话术已换成新的" in said for said in heard(page))
    expect(page.locator("#title h1")).to_have_text("住院报销要交什么材料？")


def with_a_number(page: Page, reference: str) -> None:
    """An article is open, its blank and the case number are filled in, and the keys are keys."""
    open_first(page, "刚出车祸，先打给谁", "刚出车祸，先打给谁？")
    page.keyboard.press("b")
    page.keyboard.type("AB123456")
    page.locator("#ref").fill(reference)
    expect(page.locator("#paper .ln--core")).to_contain_text("AB123456")
    page.locator("#hits").focus()


def test_ten_seconds_without_an_answer(office: Office, context: BrowserContext) -> None:
    account, password = office.hire()
    page = at_work(context, office, account, password)
    with_a_number(page, "PA-2026-10")
    page.keyboard.press("2")  # the words are older now than they may be
    until(page, lambda: len(office.copies(reference="PA-2026-10")) == 1, "the copy before")
    page.wait_for_function("n => performance.now() > n + 3000", arg=page.evaluate("performance.now()"))
    with office.frozen():
        page.keyboard.press("1")
        expect(page.locator("#said")).to_contain_text("已复制电话话术（连不上知识库，这是刚才那一版）", timeout=SOON)
        expect(page.locator("#live")).to_have_text("连不上知识库，正在重试", timeout=SOON)
        assert "AB123456" in clipboard(page)
        page.keyboard.press("n")
        expect(page.locator("#empty")).to_be_visible()
        page.locator("#q").fill("交齐材料后多久赔到账")  # the next caller
        page.locator("#ref").fill("PA-2026-11")
        put_aside(page)
        expect(page.locator("#said")).to_contain_text("打的字都还在", timeout=SOON)
    expect(page.locator("#said")).to_contain_text("结果补交好了", timeout=SOON)
    expect(page.locator("#summary-text")).to_contain_text("PA-2026-10")
    expect(page.locator("#hits li").first).to_contain_text("交齐材料后多久赔到账", timeout=SOON)
    expect(page.locator("#live")).to_have_text("服务正常")
    expect(page.locator("#ref")).to_be_focused()  # where the agent is typing, with what they have copied meanwhile
    expect(page.locator("#ref")).to_have_value("PA-2026-11")
    expect(page.locator("#q")).to_have_value("交齐材料后多久赔到账")
    assert clipboard(page) == ASIDE
    [contact] = office.contacts(account)
    assert (contact["result"], contact["reference"]) == ("unsolved", "PA-2026-10")
    until(page, lambda: len(office.copies(contact=contact["contact"])) == 2, "the copy that waited")
    assert [copy["channel"] for copy in office.copies(contact=contact["contact"])] == ["chat", "phone"]


def test_a_network_that_is_gone(office: Office, context: BrowserContext) -> None:
    account, password = office.hire()
    page = at_work(context, office, account, password)
    with_a_number(page, "PA-2026-20")
    put_aside(page)
    context.set_offline(True)
    page.locator("#blanks input").fill("CD123456")
    page.locator("#hits").focus()
    page.keyboard.press("1")  # never the number that stood there before
    expect(page.locator("#said")).to_contain_text("刚填的还没有进话术")
    expect(page.locator("#live")).to_have_text("连不上知识库，正在重试")
    assert clipboard(page) == ASIDE
    context.set_offline(False)
    expect(page.locator("#paper .ln--core")).to_contain_text("CD123456")
    page.locator("#hits").focus()
    page.keyboard.press("1")
    until(page, lambda: "CD123456" in clipboard(page), "the new number is copied")
    context.set_offline(True)
    page.keyboard.press("2")
    expect(page.locator("#said")).to_contain_text("已复制在线客服话术")
    page.keyboard.press("y")
    expect(page.locator("#q")).to_be_focused()
    context.set_offline(False)
    until(page, lambda: [one["result"] for one in office.contacts(account)] == ["solved"], "the contact is stored")
    until(page, lambda: len(office.copies(reference="PA-2026-20")) == 2, "the copies are noted")
    assert {copy["contact"] for copy in office.copies(reference="PA-2026-20")} == {
        office.contacts(account)[0]["contact"]
    }


def test_a_stop_and_a_notice(office: Office, context: BrowserContext, chromium: Browser) -> None:
    page = at_work(context, office, *office.hire())
    open_first(page, "交齐材料后多久赔到账", "交齐材料后多久赔到账？")
    page.keyboard.press("1")
    expect(page.locator("#said")).to_contain_text("已复制电话话术")
    put_aside(page)
    supervisor, password = office.hire("supervisor")
    with seat(chromium) as elsewhere:
        desk = elsewhere.new_page()
        desk.goto(f"{office.url}/desk/urgent")
        sign_in(desk, supervisor.login, password)
        desk.get_by_label("文章编号，或标准问").fill("claim-days")
        desk.get_by_label("原因").fill("支付系统核对中")
        desk.get_by_role("button", name="停用", exact=True).click()
        expect(desk.get_by_text("已停用")).to_be_visible()
    hostile = "系统维护<script>document.title = 'x'</script>&lt;\"><img src=x onerror=\"document.title = 'x'\">"
    number = office.notice(hostile, supervisor)

    expect(page.locator("#title")).to_contain_text("已停用，不能复制：支付系统核对中", timeout=SOON)
    page.keyboard.press("1")
    expect(page.locator("#said")).to_contain_text("已停用，不能复制：支付系统核对中")
    assert clipboard(page) == ASIDE
    expect(page.locator("#notices .dk-notice")).to_have_text(f"公告 {hostile}", timeout=SOON)
    assert page.locator("#notices .dk-notice *").count() == 1  # the word 公告
    assert "应答" in page.title()

    assert office.urgent.start("claim-days", supervisor)
    assert office.urgent.end(number, supervisor)
    expect(page.locator("#title")).not_to_contain_text("已停用", timeout=SOON)
    expect(page.locator("#notices .dk-notice")).to_have_count(0, timeout=SOON)
    press_until_copied(page, "1", "谈妥以后十天内付款。")


def test_a_publish_takes_the_article_away(office: Office, context: BrowserContext) -> None:
    account, password = office.hire()
    page = at_work(context, office, account, password)
    open_first(page, "退保能退多少钱", "退保能退多少钱？")
    page.keyboard.press("1")
    expect(page.locator("#said")).to_contain_text("已复制")
    put_aside(page)
    office.publish("policy/surrender.md")
    expect(page.locator("#said")).to_contain_text("“退保能退多少钱？”已经下线", timeout=SOON)
    expect(page.locator("#empty")).to_be_visible()
    page.keyboard.press("1")
    expect(page.locator("#said")).to_contain_text("先打开一篇")
    assert clipboard(page) == ASIDE
    page.keyboard.press("y")  # what was answered before is history, and does not keep the contact from ending
    expect(page.locator("#said")).to_contain_text("已结束")
    until(page, lambda: [one["result"] for one in office.contacts(account)] == ["solved"], "the contact is stored")
