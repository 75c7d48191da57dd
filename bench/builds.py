"""How long do the pages of a thousand articles take, beside a plain Material build of the same pages?"""

from __future__ import annotations

import gzip
import subprocess
import sys
import time
from pathlib import Path

from articles.loading import Kb
from articles.markdown import split_first
from core.paths import Root

_PLAIN = """\
site_name: plain
site_url: http://127.0.0.1:8000/
theme:
  name: material
  language: zh
  font: false
  features: [navigation.prune]
plugins: [{plugins}]
docs_dir: docs
site_dir: {site}
"""


def our_pages(root: Root, folder: Path) -> float:
    """Seconds of our page making alone (index, gate and compression apart), in a process of its own."""
    code = (
        "from pathlib import Path; from core.paths import Root; from articles.loading import load; "
        "from publishing.mkdocs_build import build_site; "
        f"build_site(load(Root.at({str(root.path)!r})), Path({str(folder)!r}))"
    )
    return _timed([sys.executable, "-c", code], Path.cwd())


def plain_pages(kb: Kb, folder: Path, *, search: bool) -> float:
    """Seconds of ``mkdocs build`` with Material as it comes, for the same articles as ordinary Markdown pages."""
    _write_plain(kb, folder / "docs")
    name = "with-search" if search else "plain"
    config = folder / f"{name}.yml"
    config.write_text(_PLAIN.format(plugins="search" if search else "", site=folder / name), "utf-8")
    return _timed([sys.executable, "-m", "mkdocs", "build", "--quiet", "-f", str(config)], folder)


def material_index(folder: Path) -> tuple[int, int]:
    """Bytes of Material's own search index: as it is, and compressed."""
    raw = (folder / "with-search" / "search" / "search_index.json").read_bytes()
    return len(raw), len(gzip.compress(raw, 6))


def _timed(command: list[str], where: Path) -> float:
    began = time.perf_counter()
    subprocess.run(command, cwd=where, check=True, capture_output=True)
    return time.perf_counter() - began


def _write_plain(kb: Kb, docs: Path) -> None:
    docs.mkdir(parents=True, exist_ok=True)
    (docs / "index.md").write_text("# 首页\n", "utf-8")
    for article in kb.articles:
        first, rest = split_first(article.answer)
        parts = [f"# {article.question}", f"**{first}**", rest]
        parts += ["## 怎么做", "\n".join(f"{n}. **{s.title}** {s.text}" for n, s in enumerate(article.steps, 1))]
        parts += ["## 带什么", "\n".join(f"- {d.name}" for d in article.documents)]
        parts += ["## 大家还这样问", "\n".join(f"- {q}" for q in article.similar)]
        parts += ["## 依据", "\n".join(f"- {s.cite}" for s in article.sources)]
        path = docs / article.category / f"{article.id}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text("\n\n".join(parts) + "\n", "utf-8")
