"""How much does a first visit load? A real browser, an empty cache, every byte over the wire."""

from __future__ import annotations

import shutil
from dataclasses import dataclass

from playwright.sync_api import CDPSession, sync_playwright

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]


@dataclass(frozen=True)
class Visit:
    """One first visit: bytes over the wire, number of requests, whether a search index was among them, and whether the
    conclusion of an article can be read."""

    path: str
    size: int
    requests: int
    index_loaded: bool
    readable: bool


def first_visit(port: int, path: str, *, scripts: bool = True) -> Visit:
    """Open ``path`` in a fresh browser profile, with scripts or without, and wait until nothing loads any more."""
    sizes: list[int] = []
    urls: list[str] = []
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 360, "height": 740}, java_script_enabled=scripts)
        session: CDPSession = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.loadingFinished", lambda event: sizes.append(int(event["encodedDataLength"])))
        page.on("request", lambda request: urls.append(request.url))
        page.goto(f"http://127.0.0.1:{port}{path}", wait_until="networkidle")
        readable = page.locator(".answer-line").first.is_visible()
        browser.close()
    indexed = any("small.json" in url or "search_index" in url for url in urls)
    return Visit(path, sum(sizes), len(urls), indexed, readable)
