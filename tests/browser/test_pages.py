"""Can everybody use the pages: axe-core, keyboard alone, small phones, dark and 长辈 mode, no JavaScript?"""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site
from tests.browser.looks import axe, on_both

PAGES = {
    "home": "/",
    "category": "/claims/",
    "article": "/claims/accident-first-steps/",
    "results": "/ask/?q=%E9%80%80%E4%BF%9D",
    "flow": "/policy/surrender-how-much/#ask-motor",
    "terms": "/terms/",
    "term": "/terms/xianjinjiazhi/",
    "missing": "/no/such/page/",
}


def settle(page: Page, url: str) -> None:
    page.goto(url, wait_until="networkidle")


@on_both
@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_for_everybody(page: Page, site: Site, name: str) -> None:
    settle(page, site.url + PAGES[name])
    assert page.locator("h1").count() == 1
    assert (page.locator("html").get_attribute("lang") or "").startswith("zh")
    assert page.title()
    axe(page)


def test_keyboard_alone_reaches_the_text(page: Page, site: Site) -> None:
    settle(page, site.url + PAGES["article"])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent").strip() == "跳到正文"
    page.keyboard.press("Enter")
    page.wait_for_url("**#main")


def test_switches_are_remembered(page: Page, site: Site) -> None:
    settle(page, site.url)
    page.get_by_role("button", name="长辈模式").first.click()
    settle(page, site.url + PAGES["article"])
    assert page.locator("html").get_attribute("data-mode") == "elder"


def test_checklist_is_remembered_on_this_device(page: Page, site: Site) -> None:
    settle(page, f"{site.url}/claims/claim-materials-motor/")
    page.locator(".bring label").first.click()
    page.reload(wait_until="networkidle")
    expect(page.locator(".bring input").first).to_be_checked()


def test_readable_without_javascript(chromium: Browser, site: Site) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site.url + PAGES["article"])
    assert page.locator(".answer-line").is_visible()
    assert page.locator(".steps li").count() >= 3
    context.close()


def test_archived_and_missing_pages_help(page: Page, site: Site) -> None:
    response = page.goto(f"{site.url}/no/such/page/")
    assert response is not None
    assert response.status == 404
    expect(page.locator("form.ask input[name=q]").first).to_be_attached()
