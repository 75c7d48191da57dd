"""make screenshots: how does every kind of page look, in light, dark and 长辈, on phone and desktop? Pictures to look at one by one.

``python -m bench.screenshots [FOLDER] [--url URL]``: without an address the site of this folder is served for it.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, sync_playwright

from bench.customer import Visited, every_kind, labelled_questions
from bench.latency import served
from bench.weight import ARGUMENTS
from core.paths import Root

DEVICES = {"phone": (360, 740), "desktop": (1366, 768)}
# What the switches keep in localStorage (js/switches.js).
MODES = {
    "light": {"kb-theme": "light"},
    "dark": {"kb-theme": "dark"},
    "elder": {"kb-theme": "light", "kb-mode": "elder"},
}


def main(arguments: list[str] | None = None) -> None:
    """Take the pictures, and name the kinds of pages that this site has not."""
    parser = argparse.ArgumentParser(prog="python -m bench.screenshots", description="给每一种页面拍照")
    parser.add_argument("folder", nargs="?", default="var/screenshots", type=Path, help="图片放在哪里")
    parser.add_argument("--url", help="已经在运行的站点，例如 http://127.0.0.1:8000/；不写就自己起一个")
    given = parser.parse_args(arguments)
    root = Root.at(".")
    with _site(root, given.url) as url:
        kinds = every_kind(url, labelled_questions(root.config))
        missing = [kind.name for kind in kinds if kind.path is None]
        if missing:
            print(f"这个站点没有：{'、'.join(missing)}", file=sys.stderr)
        given.folder.mkdir(parents=True, exist_ok=True)
        for old in given.folder.glob("[0-9][0-9]-*.png"):
            old.unlink()
        _take_all(url, [kind for kind in kinds if kind.path is not None], given.folder)
    print(f"图片在 {given.folder}/")


@contextmanager
def _site(root: Root, url: str | None) -> Iterator[str]:
    if url:
        yield url if url.endswith("/") else f"{url}/"
    else:
        with served(root) as (port, _):
            yield f"http://127.0.0.1:{port}/"


def _take_all(url: str, kinds: list[Visited], folder: Path) -> None:
    views = list(product(MODES, DEVICES))
    end = "" if sys.stderr.isatty() else "\n"
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        for done, (mode, device) in enumerate(views):
            visitor = _visitor(browser, mode, device)
            for number, kind in enumerate(kinds, 1):
                name = f"{number:02}-{kind.name}-{device}-{mode}"
                told = f"{done * len(kinds) + number}/{len(views) * len(kinds)} {name}"
                print(f"\r{told:<60}" if sys.stderr.isatty() else told, end=end, file=sys.stderr, flush=True)
                page = visitor.new_page()  # a tab of its own: no trail of the pages before
                page.goto(f"{url}{kind.path}", wait_until="networkidle")
                page.screenshot(path=folder / f"{name}-first.png")
                page.screenshot(path=folder / f"{name}-full.png", full_page=True)
                page.close()
            visitor.close()
        browser.close()


def _visitor(browser: Browser, mode: str, device: str) -> BrowserContext:
    width, height = DEVICES[device]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        has_touch=device == "phone",
        locale="zh-CN",
        device_scale_factor=1,
        service_workers="block",
    )
    kept = json.dumps(MODES[mode])
    context.add_init_script(f"for (const [k, v] of Object.entries({kept})) localStorage.setItem(k, v);")
    return context


if __name__ == "__main__":
    main()
