"""How does each page of the desk look with work on it? A question asked, its answer open and a blank to fill; a stop, a notice, a mark."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page

from bench.desk_site import add_agent, copied, desk, leave_blank, sign_in
from bench.visitors import visitor
from core.paths import Root

DEVICES = {"phone": (360, 740), "desktop": (1366, 768), "wide": (1920, 1080)}
PAGES = {"answering": "", "reading": "/reading", "urgent": "/urgent", "marks": "/marks"}
_QUESTION, _ARTICLE, _CHANNEL, _BLANK = "保险合同弄丢了咋整", "policy-lost-reissue", "chat", "保单号"
_STOPPED = "grace-period"
_FADE = 400  # milliseconds until what the page says stands there
_CALL = """async ([path, body]) => {
  const headers = { "Content-Type": "application/json", "X-CSRFToken": document.body.dataset.csrf };
  const answer = await fetch(`/desk/api/${path}`, { method: "POST", headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
}"""
_VERSION = "async (id) => (await (await fetch(`/desk/api/articles/${id}`)).json()).version"


def how_many() -> int:
    """How many views ``desk_pictures`` yields."""
    return 2 * len(DEVICES) * len(PAGES)


def desk_pictures(browser: Browser, root: Root, folder: Path, number: int) -> Iterator[str]:
    """Picture each page of the desk of a copy of ``root``, named from ``number`` on; yields the name of each before it is taken."""
    with TemporaryDirectory() as name:
        copy = copied(root, Path(name) / "copy")
        leave_blank(copy, _ARTICLE, _CHANNEL, _BLANK)
        with desk(copy) as url:
            context = browser.new_context(locale="zh-CN")
            page = context.new_page()
            sign_in(page, url, add_agent(copy, "supervisor"))
            _work(page, url)
            signed_in = context.storage_state()
            for mode, (device, size) in product(("light", "dark"), DEVICES.items()):
                with visitor(browser, mode, size, signed_in) as seen:
                    for place, (kind, path) in enumerate(PAGES.items(), number):
                        told = f"{place:02}-desk-{kind}-{device}-{mode}"
                        yield told
                        page = seen.new_page()
                        page.goto(f"{url}/desk{path}", wait_until="networkidle")
                        if kind == "answering":
                            _ask(page, url)
                        page.screenshot(path=folder / f"{told}-first.png")
                        page.screenshot(path=folder / f"{told}-full.png", full_page=True)
                        page.close()


def _work(page: Page, url: str) -> None:
    """What a morning leaves on the pages."""
    version = page.evaluate(_VERSION, _ARTICLE)
    words = "补发要不要收工本费，客户总问"
    page.evaluate(_CALL, ["marks", {"article": _ARTICLE, "version": version, "kind": "unclear", "words": words}])
    page.evaluate(_CALL, ["gaps", {"query": "无人机摔坏了别人的车谁赔", "product": ""}])
    page.goto(f"{url}/desk/urgent")
    page.locator("#article").fill(_STOPPED)
    page.locator("#reason").fill("天数正在核对")
    page.keyboard.press("Enter")
    page.locator(".ug-list").wait_for()
    page.locator("#text-web").fill("支付系统正在维护，今晚十点前恢复；缴费请稍后再试。")
    page.locator("#ends").fill(f"{datetime.now() + timedelta(hours=8):%Y-%m-%dT%H:%M}")
    page.locator("form[action$=post] button").click()
    page.locator(".ug-on").wait_for()


def _ask(page: Page, url: str) -> None:
    """An agent in the middle of a call: the copy was refused and led to the blank."""
    page.goto(f"{url}/desk?contact=13800001234&ref=RD2026-0001", wait_until="networkidle")
    page.locator("#q").fill(_QUESTION)
    page.locator("#hits li").first.wait_for()
    page.keyboard.press("Enter")
    page.locator("#paper .dk-copy").wait_for()
    page.keyboard.press("2")
    page.locator("#blanks input:focus").wait_for()
    page.wait_for_timeout(_FADE)
