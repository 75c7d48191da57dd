"""make screenshots: how does every kind of page look, in light, dark and 长辈, on phone and desktop? Pictures to look at one by one.

``python -m bench.screenshots [FOLDER] [--url URL]``: without an address the site of this folder is served for it, and a copy of it for
the pages of the desk, where somebody has to sign in.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain, product
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from bench.customer import Visited, every_kind, labelled_questions
from bench.desk_pictures import desk_pictures, how_many
from bench.latency import served
from bench.visitors import MODES, visitor
from bench.weight import ARGUMENTS
from core.paths import Root

DEVICES = {"phone": (360, 740), "desktop": (1366, 768)}


def main(arguments: list[str] | None = None) -> None:
    """Take the pictures, and name the kinds of pages that this site has not."""
    parser = argparse.ArgumentParser(prog="python -m bench.screenshots", description="给每一种页面拍照")
    parser.add_argument("folder", nargs="?", default="var/screenshots", type=Path, help="图片放在哪里")
    parser.add_argument("--url", help="已经在运行的站点，例如 http://127.0.0.1:8000/；不写就自己起一个")
    given = parser.parse_args(arguments)
    root = Root.at(".")
    with sync_playwright() as play, _site(root, given.url) as url:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        kinds = every_kind(url, labelled_questions(root.config))
        missing = [kind.name for kind in kinds if kind.path is None] + (["desk（要有账号）"] if given.url else [])
        if missing:
            print(f"这个站点没有：{'、'.join(missing)}", file=sys.stderr)
        given.folder.mkdir(parents=True, exist_ok=True)
        for old in given.folder.glob("[0-9][0-9]-*.png"):
            old.unlink()
        shown = [kind for kind in kinds if kind.path is not None]
        taken = _pictures(browser, url, shown, given.folder)
        count = len(shown) * len(MODES) * len(DEVICES)
        if not given.url:
            taken = chain(taken, desk_pictures(browser, root, given.folder, len(shown) + 1))
            count += how_many()
        _tell(taken, count)
        browser.close()
    print(f"图片在 {given.folder}/")


@contextmanager
def _site(root: Root, url: str | None) -> Iterator[str]:
    if url:
        yield url if url.endswith("/") else f"{url}/"
    else:
        with served(root) as (port, _):
            yield f"http://127.0.0.1:{port}/"


def _pictures(browser: Browser, url: str, kinds: list[Visited], folder: Path) -> Iterator[str]:
    """Yields the name of each view before it is taken."""
    for mode, (device, size) in product(MODES, DEVICES.items()):
        with visitor(browser, mode, size) as seen:
            for number, kind in enumerate(kinds, 1):
                name = f"{number:02}-{kind.name}-{device}-{mode}"
                yield name
                page = seen.new_page()  # a tab of its own: no trail of the pages before
                page.goto(f"{url}{kind.path}", wait_until="networkidle")
                page.screenshot(path=folder / f"{name}-first.png")
                page.screenshot(path=folder / f"{name}-full.png", full_page=True)
                page.close()


def _tell(names: Iterator[str], count: int) -> None:
    """Have the pictures taken, each told as it begins."""
    end = "" if sys.stderr.isatty() else "\n"
    for number, name in enumerate(names, 1):
        told = f"{number}/{count} {name}"
        print(f"\r{told:<60}" if sys.stderr.isatty() else told, end=end, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
