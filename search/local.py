"""How do I search the articles as they stand in the working tree, without a release?

The index is kept in var/cache and made anew when an article, a dictionary or the code has changed.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

from articles.loading import Kb
from search.building import build_index
from search.dictionaries import read_dictionaries
from search.documents import Record, record
from search.index import fingerprint
from search.service import SearchService


def public_records(kb: Kb, day: date) -> list[Record]:
    """The records of every article that customers may see on ``day``."""
    return [record(a, kb.config) for a in kb.articles if a.shown_on(day)]


def desk_records(kb: Kb, day: date) -> list[Record]:
    """The records of every article that agents may answer from on ``day``: those of customers, and internal ones among them.

    A public article has the same record in both, so what agents find ranks as what customers find. Notes are shown, not matched.
    """
    return [record(a, kb.config) for a in kb.articles if a.live_on(day)]


def open_local(kb: Kb, progress: Callable[[int], None] = lambda _n: None) -> SearchService:
    """A search over the public articles of ``kb``; progress: called with 1 for each document that is indexed."""
    root = kb.root
    mark = fingerprint(root)
    records = public_records(kb, date.today())
    content = hashlib.sha256(repr((mark, records)).encode()).hexdigest()[:16]
    dictionaries = read_dictionaries(root)
    cache = root.var / "cache"
    folder = cache / f"index-{content}"
    if not (folder / "index.json").is_file():
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache) as temporary:
            fresh = Path(temporary) / "index"
            previous = next(cache.glob("index-*"), None)
            build_index(fresh, records, dictionaries.analyser(cache), mark, progress, previous)
            _replace(fresh, folder)
        for old in cache.glob("index-*"):
            if old != folder:
                shutil.rmtree(old, ignore_errors=True)
    return SearchService(folder, mark, dictionaries, cache)


def _replace(fresh: Path, folder: Path) -> None:
    """Move ``fresh`` to ``folder``; another process that was quicker has made the same."""
    shutil.rmtree(folder, ignore_errors=True)
    try:
        fresh.rename(folder)
    except OSError:
        if not (folder / "index.json").is_file():
            raise
