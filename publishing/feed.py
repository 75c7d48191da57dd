"""Which answers are new or changed for agents, and since when? Kept in the desk half of a release, on top of the one before.

A file of articles changes with each of its articles, so git cannot say it; two releases can. What the first release holds is no
news to anybody.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, TypeAdapter

from articles.desk.version import Part, parts, version_of
from articles.desk.view import DeskArticle
from core.errors import ReleaseError

_FILE = "feed.json"
_SAID = {"id", "question", "category", "products", "owner", "audience", "must_read"}


class FeedEntry(BaseModel):
    """One article that agents may answer from. version: see articles/desk/version.py; since: when it went into a release, None for
    what the first one held; is_new: there was nothing before; before: the parts of the version before that, when there was one."""

    model_config = ConfigDict(frozen=True)

    id: str
    question: str
    category: str
    products: list[str] = []
    owner: str = ""
    audience: Literal["public", "agent"] = "public"
    must_read: bool = False
    version: str
    since: datetime | None = None
    is_new: bool = False
    before: list[Part] = []


_ENTRIES = TypeAdapter(list[FeedEntry])


class Feed(dict[str, FeedEntry]):
    """The entries by id. must_read: the version of each article that everybody has to have read."""

    def __init__(self, entries: list[FeedEntry]) -> None:
        super().__init__((entry.id, entry) for entry in entries)
        self.must_read = {entry.id: entry.version for entry in entries if entry.must_read}
        news = [entry for entry in entries if entry.since is not None]
        self._news = sorted(news, key=lambda entry: (entry.since, entry.id), reverse=True)

    def news(self, products: set[str]) -> list[FeedEntry]:
        """New and changed ones of these products (of all when none is named) and of no product, the newest first."""
        return [e for e in self._news if not products or not e.products or not products.isdisjoint(e.products)]


class Writer:
    """Compares the articles of a release that is being made with those of the release before, and writes what comes of it."""

    def __init__(self, last: Feed | None, before: Mapping[str, DeskArticle], now: datetime) -> None:
        """last, before: of the release that agents see until ``now``, with its zone; None when there is none."""
        self._last, self._before, self._now = last, before, now
        self._entries: list[FeedEntry] = []

    def add(self, article: DeskArticle) -> None:
        """``article``, when agents may answer from it."""
        if article.state(self._now.astimezone().date()) != "live":
            return
        version = version_of(parts(article))
        since, is_new, old = self._since(article.id, version)
        said = article.model_dump(include=_SAID)
        self._entries.append(FeedEntry(**said, version=version, since=since, is_new=is_new, before=old))

    def write(self, folder: Path) -> None:
        """Raises OSError."""
        (folder / _FILE).write_bytes(_ENTRIES.dump_json(self._entries, exclude_defaults=True))

    def _since(self, name: str, version: str) -> tuple[datetime | None, bool, list[Part]]:
        if self._last is None:
            return None, False, []
        was = self._last.get(name)
        if was is None:
            return self._now, True, []
        if was.version == version:
            return was.since, was.is_new, was.before
        try:
            return self._now, False, parts(self._before[name])
        except (KeyError, ReleaseError):  # it changed, and what it was cannot be told any more
            return self._now, False, []


def read_feed(folder: Path) -> Feed:
    """Raises OSError or ValueError when the file is missing or damaged."""
    return Feed(_ENTRIES.validate_json((folder / _FILE).read_bytes()))
