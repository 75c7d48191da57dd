"""make bench: prints every figure that the README quotes. ``--quick`` leaves out what takes long: the thousand-page builds, the engines at
1,000, 10,000 and 100,000 articles, and the searches a second at 10,000."""

from __future__ import annotations

import csv
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from articles.checking import load_checked
from articles.loading import load
from bench import desk, engines, site, throughput
from bench.builds import material_index, our_pages, plain_pages
from bench.generate import generate
from bench.latency import search_latency, served
from bench.weight import first_visit
from core.paths import Root
from publishing.build import publish

PAGES = 1000


def main() -> None:
    """Measure and print, each figure beside its goal."""
    root = Root.at(".")
    kb = load_checked(root)
    print(f"# {date.today()}  {len(kb.articles)} 篇文章  Python {sys.version.split()[0]}")
    began = time.perf_counter()
    publish(root, rebuild=True)
    row("full build of kb/", f"{time.perf_counter() - began:.1f} s", "< 20 s")
    with served(root) as (port, seconds):
        row("make serve, nothing changed", f"{seconds:.1f} s", "< 5 s")
        latency = search_latency(port, _queries(root))
        row("search over HTTP", "  ".join(f"{k} {v} ms" for k, v in latency.items()), "p50 < 15 ms")
        home = kb.config.brand.home.urgent
        article = next(a for a in kb.articles if home is None or a.id == home.article)
        for path in ("/", article.url):
            visit = first_visit(port, path)
            told = f"{visit.size / 1000:.0f} KB, {visit.requests} requests, search index {'LOADED' if visit.index_loaded else 'not loaded'}"
            row(f"first visit of {path}", told, "< 250 KB, no index")
    site.main(quick="--quick" in sys.argv)
    desk.main(root, articles=0 if "--quick" in sys.argv else PAGES)
    if "--quick" not in sys.argv:
        _thousand(root)
        engines.main([1000, 10_000, 100_000])
        throughput.main(10_000)


def _thousand(root: Root) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = generate(load(root), folder / "made", PAGES)
        kb = load(made)
        # Alternating, so that a slow minute of the machine hits both.
        ours, plain = [], []
        for _ in range(3):
            ours.append(our_pages(made, folder / "ours"))
            plain.append(plain_pages(kb, folder / "peer", search=False))
        with_search = plain_pages(kb, folder / "peer", search=True)
        raw, packed = material_index(folder / "peer")
        row(f"pages of {PAGES} articles", f"{min(ours):.1f} s", "≤ 1.5 × plain Material")
        row("  plain Material, no search", f"{min(plain):.1f} s", f"ratio {min(ours) / min(plain):.2f}")
        row("  plain Material, its search on", f"{with_search:.1f} s", "")
        row(
            "  Material's search index",
            f"{raw / 1e6:.1f} MB, {packed / 1e6:.2f} MB compressed",
            "ours: 0 until the API is away",
        )


def _queries(root: Root) -> list[str]:
    with (root.config / "queries" / "dev.tsv").open(encoding="utf-8") as file:
        found = [row["question"] for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]
    return list(dict.fromkeys(found))


def row(what: str, figure: str, goal: str) -> None:
    """One line of the table."""
    print(f"{what:<36}{figure:<56}{goal}", flush=True)


if __name__ == "__main__":
    main()
