"""Is a contact one contact: ended by one key with its summary, begun by the telephone system, shared with no other tab?"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from publishing.layout import current
from tests.browser.desk_faults import (
    ASIDE,
    Office,
    at_work,
    clipboard,
    heard,
    listen,
    open_first,
    open_office,
    put_aside,
    seat,
    until,
)

CRASH = "刚出车祸，先打给谁？"
DAYS = "交齐材料后多久赔到账？"
# A browser that lets no script copy, whatever it tries.
CLOSED = """delete Navigator.prototype.clipboard; Document.prototype.execCommand = () => false;"""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with open_office(tmp_path_factory.mktemp("contacts")) as office:
        yield office


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    with seat(chromium) as context:
        yield context


def copied(page: Page, digit: str) -> str:
    """Leave the inputs and press ``digit``: what is in the clipboard then."""
    page.locator("#hits").focus()
    put_aside(page)
    page.keyboard.press(digit)
    until(page, lambda: clipboard(page) != ASIDE, "something is copied")
    return clipboard(page)


def is_forgotten(page: Page) -> None:
    """Nothing of the contact before is there, and the next question can be typed."""
    expect(page.locator("#empty")).to_be_visible()
    expect(page.locator("#q")).to_have_value("")
    expect(page.locator("#ref")).to_have_value("")
    expect(page.locator("#hits li")).to_have_count(0)
    open_first(page, "刚出车祸，先打给谁", CRASH)
    page.locator("#tab-phone").click()
    expect(page.locator("#blanks input")).to_have_value("")
    expect(page.locator("#title .dk-stack")).to_have_count(0)


@pytest.mark.parametrize(
    ("letter", "result", "words"),
    [
        ("y", "solved", "客户确认解决"),
        ("n", "unsolved", "未解决"),
        ("t", "handed", "转办（车险岗）"),
        ("x", "dropped", "中断"),
    ],
)
def test_one_key_ends_it(office: Office, context: BrowserContext, letter: str, result: str, words: str) -> None:
    account, password = office.hire()
    page = at_work(context, office, account, password)
    open_first(page, "刚出车祸，先打给谁", CRASH)
    page.keyboard.press("b")
    page.keyboard.type("AB123456")
    copied(page, "1")
    page.locator("#q").fill("交齐材料后多久赔到账")
    expect(page.locator("#hits li").first).to_contain_text(DAYS)
    page.locator("#q").press("Escape")
    page.keyboard.press("+")
    expect(page.locator("#title .dk-stack")).to_contain_text("叠了 2 篇")
    page.locator("#blanks input[type=date]").fill("2026-01-05")
    copied(page, "2")
    page.locator("#ref").fill("PA-2026-1")
    page.locator("#hits").focus()
    page.keyboard.press(letter)
    if letter == "t":
        expect(page.get_by_role("button", name="车险岗")).to_be_focused()
        page.keyboard.press("1")
    expect(page.locator("#said")).to_have_text("已结束，通话小结已复制")
    expect(page.locator("#q")).to_be_focused()
    assert not any("先打开一篇" in said for said in heard(page))

    release = current(office.root)
    assert release is not None
    lines = clipboard(page).splitlines()
    assert lines[:3] == [
        "问：刚出车祸，先打给谁",
        f"答：{CRASH}（版本 {release.name}）",
        f"答：{DAYS}（版本 {release.name}）",
    ]
    assert any(line.startswith("承诺：") and "最晚 1 月 15 日" in line for line in lines), lines
    assert f"结果：{words}" in lines
    assert "案件号：PA-2026-1" in lines
    assert "AB123456" not in clipboard(page)

    [contact] = office.contacts(account)
    assert (contact["result"], contact["handed_to"]) == (result, "motor" if letter == "t" else None)
    assert (contact["query"], contact["reference"]) == ("刚出车祸，先打给谁", "PA-2026-1")
    assert [(one["id"], one["channel"]) for one in contact["articles"]] == [
        ("first-steps", "phone"),
        ("first-steps", "chat"),
        ("claim-days", "chat"),
    ]
    assert 0 < contact["first_copy_ms"] < 60_000
    is_forgotten(page)


def test_the_digits_of_a_queue_are_gone_with_its_dialog(office: Office, context: BrowserContext) -> None:
    account, password = office.hire()
    page = at_work(context, office, account, password)
    open_first(page, "刚出车祸，先打给谁", CRASH)
    page.keyboard.press("t")
    expect(page.get_by_role("button", name="车险岗")).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("h")
    expect(page.locator("#dialog-title")).to_be_visible()
    page.keyboard.press("1")
    expect(page.locator("#dialog-title")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#title h1")).to_have_text(CRASH)
    assert office.contacts(account) == []


def test_where_nothing_can_be_copied_the_summary_is_selected(office: Office, context: BrowserContext) -> None:
    account, password = office.hire()
    context.add_init_script(CLOSED)
    page = at_work(context, office, account, password)
    open_first(page, "交齐材料后多久赔到账", DAYS)
    page.keyboard.press("1")
    expect(page.locator("#said")).to_contain_text("按 Ctrl+C")
    page.locator("#hits").focus()
    page.keyboard.press("y")
    expect(page.locator("#said")).to_have_text("已结束；浏览器不让复制，小结已选中，请按 Ctrl+C")
    selected = page.evaluate(
        "() => { const a = document.activeElement; return a.value.slice(a.selectionStart, a.selectionEnd); }"
    )
    assert selected == page.locator("#summary-text").inner_text()
    assert f"答：{DAYS}" in selected
    assert [one["result"] for one in office.contacts(account)] == ["solved"]


def test_the_telephone_system_brings_who_calls_and_the_case(office: Office, context: BrowserContext) -> None:
    account, password = office.hire()
    page = at_work(context, office, account, password, "?contact=13800138000&ref=PA-2026-20")
    expect(page.locator(".dk-call")).to_contain_text("来电 尾号8000")
    expect(page.locator("#ref")).to_have_value("PA-2026-20")
    open_first(page, "交齐材料后多久赔到账", DAYS)
    copied(page, "1")
    page.keyboard.press("y")
    expect(page.locator("#said")).to_contain_text("已结束")
    assert "案件号：PA-2026-20" in clipboard(page)
    until(page, lambda: len(office.copies(reference="PA-2026-20")) == 1, "the copy is noted")
    assert [one["reference"] for one in office.contacts(account)] == ["PA-2026-20"]
    expect(page.locator(".dk-call")).not_to_contain_text("8000")  # the next one is somebody else
    page.reload()
    expect(page.locator("#ref")).to_have_value("")
    expect(page.locator(".dk-call")).not_to_contain_text("8000")


def test_what_it_brings_harms_nothing(office: Office, context: BrowserContext) -> None:
    page = at_work(context, office, *office.hire())
    for hostile in (
        '"><script>document.title="x"</script>',
        "A" * 5000,
        "PA-1\nPA-2\r\n",
        "13800138000",
        "11010519491231002X",
    ):
        page.goto(f"{office.url}/desk?contact={quote(hostile[:2000])}&ref={quote(hostile)}")
        expect(page.locator("#q")).to_be_focused()
        assert "应答" in page.title()
        expect(page.locator("#ref")).to_have_value("")
        expect(page.locator(".dk-call")).to_contain_text("案件号写法不对，没有填上")
        assert hostile not in page.locator("header.dk-top").inner_html()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_case_number_that_is_none_costs_nothing_else(office: Office, context: BrowserContext) -> None:
    account, password = office.hire()
    page = at_work(context, office, account, password)
    open_first(page, "交齐材料后多久赔到账", DAYS)
    page.locator("#ref").fill("13800138000")
    page.locator("#hits").focus()
    put_aside(page)
    page.keyboard.press("1")
    expect(page.locator("#said")).to_contain_text("案件号的写法不对")
    assert "谈妥以后十天内付款。" in clipboard(page)
    page.keyboard.press("y")
    expect(page.locator("#said")).to_have_text("已结束，通话小结已复制；案件号的写法不对，没有记下")
    [contact] = office.contacts(account)
    assert (contact["result"], contact["reference"]) == ("solved", None)
    until(page, lambda: len(office.copies(contact=contact["contact"], reference=None)) == 1, "the copy is noted")


def test_two_tabs_are_two_contacts_and_a_reload_is_a_fresh_one(office: Office, context: BrowserContext) -> None:
    account, password = office.hire()
    page = at_work(context, office, account, password)
    open_first(page, "刚出车祸，先打给谁", CRASH)
    page.keyboard.press("b")
    page.keyboard.type("AB123456")
    page.locator("#ref").fill("PA-2026-30")
    copied(page, "1")

    other = context.new_page()
    other.goto(f"{office.url}/desk")
    listen(other)
    is_forgotten(other)
    other.keyboard.press("1")
    expect(other.locator("#said")).to_contain_text("还差 1 处：报案号")
    expect(other.locator("#blanks input")).to_be_focused()
    other.keyboard.type("CD123456")
    assert "CD123456" in copied(other, "1")
    page.bring_to_front()
    assert "AB123456" in copied(page, "1")

    page.reload()
    listen(page)
    is_forgotten(page)
    page.keyboard.press("b")
    page.keyboard.type("EF123456")
    copied(page, "1")
    page.keyboard.press("y")
    expect(page.locator("#said")).to_contain_text("已结束")
    [closed] = office.contacts(account)
    until(page, lambda: len(office.copies(contact=closed["contact"])) == 1, "the copy after the reload")
    mine = [copy["contact"] for copy in office.copies(article="first-steps", reference="PA-2026-30")]
    assert len(mine) == 2
    assert len(set(mine)) == 1
    assert closed["contact"] not in mine
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
