"""Can an agent work a whole contact at /desk without a mouse, with an IME, and is the page fit for all eyes?"""

from __future__ import annotations

from itertools import count

import pytest
from playwright.sync_api import CDPSession, Page, expect
from sqlalchemy import select

from records.gaps import Gaps
from records.marks import Marks
from records.tables import ContactRow
from tests.browser.conftest import Site
from tests.browser.desk import Office, clipboard, copy, open_answer, preview, sent_copies, told_after
from tests.browser.looks import axe, on_a_desktop

ASKED = "理赔要等多少天"
LIMIT = "claim-time-limit"
LIMIT_ASKS = "理赔材料交齐后，多久给结果？"
# What has the focus, and whether it can be seen: a ring of its own, of the box around it, or the mark on the row that is selected.
FOCUS = """() => {
  const here = document.activeElement;
  const drawn = (one) => one && getComputedStyle(one);
  const ringed = (one) => drawn(one)?.outlineStyle === "solid" && parseFloat(drawn(one).outlineWidth) >= 2;
  const ownRing = here.matches("input[type^=date]"); // its parts and its button have the browser's
  const row = here.id === "hits" && here.querySelector(".is-on");
  const seen = ownRing || ringed(here) || ringed(here.closest(".dk-q")) || (row && drawn(row).boxShadow.split("inset").length > 2);
  const name = here.id || here.dataset.label || here.dataset.field || here.innerText?.trim() || here.ariaLabel || here.tagName;
  return here === document.body ? "nothing" : seen ? name : `${name}, which nobody sees`;
}"""
_NUMBERS = count()


@pytest.fixture(scope="module")
def office(site: Site) -> Office:
    return Office(site.url, site.files.parents[4])


def focus(page: Page) -> str:
    return str(page.evaluate(FOCUS))


def has_focus(page: Page, name: str) -> None:
    """Wait until what is called ``name`` has the focus, for all to see."""
    page.wait_for_function(f"name => ({FOCUS})() === name", arg=name)


def tab_to(page: Page, name: str, key: str = "Tab") -> None:
    """Press ``key`` until what is called ``name`` has the focus; all that has it on the way can be seen."""
    for _ in range(80):
        page.keyboard.press(key)
        now = focus(page)
        assert "nobody sees" not in now, now
        if name in now:
            return
    raise AssertionError(f"{name} cannot be reached by keyboard")


@on_a_desktop
def test_a_whole_contact_without_a_mouse(page: Page, office: Office) -> None:
    told = sent_copies(page)
    office.enter(page)
    has_focus(page, "q")
    page.keyboard.type(ASKED)
    first, second = page.locator("#hit-0"), page.locator("#hit-1")
    expect(first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    expect(second).to_have_attribute("aria-selected", "true")
    expect(page.locator("#q")).to_have_attribute("aria-activedescendant", "hit-1")
    page.keyboard.press("ArrowUp")
    expect(first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(page.locator("#title h1")).to_have_text(LIMIT_ASKS)
    expect(page.locator("#mode")).to_contain_text("数字键可用")
    has_focus(page, "hits")
    copy(page, "wechat")
    assert clipboard(page) == preview(page)

    tab_to(page, "tab-wechat")
    page.keyboard.press("ArrowRight")
    has_focus(page, "tab-email")
    expect(page.locator("#paper")).to_have_attribute("aria-labelledby", "tab-email")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    has_focus(page, "tab-chat")
    tab_to(page, "copy")
    page.keyboard.press("Enter")
    expect(page.locator("#said")).to_contain_text("已复制在线客服话术")
    has_focus(page, "copy")
    assert clipboard(page) == preview(page)
    page.keyboard.press("b")
    has_focus(page, "began:第一次收到索赔请求和有关资料")
    page.keyboard.press("Escape")
    has_focus(page, "hits")

    told_after(page, "y", "通话小结已复制")
    has_focus(page, "q")
    assert clipboard(page) == page.locator("#summary-text").text_content()
    assert LIMIT_ASKS in clipboard(page)
    expect(page.locator("#q")).to_have_value("")
    expect(page.locator("#open")).to_be_hidden()
    assert [each["channel"] for each in told] == ["wechat", "chat"]


@on_a_desktop
def test_dialogs_give_the_focus_back(page: Page, office: Office) -> None:
    office.enter(page)
    open_answer(page, ASKED, LIMIT_ASKS)
    dialog = page.locator("#dialog")
    for key, title in (("?", "快捷键"), ("h", "改过什么"), ("!", "标记问题")):
        page.keyboard.press(key)
        expect(dialog).to_be_visible()
        expect(page.locator("#dialog-title")).to_contain_text(title)
        assert page.evaluate("document.activeElement.closest('dialog') !== null")
        page.keyboard.press("Escape")
        expect(dialog).to_be_hidden()
        has_focus(page, "hits")
    words = f"第 {next(_NUMBERS)} 处不对"
    page.keyboard.press("!")
    tab_to(page, "哪里不对")
    page.keyboard.type(f"{words} 123")
    expect(page.get_by_label("哪里不对")).to_have_value(f"{words} 123")
    page.keyboard.press("Shift+Tab")
    told_after(page, "2", "已标记")
    expect(dialog).to_be_hidden()
    has_focus(page, "hits")
    with office.records() as database:
        (mark,) = [one for one in Marks(database).open() if one.words == f"{words} 123"]
        assert (mark.article, mark.kind) == (LIMIT, "outdated")
        Marks(database).answer(mark.id, "mended", "", by=1)  # others look at these, too
    tab_to(page, "标记问题")
    page.keyboard.press("Enter")
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    assert "标记问题" in focus(page)


@on_a_desktop
def test_what_is_drawn_anew_does_not_take_the_focus_away(page: Page, office: Office) -> None:
    office.enter(page)
    open_answer(page, ASKED, LIMIT_ASKS)
    told_after(page, "p", "已置顶")
    expect(page.locator("#pins")).to_contain_text(LIMIT_ASKS)
    has_focus(page, "hits")
    tab_to(page, "取消置顶")
    page.keyboard.press("Enter")
    expect(page.locator("#title .dk-acts")).not_to_contain_text("取消置顶")
    has_focus(page, "hits")
    tab_to(page, "材料交齐，在等结果")  # a question of the article
    page.keyboard.press("Enter")
    expect(page.locator("#flow b")).to_contain_text("哪种保险")
    has_focus(page, "hits")
    tab_to(page, "谈好赔款后")
    page.keyboard.press("Enter")
    expect(page.locator("#title h1")).to_contain_text("谈好赔款后")
    has_focus(page, "hits")
    copy(page, "phone")


@on_a_desktop
def test_gaps_and_every_way_to_end(page: Page, office: Office) -> None:
    office.enter(page)
    query = f"宠物狗咬坏沙发赔不赔 {next(_NUMBERS)}"
    page.keyboard.type(query)
    expect(page.locator("#band")).not_to_be_empty()
    page.keyboard.press("Escape")
    told_after(page, "g", "记下了，编辑会看到")
    has_focus(page, "hits")
    with office.records() as database:
        (gap,) = [one for one in Gaps(database).open() if one.query == query]
        Gaps(database).close(gap.id, "")  # others look at these, too
    for key, result in (("n", "unsolved"), ("x", "dropped"), ("t", "handed")):
        case = f"CASE-{result}"
        page.evaluate("document.getElementById('ref').focus()")
        page.keyboard.type(case)
        page.keyboard.press("Escape")
        if key == "t":
            page.keyboard.press("t")
            expect(page.locator("#dialog")).to_contain_text("转办给谁")
            key = "1"
        told_after(page, key, "通话小结已复制")
        has_focus(page, "q")
        expect(page.locator("#ref")).to_have_value("")
        assert f"案件号：{case}" in clipboard(page)
        page.keyboard.press("Escape")
        with office.records() as database, database.reading() as connection:
            ended = select(ContactRow.result).where(ContactRow.reference == case)
            assert connection.execute(ended).scalars().all() == [result]


@on_a_desktop
def test_digits_are_typed_where_one_types(page: Page, office: Office) -> None:
    told = sent_copies(page)
    office.enter(page)
    open_answer(page, ASKED, LIMIT_ASKS)
    page.keyboard.press("/")
    page.keyboard.press("End")
    page.keyboard.type("123456ynbgp?!")
    expect(page.locator("#q")).to_have_value(f"{ASKED}123456ynbgp?!")
    page.locator("#ref").focus()
    page.keyboard.type("123456y")
    expect(page.locator("#ref")).to_have_value("123456y")
    expect(page.locator("#mode")).to_contain_text("数字照常打字")
    page.keyboard.press("Escape")
    has_focus(page, "hits")
    expect(page.locator("#dialog")).to_be_hidden()
    expect(page.locator("#title h1")).to_have_text(LIMIT_ASKS)
    assert told == []


def compose(session: CDPSession, text: str) -> None:
    """An IME shows ``text``, which is not chosen yet."""
    session.send("Input.imeSetComposition", {"text": text, "selectionStart": len(text), "selectionEnd": len(text)})


def press_in_ime(session: CDPSession, key: str, code: str) -> None:
    """A key that the IME takes for itself: pages see it as number 229."""
    for kind in ("rawKeyDown", "keyUp"):
        session.send("Input.dispatchKeyEvent", {"type": kind, "key": key, "code": code, "windowsVirtualKeyCode": 229})


@on_a_desktop
def test_keys_of_an_ime_are_its_own(page: Page, office: Office) -> None:
    told, searched = sent_copies(page), []
    page.on("request", lambda request: searched.append(request.url) if "/desk/api/search" in request.url else None)
    office.enter(page)
    open_answer(page, ASKED, LIMIT_ASKS)
    page.keyboard.press("/")
    session = page.context.new_cdp_session(page)
    before = len(searched)
    for typed in ("t", "tui", "tui'bao"):
        compose(session, typed)
        for key, code in (("1", "Digit1"), ("ArrowDown", "ArrowDown"), ("Enter", "Enter")):
            press_in_ime(session, key, code)
    has_focus(page, "q")
    expect(page.locator("#q")).to_have_value("tui'bao")
    expect(page.locator("#hit-0")).to_have_attribute("aria-selected", "true")
    expect(page.locator("#title h1")).to_have_text(LIMIT_ASKS)
    assert searched[before:] == []
    session.send("Input.insertText", {"text": "退保能退多少钱"})
    expect(page.locator("#q")).to_have_value("退保能退多少钱")
    expect(page.locator("#hit-0")).to_contain_text("退保")
    assert told == [] and "'" not in "".join(searched)
    page.keyboard.press("Enter")
    expect(page.locator("#title h1")).to_contain_text("退保")
    copy(page, "phone")


def test_for_all_eyes(page: Page, office: Office) -> None:
    office.enter(page)
    axe(page)
    page.keyboard.type(ASKED)
    expect(page.locator("#hit-0")).to_be_visible()
    axe(page)
    page.keyboard.press("Enter")
    expect(page.locator("#paper .ln--core")).to_be_visible()
    axe(page)
    page.keyboard.press("!")
    expect(page.locator("#dialog")).to_be_visible()
    axe(page)
