"""What stands between an agent and a copy? Blanks are filled first, days are worked out, and what no longer holds is not copied."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from bench.latency import served
from core.paths import Root
from tests.browser.desk import Office, clipboard, copy, has_clipboard, open_answer, preview, sent_copies, told_after
from tests.browser.looks import on_a_desktop
from tests.conftest import GOOD

ACCIDENT = "刚出车祸，先打给谁？"
HOSPITAL = "住院报销要带什么材料？"
RULE = "付款，从收到申请起 15 日内。"
NUMBER = "AB123456"
BEFORE = "原来就在剪贴板里的字"
MORE = """
- id: lapsed
  question: 去年的活动还能参加吗？
  topic: 时限
  answers: { phone: 去年的活动可以参加。 }
  sources: [活动规则]
  owner: 理赔组
  review_by: 2027-06-30
  valid_to: 2025-12-31
  answer: 去年的活动可以参加。
- id: paid-when
  question: 申请交上去后多久打钱？
  topic: 时限
  promises: [{ what: 付款, by: company, within: 15, from: 收到申请, basis: 条款 }]
  answers: { phone: 我们收到申请后尽快给您打钱。 }
  sources: [条款]
  owner: 理赔组
  review_by: 2027-06-30
  answer: 收到申请后尽快打钱。
"""
pytestmark = on_a_desktop


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A small site: two articles with the same blank, one with a deadline, an expired one and a draft."""
    folder = tmp_path_factory.mktemp("blanks") / "good"
    shutil.copytree(GOOD, folder)
    short = folder / "kb" / "claims" / "short.yml"
    text = short.read_text("utf-8")
    blank = text.replace(
        "phone: 带病历、诊断证明和费用清单。", 'phone: "报案号{{报案号}}要带病历、诊断证明和费用清单。"'
    )
    assert blank != text
    short.write_text(blank + MORE, "utf-8")
    with served(Root.at(folder)) as (port, _):
        yield Office(f"http://127.0.0.1:{port}", folder)


def refused(page: Page, digit: str, told: str) -> None:
    """The digit copies nothing, and the page says why."""
    page.evaluate("text => navigator.clipboard.writeText(text)", BEFORE)
    told_after(page, digit, told)
    expect(page.locator("#need")).to_contain_text(told)
    assert clipboard(page) == BEFORE


def blank(page: Page) -> Locator:
    return page.get_by_role("textbox", name="报案号", exact=True)


def test_a_blank_is_asked_for_remembered_and_forgotten(page: Page, office: Office) -> None:
    told = sent_copies(page)
    office.enter(page)
    open_answer(page, "first-steps", ACCIDENT)
    refused(page, "1", "还差 1 处：报案号")
    expect(blank(page)).to_be_focused()
    expect(blank(page)).to_have_attribute("aria-invalid", "true")
    page.keyboard.type("12")
    expect(blank(page)).to_have_value("12")
    with page.expect_response("**/desk/api/reply"):
        page.keyboard.press("Enter")
    expect(blank(page)).to_be_focused()
    page.keyboard.press("Escape")
    refused(page, "1", "报案号的写法不对")
    expect(blank(page)).to_be_focused()
    assert told == []
    page.keyboard.type(NUMBER)  # in place of what was selected
    page.keyboard.press("Enter")
    expect(page.locator("#hits")).to_be_focused()
    copy(page, "phone")
    text = clipboard(page)
    assert text == preview(page) == office.replies(page, "first-steps", blanks={"报案号": NUMBER})["phone"]
    assert f"您的报案号是{NUMBER}。" in text

    open_answer(page, "hospital", HOSPITAL)
    expect(blank(page)).to_have_value(NUMBER)
    copy(page, "phone")
    assert clipboard(page) == preview(page)
    assert f"报案号{NUMBER}要带" in clipboard(page)
    assert [each["articles"] for each in told] == [["first-steps"], ["hospital"]]
    assert NUMBER not in str(told)

    page.keyboard.press("n")
    expect(page.locator("#said")).to_contain_text("通话小结已复制")
    assert NUMBER not in clipboard(page)
    open_answer(page, "first-steps", ACCIDENT)
    expect(blank(page)).to_have_value("")
    refused(page, "1", "还差 1 处：报案号")
    assert len(told) == 2


def test_a_channel_without_the_blank_does_not_ask_for_it(page: Page, office: Office) -> None:
    office.enter(page)
    open_answer(page, "first-steps", ACCIDENT)
    expect(blank(page)).to_be_visible()
    copy(page, "chat")
    expect(blank(page)).to_have_count(0)
    assert clipboard(page) == preview(page)


def test_a_number_that_was_just_typed_is_copied(page: Page, office: Office) -> None:
    office.enter(page)
    open_answer(page, "first-steps", ACCIDENT)
    page.keyboard.press("b")
    expect(blank(page)).to_be_focused()
    page.keyboard.type(NUMBER)
    page.keyboard.press("Escape")
    copy(page, "phone")
    has_clipboard(page, office.replies(page, "first-steps", blanks={"报案号": NUMBER})["phone"])


def test_a_deadline_is_a_rule_until_its_beginning_is_known(page: Page, office: Office) -> None:
    office.enter(page)
    open_answer(page, "paid-when", "申请交上去后多久打钱？")
    assert RULE in preview(page)
    copy(page, "phone")
    assert RULE in clipboard(page)
    began = date.today() - timedelta(days=3)
    page.get_by_label("收到申请").fill(began.isoformat())
    last = began + timedelta(days=15)
    expect(page.locator("#paper")).to_contain_text(f"最晚 {last.month} 月 {last.day} 日")
    page.keyboard.press("Escape")
    copy(page, "phone")
    text = office.replies(page, "paid-when", began={"收到申请": began.isoformat()})["phone"]
    assert RULE not in text
    has_clipboard(page, text)
    copy(page, "social")
    assert RULE in clipboard(page)
    page.get_by_label("收到申请").fill("")
    page.keyboard.press("Escape")
    copy(page, "phone")
    has_clipboard(page, office.replies(page, "paid-when")["phone"])
    assert RULE in clipboard(page)


@pytest.mark.parametrize(
    ("name", "question", "why"),
    [
        ("lapsed", "去年的活动还能参加吗？", "已过期，不能复制"),
        ("draft-one", "草稿里的新规定是什么？", "还是草稿，不能复制"),
        ("old-reissue", "旧的补发办法是什么？", "已下线，不能复制"),
    ],
)
def test_what_does_not_hold_is_shown_and_cannot_be_copied(
    page: Page, office: Office, name: str, question: str, why: str
) -> None:
    told = sent_copies(page)
    office.enter(page)
    open_answer(page, name, question)
    expect(page.locator("#hits [aria-selected=true] .tag--dead")).to_contain_text("不能复制")
    expect(page.locator("#title .dk-dead")).to_contain_text("不能复制")
    for digit in "123456":
        refused(page, digit, why)
    button = page.locator("#paper .btn--act")
    expect(button).to_have_attribute("aria-disabled", "true")
    button.focus()
    refused(page, "Enter", why)
    assert told == []


def test_an_archived_article_leads_to_what_replaced_it(page: Page, office: Office) -> None:
    office.enter(page)
    open_answer(page, "old-reissue", "旧的补发办法是什么？")
    page.get_by_role("button", name="换成：保单丢了怎么补？").press("Enter")
    expect(page.locator("#title h1")).to_have_text("保单丢了怎么补？")
    copy(page, "chat")
    has_clipboard(page, office.replies(page, "reissue")["chat"])
