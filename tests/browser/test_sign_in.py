"""Can somebody sign in and change a first password in a real browser: by keyboard, in every mode, and without JavaScript?"""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

import pytest
from playwright.sync_api import Browser, Page, expect

from core.paths import Root
from core.settings import Settings
from records.accounts import Accounts
from records.database import Database
from tests.browser.conftest import Site
from tests.browser.looks import axe, on_both

FRESH = "four unrelated words"
_NUMBERS = count()


@pytest.fixture
def newcomer(site: Site) -> Callable[[], tuple[str, str]]:
    """The login and the first password of somebody new."""
    root = Root.at(site.files.parents[4])

    def newcomer() -> tuple[str, str]:
        login = f"newcomer{next(_NUMBERS)}"
        return login, Accounts(Database(root, Settings())).add(login, "李娜", "agent")[1]

    return newcomer


@on_both
def test_by_keyboard_to_a_password_of_ones_own(page: Page, site: Site, newcomer: Callable[[], tuple[str, str]]) -> None:
    login, password = newcomer()
    page.goto(f"{site.url}/desk/password")
    assert "/desk/sign-in?next=" in page.url
    axe(page)
    page.keyboard.type(login)
    page.keyboard.press("Tab")
    page.keyboard.type("wrong")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("登录名或密码不对")
    axe(page)
    page.keyboard.type(password)  # where it has to be typed again
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/password**")
    expect(page.get_by_text("请先换成自己的密码")).to_be_visible()
    axe(page)
    for typed in (password, FRESH, FRESH):
        page.keyboard.type(typed)
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_load_state("networkidle")
    expect(page.get_by_text("请先换成自己的密码")).to_have_count(0)
    page.get_by_role("button", name="退出登录").click()
    page.wait_for_url("**/desk/sign-in")


def test_a_page_that_has_lain_too_long_says_what_to_do(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/desk/sign-in")
    page.context.clear_cookies()
    page.get_by_label("登录名").fill("li")
    page.get_by_label("密码").fill("x")
    page.get_by_role("button", name="登录", exact=True).click()
    expect(page.get_by_text("刷新页面")).to_be_visible()
    axe(page)
    page.get_by_role("link", name="回登录页").click()
    page.wait_for_url("**/desk/sign-in")


def test_the_switches_are_those_of_the_site(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/desk/sign-in", wait_until="networkidle")
    page.get_by_role("button", name="深色").click()
    page.get_by_role("button", name="长辈模式").click()
    page.goto(f"{site.url}/claims/", wait_until="networkidle")
    assert (
        page.evaluate("({...document.documentElement.dataset})").items() >= {"theme": "dark", "mode": "elder"}.items()
    )


def test_without_a_script(chromium: Browser, site: Site, newcomer: Callable[[], tuple[str, str]]) -> None:
    login, password = newcomer()
    context = chromium.new_context(java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    page.goto(f"{site.url}/desk/sign-in")
    assert not page.get_by_role("button", name="深色").is_visible()
    page.get_by_label("登录名").fill(login)
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录", exact=True).click()
    for label, typed in (("现在的密码", password), ("新密码", FRESH), ("再输一次新密码", FRESH)):
        page.get_by_label(label, exact=True).fill(typed)
    page.get_by_role("button", name="改密码").click()
    assert page.url == f"{site.url}/desk"
    context.close()
