"""Can somebody find an answer by typing, with a keyboard, an IME, a phone, and without the API?"""

from __future__ import annotations

import functools
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site
from tests.browser.looks import on_both

BOX = "form.ask input[name=q] >> visible=true"
OPTION = "[role=option]"


@on_both
def test_type_arrow_enter_read(page: Page, site: Site) -> None:
    page.goto(site.url)
    page.locator(BOX).first.click()
    page.keyboard.type("保费晚交几天会断保吗", delay=10)
    expect(page.locator(f"{OPTION} >> nth=0")).to_contain_text("宽限期")
    page.keyboard.press("ArrowDown")
    expect(page.locator(f"{OPTION}[aria-selected=true]")).to_have_count(1)
    page.keyboard.press("Enter")
    page.wait_for_url("**/payment/grace-period/")
    expect(page.locator(".answer-line")).to_be_visible()
    assert page.locator("h1").inner_text().strip()


def test_enter_without_a_choice_lists_results(page: Page, site: Site) -> None:
    page.goto(site.url)
    page.locator(BOX).first.fill("退保能退多少钱")
    page.keyboard.press("Enter")
    page.wait_for_url("**/ask/?q=*")
    expect(page.locator(".hits li a").first).to_be_visible()
    page.locator(".hits li a").first.click()
    expect(page.locator(".answer-line")).to_be_visible()


@pytest.mark.parametrize("query", ["退", "理赔", "验证码"])
def test_short_queries_and_words_from_the_middle(page: Page, site: Site, query: str) -> None:
    page.goto(f"{site.url}/ask/")
    page.locator(BOX).first.fill(query)
    expect(page.locator(OPTION).first).to_be_visible()


def test_a_word_from_the_middle_of_a_title_finds_that_title(page: Page, site: Site) -> None:
    page.goto(site.url)
    page.locator(BOX).first.fill("可疑电话")
    expect(page.locator(OPTION).filter(has_text="接到自称客服的可疑电话").first).to_be_visible()


def test_says_why_it_matched(page: Page, site: Site) -> None:
    page.goto(site.url)
    page.locator(BOX).first.fill("怎么分辨是真客服还是骗子")
    expect(page.locator(OPTION).first).to_contain_text("怎么分辨是真客服还是骗子")


def test_nothing_is_asked_while_an_ime_composes(page: Page, site: Site) -> None:
    asked: list[str] = []
    page.on("request", lambda r: asked.append(r.url) if "/api/" in r.url else None)
    page.goto(site.url)
    box = page.locator(BOX).first
    box.focus()
    session = page.context.new_cdp_session(page)
    session.send("Input.imeSetComposition", {"text": "tuibao", "selectionStart": 6, "selectionEnd": 6})
    page.wait_for_timeout(600)
    assert asked == []
    session.send("Input.insertText", {"text": "退保"})
    expect(page.locator(OPTION).first).to_be_visible()
    assert box.input_value() == "退保"


def test_escape_closes_and_nonsense_is_told(page: Page, site: Site) -> None:
    page.goto(site.url)
    page.locator(BOX).first.fill("退保")
    expect(page.locator(OPTION).first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(OPTION).first).to_be_hidden()
    page.goto(f"{site.url}/ask/?q=%F0%9F%91%8D%F0%9F%91%8D")
    expect(page.get_by_text("没有找到").first).to_be_visible()


def test_hostile_query_is_text(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/ask/?q=%3Cimg+src%3Dx+onerror%3Dalert(1)%3E%E9%80%80%E4%BF%9D")
    expect(page.locator(".hits li a").first).to_be_visible()
    assert page.locator("#main img").count() == 0


def test_category_filter(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/ask/?q=%E9%80%80%E4%BF%9D&category=complaints")
    expect(page.locator(".hits li a").first).to_be_visible()
    for link in page.locator(".hits li a").all():
        assert "/complaints/" in (link.get_attribute("href") or "")


def test_api_away_searches_in_the_browser_and_says_so(page: Page, site: Site) -> None:
    small: list[str] = []
    page.on("request", lambda r: small.append(r.url) if "small.json" in r.url else None)
    page.goto(site.url)
    page.locator(BOX).first.fill("退保")
    expect(page.locator(OPTION).first).to_be_visible()
    assert small == []
    page.route("**/api/**", lambda route: route.abort())
    page.goto(f"{site.url}/ask/?q=%E9%80%80%E4%BF%9D")
    expect(page.get_by_text("搜索暂时连不上").first).to_be_visible()
    expect(page.locator(".hits li a").first).to_be_visible()
    assert len(small) == 1


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Nothing on the terminal."""


@pytest.fixture
def static(site: Site) -> Iterator[str]:
    """The built site on a server that knows nothing of us, under a sub-path."""

    class Under(Quiet):
        def translate_path(self, path: str) -> str:
            return super().translate_path(path.removeprefix("/help"))

    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Under, directory=str(site.files)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/help"
    server.shutdown()


def test_works_from_any_static_server_under_any_path(page: Page, static: str, site: Site) -> None:
    assert (Path(site.files) / "index.html").is_file()
    page.goto(f"{static}/")
    page.locator(BOX).first.fill("退保能退多少钱")
    page.keyboard.press("Enter")
    page.wait_for_url("**/help/ask/?q=*")
    page.locator(".hits li a").first.click()
    expect(page.locator(".answer-line")).to_be_visible()
    assert "/help/" in page.url
    page.wait_for_load_state("networkidle")  # the server goes before the page does
