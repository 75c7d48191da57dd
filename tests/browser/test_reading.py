"""Can an agent read, acknowledge and see answers, and an editor answer, by keyboard alone and without a script, for all eyes?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from core.paths import Root
from core.settings import Settings
from publishing.layout import current
from publishing.opened import Desk, open_release
from records.accounts import Accounts
from records.database import Database
from records.gaps import Gaps
from records.marks import Marks
from records.reading import Reading, Seen
from records.roles import Role
from tests.browser.conftest import Site
from tests.browser.looks import axe, on_a_desktop, on_both

MUST = "claim-time-limit"
# What has the focus; behind the last link it is the page itself, which holds every word.
FOCUSED = """() => {
  const here = document.activeElement;
  return here === document.body ? "" : here.innerText || here.placeholder || "";
}"""
_NUMBERS = count()


@dataclass(frozen=True)
class Office:
    """The records of the running site, and what is live."""

    site: Site
    accounts: Accounts
    reading: Reading
    marks: Marks
    gaps: Gaps
    desk: Desk

    def hire(self, role: Role, name: str) -> tuple[int, str, str]:
        """(account, login, password) of somebody new."""
        login = f"{role}-reads{next(_NUMBERS)}"
        account, password = self.accounts.add(login, name, role, must_change=False)
        return account.id, login, password

    def has_read_the_old_one(self, account: int) -> None:
        """Somebody has read the article that must be read when it said something else."""
        old = [("question", "材料交齐后，多久给结果？"), ("phone", "您好，30 个工作日内给您答复。")]
        self.reading.opened(account, Seen(MUST, old, "r0"))


@pytest.fixture(scope="module")
def office(site: Site) -> Iterator[Office]:
    root = Root.at(site.files.parents[4])
    release = current(root)
    assert release is not None
    database = Database(root, Settings())
    parts = Accounts(database), Reading(database), Marks(database), Gaps(database)
    yield Office(site, *parts, open_release(root, release).desk())
    database.close()


def enter(page: Page, office: Office, login: str, password: str, place: str) -> None:
    page.goto(f"{office.site.url}{place}")
    page.get_by_label("登录名").fill(login)
    page.get_by_label("密码").fill(password)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{office.site.url}{place}")


def tab_to(page: Page, text: str) -> None:
    """Tab until what has the focus says ``text``."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if text in page.evaluate(FOCUSED):
            return
    raise AssertionError(f"{text} cannot be reached by keyboard")


@on_both
def test_what_must_be_read_by_keyboard(page: Page, office: Office) -> None:
    account, login, password = office.hire("supervisor", "周主管")
    office.has_read_the_old_one(account)
    enter(page, office, login, password, "/desk/reading")
    must = len(office.desk.feed.must_read)
    assert must == 3
    expect(page.locator(".dk-nav .dot")).to_contain_text(str(must))
    axe(page)
    tab_to(page, "改了什么")
    page.keyboard.press("Enter")
    expect(page.locator("#must del").first).to_be_visible()
    tab_to(page, "人没读")
    page.keyboard.press("Enter")
    expect(page.get_by_text("周主管", exact=False).locator("visible=true").first).to_be_visible()
    axe(page)
    for left in range(must - 1, -1, -1):
        tab_to(page, "我读过了")
        page.keyboard.press("Enter")
        expect(page.get_by_role("button", name="我读过了")).to_have_count(left)
    expect(page.get_by_text("必读的都读过了")).to_be_visible()
    expect(page.locator(".dk-nav .dot")).to_have_count(0)
    tab_to(page, "看哪些险种")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    axe(page)
    tab_to(page, "只看这些")
    page.keyboard.press("Enter")
    expect(page.locator(".rd-pick summary")).to_contain_text("车险")


@on_a_desktop
def test_a_mark_there_and_back(page: Page, office: Office) -> None:
    account, login, password = office.hire("editor", "何编辑")
    agent, *_ = office.hire("agent", "林坐席")
    seen = Seen(MUST, [("phone", "您好，30 个工作日内给您答复。")], "r0")
    others, _ = office.marks.mark(agent, MUST, seen.version, "wrong", "条文写的是 30 日，不是工作日", seen)
    own, _ = office.marks.mark(account, "cooling-off-refund", "0" * 16, "missing", "没写网上买的怎么退")
    office.marks.answer(own, "mended", "补了一节", agent)
    office.gaps.add(agent, f"宠物险怎么报 {next(_NUMBERS)}")
    enter(page, office, login, password, "/desk/marks")
    expect(page.get_by_text("新消息")).to_be_visible()
    axe(page)
    row = page.locator(f"#m-{others}")
    expect(row).to_contain_text("标记之后已经发布了新的一版")
    tab_to(page, "给 林坐席 的话")
    page.keyboard.type("已按条文改准")
    page.keyboard.press("Enter")
    expect(row).to_have_count(0)
    assert office.marks.of(agent)[0].answer == "已按条文改准"
    tab_to(page, "不补")
    page.keyboard.press("Enter")
    expect(page.get_by_text("没有记下的问题")).to_be_visible()
    expect(page.get_by_text("新消息")).to_have_count(0)


@pytest.fixture
def plain(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(java_script_enabled=False, locale="zh-CN", viewport={"width": 1366, "height": 768})
    yield context
    context.close()


def test_without_a_script(plain: BrowserContext, office: Office) -> None:
    _, login, password = office.hire("agent", "李娜")
    page = plain.new_page()
    enter(page, office, login, password, "/desk/reading")
    page.get_by_role("button", name="我读过了").first.click()
    expect(page.get_by_role("button", name="我读过了")).to_have_count(2)
    page.get_by_text("读过的 1 篇").click()
    expect(page.get_by_text("日读过")).to_be_visible()
