"""Does the clipboard hold what the preview of a reply showed, to the character: on every channel, stacked, and over plain http?"""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from bench.weight import ARGUMENTS
from tests.browser.conftest import Site
from tests.browser.desk import DIGITS, Office, clipboard, copy, has_clipboard, open_answer, preview
from tests.browser.looks import on_a_desktop

LIMIT = "claim-time-limit"
LIMIT_ASKS = "理赔材料交齐后，多久给结果？"
PAYMENT = "claim-payment-days"
PAYMENT_ASKS = "谈好赔款后，几天能到账？"
ASKED = "理赔要等多少天"
CASE = "CASE-2026/0117"
# A name that no browser trusts over plain http, as those of an intranet.
HOST = "desk.example"


@pytest.fixture(scope="module")
def office(site: Site) -> Office:
    return Office(site.url, site.files.parents[4])


@on_a_desktop
def test_each_channel_by_its_digit(page: Page, office: Office) -> None:
    office.enter(page, f"/desk?ref={CASE}")
    rank = open_answer(page, ASKED, LIMIT_ASKS)
    expected = office.replies(page, LIMIT)
    assert len(set(expected.values())) == len(DIGITS)
    contacts = set()
    for channel in DIGITS:
        contacts.add(copy(page, channel))
        assert clipboard(page) == preview(page) == expected[channel]
    (contact,) = contacts
    assert office.copies(page, contact, len(DIGITS)) == [
        (LIMIT, channel, ASKED, rank, CASE, office.release) for channel in DIGITS
    ]


@on_a_desktop
def test_an_article_that_was_not_searched_has_no_rank_and_no_case(page: Page, office: Office) -> None:
    office.enter(page, f"/desk?article={LIMIT}")
    expect(page.locator("#paper .ln--core")).to_be_visible()
    page.keyboard.press("Escape")
    assert office.copies(page, copy(page, "chat"), 1) == [(LIMIT, "chat", None, None, None, office.release)]


@on_a_desktop
def test_two_articles_in_one_reply_and_one_again(page: Page, office: Office) -> None:
    office.enter(page)
    open_answer(page, ASKED, LIMIT_ASKS)
    alone = office.replies(page, LIMIT)["email"]
    while PAYMENT_ASKS not in page.locator("#hits [aria-selected=true]").inner_text():
        page.keyboard.press("ArrowDown")
    page.keyboard.press("+")
    expect(page.locator(".dk-stack")).to_contain_text("叠了 2 篇")
    contact = copy(page, "email")
    text = clipboard(page)
    assert text == preview(page) == office.replies(page, LIMIT, PAYMENT)["email"]
    lines = text.split("\n")
    opener, closing = alone.split("\n")[0], alone.split("\n")[-1]
    assert (lines[0], lines.count(opener)) == (opener, 1)
    assert (lines[-1], lines.count(closing)) == (closing, 1)
    assert page.locator("#paper .ln--core").count() == 2
    assert [(copy.article, copy.rank) for copy in office.copies(page, contact, 2)] == [
        (LIMIT, None),
        (PAYMENT, None),
    ]
    page.keyboard.press("+")
    expect(page.locator(".dk-stack")).to_have_count(0)
    copy(page, "email")
    expect(page.locator("#paper .ln--core")).to_have_count(1)
    has_clipboard(page, alone)


@on_a_desktop
def test_a_line_that_is_left_out_is_not_copied(page: Page, office: Office) -> None:
    office.enter(page)
    open_answer(page, ASKED, LIMIT_ASKS)
    whole = office.replies(page, LIMIT)["chat"]
    copy(page, "chat")
    opening = page.get_by_role("button", name="开场")
    opening.click()
    expect(opening).to_have_attribute("aria-pressed", "false")
    expect(page.locator("#paper .ln--out")).to_contain_text("这次不说")
    copy(page, "chat")
    has_clipboard(page, whole.split("\n", 1)[1])
    expect(opening).to_be_focused()
    page.keyboard.press("Enter")
    expect(opening).to_have_attribute("aria-pressed", "true")
    copy(page, "chat")
    has_clipboard(page, whole)


@pytest.fixture(scope="module")
def distrustful(chromium: Browser) -> Iterator[Browser]:
    """A browser that finds this machine under a name of an intranet."""
    browser = chromium.browser_type.launch(
        executable_path=shutil.which("chromium"), args=[*ARGUMENTS, f"--host-resolver-rules=MAP {HOST} 127.0.0.1"]
    )
    yield browser
    browser.close()


@pytest.fixture
def plain(distrustful: Browser) -> Iterator[BrowserContext]:
    context = distrustful.new_context(locale="zh-CN", viewport={"width": 1366, "height": 768}, service_workers="block")
    yield context
    context.close()


def pasted(context: BrowserContext) -> str:
    """What Ctrl+V puts into a box of another page."""
    other = context.new_page()
    other.set_content("<textarea autofocus></textarea>")
    other.locator("textarea").focus()
    other.keyboard.press("Control+V")
    text = other.locator("textarea").input_value()
    other.close()
    return text


def test_over_plain_http_every_channel_is_copied_the_old_way(plain: BrowserContext, office: Office) -> None:
    page = plain.new_page()
    intranet = Office(office.url.replace("127.0.0.1", HOST), office.folder)
    intranet.enter(page)
    assert page.evaluate("[isSecureContext, navigator.clipboard === undefined]") == [False, True]
    open_answer(page, ASKED, LIMIT_ASKS)
    expected = intranet.replies(page, LIMIT)
    for channel in DIGITS:
        copy(page, channel)
        assert pasted(plain) == preview(page) == expected[channel]
        expect(page.locator("#hits")).to_be_focused()
    page.keyboard.press("y")
    expect(page.locator("#said")).to_contain_text("通话小结已复制")
    assert pasted(plain) == page.locator("#summary-text").text_content()
    assert page.locator("textarea").count() == 0


def test_where_nothing_copies_the_text_is_selected(plain: BrowserContext, office: Office) -> None:
    plain.add_init_script("document.execCommand = () => false")
    page = plain.new_page()
    intranet = Office(office.url.replace("127.0.0.1", HOST), office.folder)
    intranet.enter(page)
    open_answer(page, ASKED, LIMIT_ASKS)
    for channel in ("phone", "email"):
        page.locator("#hits").focus()
        page.keyboard.press(DIGITS[channel])
        expect(page.locator("#said")).to_contain_text("浏览器不让复制")
        expect(page.locator("#said")).to_contain_text("请按 Ctrl+C")
        expect(page.locator(f"#tab-{channel}")).to_have_attribute("aria-selected", "true")
        expect(page.get_by_label("按 Ctrl+C 复制")).to_be_focused()
        expected = intranet.replies(page, LIMIT)[channel]
        assert page.evaluate("getSelection().toString()") == preview(page) == expected
        page.keyboard.press("Control+C")
        assert pasted(plain) == expected
