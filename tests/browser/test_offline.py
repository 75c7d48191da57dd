"""What can a visitor read without a network after one visit, and can two releases ever mix? Real servers, a real service worker."""

from __future__ import annotations

import functools
import re
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from articles.checking import load_checked
from core.paths import Root
from publishing.mkdocs_build import build_site
from tests.browser.conftest import Site
from tests.conftest import GOOD
from tests.git import replace

KEPT = "现在没有网络。这一页存过，可以放心看。"
KEEPS = """async (path) =>
  Boolean(navigator.serviceWorker.controller && (await caches.match(new URL(path, location.href).href)))"""
NAMES = "async () => (await caches.keys()).filter((name) => name.startsWith('kb '))"
KEYS = """async () => {
  const found = [];
  for (const name of await caches.keys()) {
    for (const { url } of await (await caches.open(name)).keys()) found.push(url);
  }
  return found;
}"""


def until(page: Page, holds: str, about: object = None) -> None:
    """Until the promise ``holds`` comes true. Asked again and again: a loop in the page would wait for ever."""
    for _ in range(200):
        if page.evaluate(holds, about):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"never: {holds}")


def until_kept(page: Page, path: str) -> None:
    """Until ``path`` can be read without a network."""
    until(page, KEEPS, path)


@pytest.fixture
def visitor(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(viewport={"width": 360, "height": 740}, has_touch=True, locale="zh-CN")
    context.set_default_timeout(10_000)
    yield context
    context.close()


@dataclass
class Static:
    """A site on a server that knows nothing of us, at a sub-path. folder: what it serves now; hold: while it is clear, pages wait."""

    folder: Path
    url: str = ""
    hold: threading.Event = field(default_factory=threading.Event)


@pytest.fixture
def static(tmp_path: Path) -> Iterator[Static]:
    shutil.copytree(GOOD, tmp_path / "good")
    served = Static(tmp_path / "one")
    served.hold.set()
    build_site(load_checked(Root.at(tmp_path / "good")), served.folder)

    class Handler(SimpleHTTPRequestHandler):
        def translate_path(self, path: str) -> str:
            self.directory = str(served.folder)
            return super().translate_path(path.removeprefix("/help"))

        def do_GET(self) -> None:
            # It compares whole seconds: two releases within one would be the same file to it.
            del self.headers["If-Modified-Since"]
            if self.path.endswith("/"):
                served.hold.wait(30)
            super().do_GET()

        def log_message(self, *_: object) -> None:
            """Nothing on the terminal."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=str(tmp_path)))
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    served.url = f"http://127.0.0.1:{server.server_port}/help/"
    yield served
    served.hold.set()
    server.shutdown()


def second_release(static: Static, tmp_path: Path) -> None:
    """Another look, and so another set of scripts and styles; another text, too."""
    root = Root.at(tmp_path / "good")
    brand = root.config / "brand.yml"
    brand.write_text(brand.read_text("utf-8") + "look: { scale: 1.2 }\n", "utf-8")
    replace(root.kb / "policy" / "reissue.md", "带身份证", "带护照")
    static.folder = tmp_path / "two"
    build_site(load_checked(root), static.folder)


def sets(page: Page) -> set[str]:
    """The sets that the page asks for and that it got."""
    loaded = page.evaluate("performance.getEntriesByType('resource').map((entry) => entry.name)")
    return set(re.findall(r"assets/([0-9a-f]{12})/", page.content() + " ".join(loaded)))


def test_one_visit_is_enough(visitor: BrowserContext, site: Site) -> None:
    page = visitor.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda m: wrong.append(m.text) if "Content Security" in m.text else None)
    page.goto(f"{site.url}/claims/claim-materials-motor/")
    until_kept(page, "/claims/claim-materials-motor/")
    visitor.set_offline(True)
    page.reload()
    expect(page.locator(".answer-line")).to_be_visible()
    expect(page.get_by_text(KEPT)).to_be_visible()
    page.locator("a.mark").click()
    expect(page.get_by_text(KEPT)).to_be_visible()
    expect(page.locator(".urgent a[href='tel:120']")).to_be_visible()
    assert page.locator(".urgent").evaluate("e => getComputedStyle(e).display") == "grid"  # with its styles
    page.locator(".urgent-more").click()
    page.wait_for_url("**/claims/accident-first-steps/")
    assert page.locator(".steps li").count() >= 3
    assert page.evaluate("document.documentElement.classList.contains('js')")  # with its scripts
    assert wrong == []


def test_a_page_that_was_not_visited_says_what_to_do_with_the_telephone(visitor: BrowserContext, site: Site) -> None:
    page = visitor.new_page()
    page.goto(site.url)
    until_kept(page, "/")
    visitor.set_offline(True)
    page.goto(f"{site.url}/payment/grace-period/")
    expect(page.locator("h1")).to_have_text("现在没有网络")
    expect(page.locator("#main a[href='tel:95518']").first).to_be_visible()
    assert page.url.endswith("/payment/grace-period/")
    assert page.locator("#main").evaluate("e => getComputedStyle(document.body).margin") == "0px"
    page.locator(".near a").last.click()
    page.wait_for_url("**/claims/accident-first-steps/")
    expect(page.locator(".answer-line")).to_be_visible()
    visitor.set_offline(False)
    page.goto(f"{site.url}/payment/grace-period/")
    expect(page.locator(".answer-line")).to_be_visible()
    expect(page.get_by_text(KEPT)).to_be_hidden()


def test_nothing_of_the_api_and_no_question_is_kept(visitor: BrowserContext, site: Site) -> None:
    page = visitor.new_page()
    page.goto(site.url)
    until_kept(page, "/")
    page.goto(f"{site.url}/ask/?q=%E9%80%80%E4%BF%9D")
    expect(page.locator(".hits li a").first).to_be_visible()
    until_kept(page, "/ask/")
    for url in page.evaluate(KEYS):
        assert "/api/" not in url
        assert "?" not in url


def test_online_nothing_is_stale_and_what_is_taken_down_is_forgotten(
    visitor: BrowserContext, static: Static, tmp_path: Path
) -> None:
    page = visitor.new_page()
    page.goto(f"{static.url}policy/reissue/")
    until_kept(page, "./")
    second_release(static, tmp_path)
    page.goto(f"{static.url}policy/reissue/")
    expect(page.locator(".answer-line")).to_contain_text("带护照")
    until_kept(page, "./")
    (static.folder / "policy" / "reissue" / "index.html").unlink()
    page.goto(f"{static.url}policy/reissue/")
    until(page, "async () => !(await caches.match(location.href))")
    visitor.set_offline(True)
    page.goto(f"{static.url}policy/reissue/")
    expect(page.locator("h1")).to_have_text("现在没有网络")


def test_two_releases_never_mix(visitor: BrowserContext, static: Static, tmp_path: Path) -> None:
    page = visitor.new_page()
    page.goto(static.url)
    until_kept(page, "./")
    first = page.evaluate(NAMES)
    one = sets(page)
    second_release(static, tmp_path)
    page.goto(static.url)
    until(page, "async (old) => !(await caches.keys()).includes(old)", first[0])
    assert sets(page) != one
    assert len(sets(page)) == 1
    until_kept(page, "./")
    assert len(page.evaluate(NAMES)) == 1
    visitor.set_offline(True)
    page.reload()
    expect(page.locator(".urgent")).to_be_visible()
    assert len(sets(page)) == 1
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "19.2px"


def test_a_release_that_is_half_there_is_not_taken_up(visitor: BrowserContext, static: Static, tmp_path: Path) -> None:
    page = visitor.new_page()
    page.goto(static.url)
    until_kept(page, "./")
    before = page.evaluate(NAMES)
    second_release(static, tmp_path)
    next(static.folder.glob("assets/*/brand.css")).unlink()
    page.goto(static.url)
    page.evaluate("async () => { await (await navigator.serviceWorker.getRegistration()).update().catch(() => {}); }")
    until(page, "async () => !(await navigator.serviceWorker.getRegistration()).installing")
    visitor.set_offline(True)
    page.goto(f"{static.url}claims/first-steps/")
    expect(page.locator(".answer-line")).to_be_visible()
    assert sets(page) == {before[0].split("/")[-2]}


def test_a_slow_network_gives_way_to_what_is_kept(visitor: BrowserContext, static: Static) -> None:
    page = visitor.new_page()
    page.goto(f"{static.url}claims/first-steps/")
    until_kept(page, "./")
    static.hold.clear()
    page.reload()
    expect(page.locator(".answer-line")).to_be_visible()
    expect(page.get_by_text("网站一时连不上。先给您看存过的这一页")).to_be_visible()
    expect(page.get_by_text(KEPT)).to_be_hidden()


def test_a_browser_that_forbids_it_reads_on(chromium: Browser, site: Site) -> None:
    context = chromium.new_context(service_workers="block")
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(site.url, wait_until="networkidle")
    assert wrong == []
    context.close()
