"""How good is the customer's site? Lighthouse, axe-core, the weight of a first visit, reading without scripts, from key to results.

``python -m bench.site [--quick]``: one run of Lighthouse a page instead of three, and no thousand articles.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from datetime import date
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from articles.loading import Kb, load
from bench.customer import labelled_questions, measured_pages
from bench.generate import generate
from bench.keys import key_times
from bench.latency import served
from bench.scores import GOALS, is_installed, scores
from bench.weight import ARGUMENTS, first_visit
from core.paths import Root
from publishing.build import publish
from search.evaluation import percentile

PAGES = 1000
_QUESTIONS = 40
_RUNS = 3


def main(*, quick: bool = False) -> None:
    """Print every figure beside its goal."""
    root = Root.at(".")
    kb = load(root)
    with served(root) as (port, _):
        pages = measured_pages(_articles(kb))
        _lighthouse(port, pages, 1 if quick else _RUNS)
        _axe(port, pages)
        _article(port, f"/{pages['article']}")
    if not quick:
        _keys(root, kb)


def _articles(kb: Kb) -> list[str]:
    """What the 刚出险 strip leads to, then the others."""
    urgent = kb.config.brand.home.urgent
    shown = [a for a in kb.articles if a.shown_on(date.today())]
    return [a.url[1:] for a in sorted(shown, key=lambda a: urgent is None or a.id != urgent.article)]


def _lighthouse(port: int, pages: dict[str, str], runs: int) -> None:
    goal = " / ".join(f"{'≥ ' if value < 100 else ''}{value}" for value in GOALS.values())
    print(f"Lighthouse, mobile: {' / '.join(GOALS)} (goal {goal})")
    if not is_installed():
        print("  not measured: sh scripts/lighthouse.sh installs it")
        return
    for name, path in pages.items():
        found = scores(f"http://127.0.0.1:{port}/{path}", runs)
        print(f"  {name:<12}{' / '.join(str(found.scores[key]) for key in GOALS):<28}{found.facts}", flush=True)
        for line in found.wrong:
            print(f"    {line}")


def _axe(port: int, pages: dict[str, str]) -> None:
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 360, "height": 740}, locale="zh-CN")
        for name, path in pages.items():
            page.goto(f"http://127.0.0.1:{port}/{path}", wait_until="networkidle")
            wrong = Axe().run(page).response["violations"]
            print(
                f"axe-core, {name:<12}{len(wrong)} violations (goal 0) {'; '.join(v['id'] for v in wrong)}", flush=True
            )
        browser.close()


def _article(port: int, path: str) -> None:
    visit = first_visit(port, path)
    print(f"first visit of {path}: {visit.size / 1000:.0f} KB, {visit.requests} requests (goal ≤ 250 KB)")
    plain = first_visit(port, path, scripts=False)
    print(
        f"  without JavaScript: conclusion {'readable' if plain.readable else 'NOT READABLE'}, {plain.size / 1000:.0f} KB"
    )


def _keys(root: Root, kb: Kb) -> None:
    with tempfile.TemporaryDirectory() as name:
        made = generate(kb, Path(name) / "made", PAGES)
        publish(made)
        with served(made) as (port, _):
            took = key_times(port, labelled_questions(root.config)[:_QUESTIONS])
    told = "  ".join(f"p{p} {percentile(took, p):.0f} ms" for p in (50, 95))
    print(f"from key to painted results, {PAGES} articles, {len(took)} keys: {told} (goal p95 < 120 ms)")


if __name__ == "__main__":
    main(quick="--quick" in sys.argv)
