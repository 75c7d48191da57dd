"""Does the widget work on a page of another site, under that site's strict policy, for everybody?"""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from bench.latency import free_port, served
from core.paths import Root
from tests.browser.conftest import Site
from tests.browser.looks import SIZES
from tests.conftest import GOOD

LARGEST = 20_000
ANSWERED, UNSURE = "保费晚交几天会断保吗", "火星上能买保险吗"
# The host page's own style, made to get in everywhere.
HOSTILE = """
html { font-size: 62.5%; } * { letter-spacing: 9px; color: red; --ink: lime; --sheet: black; text-transform: uppercase; }
button, dialog, h2, kb-ask { display: none; position: static; } .view, .top { background: lime; }
kb-ask { display: none; opacity: .1; filter: blur(3px); } .lead { font-size: 99px; }
"""
POLICY = (
    "default-src 'none'; script-src {kb}; style-src 'self'; connect-src {kb}; base-uri 'none'; form-action 'none';"
    " require-trusted-types-for 'script'; trusted-types 'none'"
)
HOST = """<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>某公司</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="/host.css">
<script src="{kb}/widget.js" defer {attributes}></script></head>
<body><main><h1>车险续保</h1><p class="lead">主页面的字。</p><a id="before" href="#x">前面的链接</a></main></body></html>"""


@contextmanager
def host_page(kb: str, port: int, css: str = HOSTILE, attributes: str = "") -> Iterator[str]:
    """A page of another origin than ``kb`` that carries the tag, with its policy as a header."""
    files = {
        "/": ("text/html; charset=utf-8", HOST.format(kb=kb, attributes=attributes)),
        "/host.css": ("text/css", css),
    }

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            kind, text = files.get(self.path, ("text/plain", ""))
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Security-Policy", POLICY.format(kb=kb))
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *_: object) -> None:
            """Nothing on the terminal."""

    with ThreadingHTTPServer(("127.0.0.1", port), Handler) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield f"http://localhost:{port}/"
        server.shutdown()


on_both = pytest.mark.parametrize("guest", list(SIZES), indirect=True)


@pytest.fixture
def guest(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[Page]:
    """A visitor of the other site, on a phone when nothing else is said; nothing may offend its policy."""
    context = chromium.new_context(viewport=SIZES[getattr(request, "param", "phone")], locale="zh-CN")
    page = context.new_page()
    page.set_default_timeout(8000)
    complaints: list[str] = []
    page.on("console", lambda m: complaints.append(m.text) if "Content Security Policy" in m.text else None)
    page.on("pageerror", lambda e: complaints.append(str(e)))
    yield page
    context.close()
    assert complaints == []


@pytest.fixture
def friend(site: Site) -> Iterator[str]:
    """The page that may ask."""
    with host_page(site.url, site.friend) as url:
        yield url


def heading(page: Page) -> Locator:
    return page.locator("kb-ask .view h2")


def focused(page: Page) -> str:
    """What has the focus, in the widget or else on the page."""
    return str(
        page.evaluate(
            "() => { const a = document.activeElement, s = a?.shadowRoot?.activeElement ?? a;"
            " return s?.getAttribute('aria-label') || s?.id || s?.textContent || ''; }"
        )
    )


def tab_to(page: Page, text: str) -> None:
    for _ in range(30):
        if focused(page).startswith(text):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no {text} within reach of the keyboard, the focus is on {focused(page)}")


def open_by_keyboard(page: Page, url: str) -> None:
    page.goto(url)
    expect(page.locator("kb-ask .open")).to_be_visible()
    tab_to(page, "提问")
    page.keyboard.press("Enter")
    expect(page.locator("kb-ask dialog")).to_be_visible()


def type_question(page: Page, text: str) -> None:
    tab_to(page, "q")
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(text)
    page.keyboard.press("Enter")


@on_both
def test_sure_the_answer_whole_by_keyboard_alone(guest: Page, friend: str) -> None:
    open_by_keyboard(guest, friend)
    assert focused(guest) == "q"
    type_question(guest, ANSWERED)
    expect(guest.locator("kb-ask .slip")).to_have_text("结论")
    expect(guest.locator("kb-ask .lead")).to_be_visible()
    assert focused(guest) == heading(guest).inner_text()
    tab_to(guest, "看依据和全文")
    link = guest.locator("kb-ask .view a", has_text="看依据和全文")
    assert "/payment/grace-period/" in (link.get_attribute("href") or "")
    assert link.get_attribute("target") == "_blank"


def test_between_choices_and_then_the_answer(guest: Page, friend: str, site: Site) -> None:
    open_by_keyboard(guest, friend)
    type_question(guest, a_question(guest, site, "choose"))
    expect(heading(guest)).to_have_text("您想问的是：")
    picks = guest.locator("kb-ask .choose .pick")
    assert 1 <= picks.count() <= 3
    wanted = picks.first.locator("b").inner_text()
    tab_to(guest, wanted)
    guest.keyboard.press("Enter")
    expect(guest.locator("kb-ask .slip")).to_have_text("结论")
    expect(heading(guest)).to_have_text(wanted)


def test_unsure_categories_and_a_human_who_knows(guest: Page, friend: str) -> None:
    open_by_keyboard(guest, friend)
    type_question(guest, UNSURE)
    expect(guest.locator("kb-ask .slip")).to_have_text("没把握")
    expect(heading(guest)).to_have_text("这个问题我们没有把握，不想答错您。")
    assert guest.locator("kb-ask .unsure a[href='tel:95518']").is_visible()
    assert guest.locator("kb-ask .unsure li a").count() == 5
    tab_to(guest, "找人工")
    guest.keyboard.press("Enter")
    expect(heading(guest)).to_have_text("找人工")
    expect(guest.locator("kb-ask .tell li")).to_have_text([f"我问“{UNSURE}”，没有找到答案。"])
    tab_to(guest, "返回")
    guest.keyboard.press("Enter")
    expect(guest.locator("kb-ask .slip")).to_have_text("没把握")


def test_asked_again_and_again_a_human_comes_first(guest: Page, friend: str) -> None:
    open_by_keyboard(guest, friend)
    for question in (UNSURE, "外星人撞了我的船"):
        type_question(guest, question)
        expect(guest.locator("kb-ask .view")).to_contain_text(question)
    expect(heading(guest)).to_have_text("还是没答上，直接找人工更快。")
    first = guest.locator("kb-ask .view a").first
    assert first.get_attribute("href") == "tel:95518"


def test_escape_closes_and_the_focus_stays_in_and_comes_back(guest: Page, friend: str) -> None:
    open_by_keyboard(guest, friend)
    for key in ("Tab", "Shift+Tab"):
        for _ in range(16):
            guest.keyboard.press(key)
            assert guest.evaluate("document.activeElement.localName") == "kb-ask"
    guest.keyboard.press("Escape")
    expect(guest.locator("kb-ask dialog")).to_be_hidden()
    assert focused(guest) == "提问"


def test_nothing_is_asked_while_an_ime_composes(guest: Page, friend: str) -> None:
    asked: list[str] = []
    guest.on("request", lambda r: asked.append(r.url) if "/api/" in r.url else None)
    open_by_keyboard(guest, friend)
    session = guest.context.new_cdp_session(guest)
    session.send("Input.imeSetComposition", {"text": "tuibao", "selectionStart": 6, "selectionEnd": 6})
    guest.keyboard.press("Enter")
    guest.wait_for_timeout(200)
    assert asked == []
    session.send("Input.insertText", {"text": "退保"})
    guest.keyboard.press("Enter")
    expect(guest.locator("kb-ask .slip")).to_be_visible()
    assert guest.locator("kb-ask input").input_value() == "退保"


def test_a_page_that_is_not_allowed_is_refused_and_told_whom_to_call(guest: Page, site: Site) -> None:
    seen: list[int] = []
    guest.on("response", lambda r: seen.append(r.status) if r.request.method == "POST" else None)
    with host_page(site.url, free_port()) as url:
        open_by_keyboard(guest, url)
        type_question(guest, ANSWERED)
        expect(heading(guest)).to_have_text("暂时连不上，请直接拨 95518。")
        assert guest.locator("kb-ask .view a[href='tel:95518']").is_visible()
    assert seen == []


def test_api_away(guest: Page, friend: str) -> None:
    guest.route("**/api/**", lambda route: route.abort())
    open_by_keyboard(guest, friend)
    type_question(guest, ANSWERED)
    expect(heading(guest)).to_have_text("暂时连不上，请直接拨 95518。")


def test_a_refusal_is_told_in_its_own_words(guest: Page, friend: str) -> None:
    told = {"title": "问得太快了", "detail": "过一分钟再试", "code": "SLOW"}
    headers = {"Access-Control-Allow-Origin": "*", "Access-Control-Allow-Headers": "*"}
    guest.route("**/api/**", lambda route: route.fulfill(status=429, body=json.dumps(told), headers=headers))
    open_by_keyboard(guest, friend)
    type_question(guest, ANSWERED)
    expect(heading(guest)).to_have_text("问得太快了。过一分钟再试。")


def test_hostile_words_are_text(guest: Page, friend: str) -> None:
    open_by_keyboard(guest, friend)
    type_question(guest, "<img src=x onerror=alert(1)>火星")
    expect(guest.locator("kb-ask .slip")).to_be_visible()
    assert guest.locator("kb-ask .view img").count() == 0
    expect(guest.locator("kb-ask .view")).to_contain_text("<img src=x")


def style(page: Page, selector: str, *names: str) -> dict[str, str]:
    script = "(e, names) => Object.fromEntries(names.map((n) => [n, getComputedStyle(e).getPropertyValue(n)]))"
    found: dict[str, str] = page.locator(selector).first.evaluate(script, list(names))
    return found


NAMES = ("color", "font-size", "letter-spacing", "text-transform", "background-color", "display", "opacity", "filter")


@on_both
def test_no_style_leaks_in_or_out(guest: Page, site: Site) -> None:
    parts = ("kb-ask .open", "kb-ask dialog", "kb-ask .view h2", "kb-ask .view .pick", "kb-ask .top b", "kb-ask .view")
    looks: list[Any] = []
    for css in ("", HOSTILE):
        with host_page(site.url, site.friend, css) as url:
            open_by_keyboard(guest, url)
            looks.append({part: style(guest, part, *NAMES) for part in parts})
            if css:
                assert style(guest, "main .lead", "font-size", "color") == {
                    "font-size": "99px",
                    "color": "rgb(255, 0, 0)",
                }
    assert looks[0] == looks[1]


@on_both
@pytest.mark.parametrize(
    "attributes", ["", 'data-theme="dark"', 'data-mode="elder"', 'data-mode="elder" data-theme="dark"']
)
def test_axe_finds_nothing_in_any_state(guest: Page, site: Site, attributes: str) -> None:
    with host_page(site.url, site.friend, "", attributes) as url:
        open_by_keyboard(guest, url)
        states: list[Callable[[], object]] = [
            lambda: None,
            lambda: type_question(guest, ANSWERED),
            lambda: type_question(guest, a_question(guest, site, "choose")),
            lambda: type_question(guest, UNSURE),
            lambda: guest.locator("kb-ask .foot button").click(),
        ]
        for enter in states:
            before = heading(guest).inner_text()
            enter()
            if enter is not states[0]:
                expect(heading(guest)).not_to_have_text(before)
            result = Axe().run(guest)
            assert result.response["violations"] == [], result.generate_report()
            assert guest.locator("kb-ask .view").evaluate("e => e.scrollWidth <= e.clientWidth")


@on_both
def test_attributes(guest: Page, site: Site) -> None:
    given = 'data-title="问问小保" data-position="left" data-mode="elder" data-theme="dark" data-bottom="60"'
    with host_page(site.url, site.friend, "", given) as url:
        open_by_keyboard(guest, url)
        expect(guest.get_by_role("dialog", name="问问小保")).to_be_visible()
        assert style(guest, "kb-ask .view p", "font-size") == {"font-size": "19px"}
        assert style(guest, "kb-ask .view", "background-color") == {"background-color": "rgb(12, 20, 23)"}
        targets = guest.locator("kb-ask .foot button, kb-ask .view .pick, kb-ask .top button").all()
        assert all((target.bounding_box() or {"height": 0})["height"] >= 60 for target in targets)
        guest.keyboard.press("Escape")
        box = guest.locator("kb-ask .open").bounding_box()
        assert box is not None
        assert box["x"] == 16
        viewport = guest.viewport_size
        assert viewport is not None
        assert box["y"] + box["height"] == viewport["height"] - 16 - 60


def test_follows_the_system_to_dark(guest: Page, friend: str) -> None:
    guest.emulate_media(color_scheme="dark")
    open_by_keyboard(guest, friend)
    assert style(guest, "kb-ask .view", "background-color") == {"background-color": "rgb(23, 35, 40)"}
    guest.emulate_media(color_scheme="light")
    expect(guest.locator("kb-ask .kb")).to_have_attribute("data-theme", "light")
    assert style(guest, "kb-ask .view", "background-color") == {"background-color": "rgb(255, 255, 255)"}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The small knowledge base of the tests, which has a flow and nothing that it is sure of."""
    folder = tmp_path_factory.mktemp("small") / "good"
    shutil.copytree(GOOD, folder)
    friend = free_port()
    with served(Root.at(folder), KB_ALLOWED_ORIGINS=f"http://localhost:{friend}") as (port, _):
        yield Site(f"http://127.0.0.1:{port}", folder, friend)


def test_a_flow_leads_through_its_questions_to_an_article(guest: Page, small: Site) -> None:
    with host_page(small.url, small.friend) as url:
        open_by_keyboard(guest, url)
        type_question(guest, "退保 补发 保单")
        expect(guest.locator("kb-ask .view")).to_contain_text("先选一选：您的保单买了多久？")
        tab_to(guest, "刚买")
        guest.keyboard.press("Enter")
        expect(heading(guest)).to_have_text("是哪种保险？")
        assert focused(guest) == "是哪种保险？"
        tab_to(guest, "想补发保单")
        guest.keyboard.press("Enter")
        expect(heading(guest)).to_have_text("保单丢了怎么补？")
        expect(guest.locator("kb-ask .lead")).to_have_text("带身份证申请补发，3 天（示例） 办好。")


def test_small_and_in_one_file(site: Site) -> None:
    script = (site.files / "widget.js").read_text("utf-8")
    assert len(script.encode()) < LARGEST
    for forbidden in ("innerHTML", "eval(", "new Function", "insertAdjacentHTML", "document.write", "localStorage"):
        assert forbidden not in script


def test_the_demo_page_shows_it_and_the_tag(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/widget-demo/")
    expect(page.locator("pre code")).to_contain_text("/widget.js")
    page.locator("kb-ask .open").click()
    page.locator("kb-ask input").fill(ANSWERED)
    page.keyboard.press("Enter")
    expect(page.locator("kb-ask .slip")).to_have_text("结论")
    assert Axe().run(page).response["violations"] == []


def a_question(page: Page, site: Site, band: str) -> str:
    """Some question of that band, as the articles are today."""
    for question in ("退保能退多少", "宽限期有多长", "住院能报多少", "保单丢了", "车险到期", "怎么退钱", "投诉多久"):
        response = page.request.post(f"{site.url}/api/v1/answer", data={"question": question})
        if response.json()["band"] == band:
            return question
    raise AssertionError(f"no question is {band}")
