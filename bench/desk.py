"""How fast is the agents' page? From key to painted results at a thousand articles; from the first key of a question to the clipboard.

``python -m bench.desk [--articles N] [--root DIR] [--questions FILE]``: of the root the articles that questions are asked of and that
others are made from.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from articles.loading import load
from bench.desk_keys import KeyTimes, key_times
from bench.desk_questions import QUESTIONS, Outcome, ask, read_questions
from bench.desk_site import add_agent, copied, desk, leave_blank, sign_in
from bench.generate import generate
from bench.weight import ARGUMENTS
from core.paths import Root
from search.evaluation import percentile

PAGES = 1000
_SLOWEST, _MOST_KEYS = 2.0, 12


def main(root: Root, *, articles: int = PAGES, questions: Path = QUESTIONS) -> None:
    """Print every figure beside its goal. articles: how many are made to time keys; 0: keys are timed on those of ``root``."""
    asked = read_questions(questions)
    words = [one.words for one in asked]
    with tempfile.TemporaryDirectory() as name, sync_playwright() as play:
        folder = Path(name)
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        if articles:
            with _signed_in(browser, generate(load(root), folder / "made", articles)) as (page, url):
                _tell_keys(articles, key_times(page, url, words))
        copy = copied(root, folder / "copy")
        for one in asked:
            for blank in one.blanks:
                leave_blank(copy, one.articles[0], one.channel, blank)
        with _signed_in(browser, copy) as (page, url):
            if not articles:
                _tell_keys(len(load(copy).articles), key_times(page, url, words))
            _tell_questions([ask(page, url, one) for one in asked])
        browser.close()


@contextmanager
def _signed_in(browser: Browser, root: Root) -> Iterator[tuple[Page, str]]:
    with desk(root) as url:
        context = browser.new_context(
            viewport={"width": 1366, "height": 768},
            locale="zh-CN",
            permissions=["clipboard-read", "clipboard-write"],
        )
        page = context.new_page()
        sign_in(page, url, add_agent(root))
        yield page, url
        context.close()


def _tell_keys(articles: int, times: KeyTimes) -> None:
    figures = [f"p{p} {percentile(times.took, p):.0f} ms" for p in (50, 95)] if times.took else []
    told = "  ".join([*figures, f"max {max(times.took, default=0):.0f} ms"])
    keys = f"{len(times.took)} keys" + (f", {times.missed} that painted NOTHING" if times.missed else "")
    print(f"/desk, from key to painted results, {articles} articles, {keys}: {told} (goal p95 < 100 ms)", flush=True)


def _tell_questions(outcomes: Sequence[Outcome]) -> None:
    done = [one for one in outcomes if not one.wrong]
    slowest, keys = max((one.took for one in done), default=0) / 1000, max((one.keys for one in done), default=0)
    print(
        f"/desk, from first key to clipboard, {len(outcomes)} questions: slowest {slowest:.2f} s (goal < {_SLOWEST:.0f} s), "
        f"most keys beyond the query {keys} (goal ≤ {_MOST_KEYS}), {len(outcomes) - len(done)} failed (goal 0)"
    )
    for one in outcomes:
        figure = f"FAILED: {one.wrong}" if one.wrong else f"{one.took / 1000:.2f} s"
        answers = "+".join(one.question.articles)
        print(f"  {figure:<10}{one.keys:>3} keys  {one.question.channel:<8}{answers}  {one.question.words}", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m bench.desk", description="量坐席台应答页有多快")
    parser.add_argument("--root", default=".", type=Path, help="放 kb/ 的文件夹")
    parser.add_argument("--articles", default=PAGES, type=int, help="按键那一项造多少篇文章，0 就用原来的")
    parser.add_argument("--questions", default=QUESTIONS, type=Path, help="问题表")
    given = parser.parse_args()
    main(Root.at(given.root), articles=given.articles, questions=given.questions)
