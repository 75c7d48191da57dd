"""What is a release made from, and has it changed? Hashes of the articles, the code and the day, and stamps of files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from articles.loading import Kb
from core.paths import Root
from publishing.files import walk
from search.index import fingerprint

CODE = Path(__file__).parent.parent
_ROOMS = ("articles", "publishing", "web")


def source_hash(root: Root) -> str:
    """The articles and the configuration, wherever they lie."""
    digest = hashlib.sha256()
    for folder in (root.kb, root.config):
        _add(digest, folder)
    return digest.hexdigest()


def content_hash(kb: Kb, day: date) -> str:
    """Everything that a release is made from: articles, configuration, code, and what the day makes of them."""
    digest = hashlib.sha256(f"{fingerprint(kb.root)} {source_hash(kb.root)}".encode())
    for room in _ROOMS:
        _add(digest, CODE / room)
    for name in ("mkdocs.yml", "constraints.txt"):
        digest.update((CODE / name).read_bytes())
    shown = [(a.id, a.review_by is not None and a.review_by < day) for a in kb.articles if a.live_on(day)]
    digest.update(repr(shown).encode())
    return digest.hexdigest()


def next_change(kb: Kb, day: date) -> date | None:
    """The first day after ``day`` on which an article appears, disappears or becomes overdue; None for never."""
    turns: set[date] = set()
    for article in kb.articles:
        if article.status == "published":
            turns |= {d for d in (article.valid_from,) if d}
            turns |= {d + timedelta(days=1) for d in (article.valid_to, article.review_by) if d and d < date.max}
    return min((turn for turn in turns if turn > day), default=None)


def stamp(root: Root) -> frozenset[tuple[str, int, int]]:
    """Name, size and time of every file that a release is made from: two stamps differ when somebody saved meanwhile."""
    found = []
    for path in _files(root.kb, root.config):
        try:
            stat = path.stat()
        except OSError:  # a link to nowhere, or gone in this moment
            continue
        found.append((str(path), stat.st_size, stat.st_mtime_ns))
    return frozenset(found)


def _files(*folders: Path) -> Iterator[Path]:
    for folder in folders:
        if folder.is_dir():
            yield from (path for path in walk(folder) if "__pycache__" not in path.parts)


def _add(digest: hashlib._Hash, folder: Path) -> None:
    for path in _files(folder):  # the place counts: an article that moves has another address
        digest.update(str(path.relative_to(folder)).encode("utf-8", "surrogateescape") + b"\0")
        digest.update(path.read_bytes() + b"\0")
