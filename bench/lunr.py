"""What does the search that Material for MkDocs ships find? Asked in its own search box, in a real browser."""

from __future__ import annotations

import functools
import http.server
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import TimeoutError as Timeout
from playwright.sync_api import sync_playwright

from articles.loading import Kb
from bench.builds import plain_pages
from bench.weight import ARGUMENTS
from search.evaluation import Ask

_BOX, _META, _HIT = (
    "[data-md-component=search-query]",
    ".md-search-result__meta",
    ".md-search-result__item > a:first-child",
)
# Milliseconds that an answer may take; a query that finds nothing says so well before.
_PATIENCE = 4000


@dataclass(frozen=True)
class PageHit:
    """A page that was found."""

    id: str
    topic: str
    category: str


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """No line a request."""


@contextmanager
def lunr(kb: Kb, folder: Path) -> Iterator[Ask]:
    """The pages of ``kb`` built with Material and its search, in ``folder``; asks its search box."""
    plain_pages(kb, folder, search=True)
    handler = functools.partial(_Quiet, directory=str(folder / "with-search"))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    known = {article.id: PageHit(article.id, article.topic, article.category) for article in kb.articles}
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        page = browser.new_page()
        page.goto(f"http://127.0.0.1:{server.server_port}/")
        page.click(".md-search__form") if page.is_visible(".md-search__form") else page.focus(_BOX)

        def ask(question: str) -> list[PageHit]:
            page.fill(_BOX, "")
            page.dispatch_event(_BOX, "keyup")
            page.wait_for_timeout(20)
            empty = page.inner_text(_META)
            page.fill(_BOX, question)
            page.dispatch_event(_BOX, "keyup")
            try:
                page.wait_for_function(
                    "([css, before]) => document.querySelector(css).innerText !== before",
                    arg=[_META, empty],
                    timeout=_PATIENCE,
                )
            except Timeout:
                return []
            links = page.eval_on_selector_all(_HIT, "links => links.map(link => new URL(link.href).pathname)")
            ids = dict.fromkeys(link.strip("/").split("/")[-1] for link in links)
            return [known[name] for name in ids if name in known]

        yield ask
        browser.close()
    server.shutdown()
