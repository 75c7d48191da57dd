"""What do agents answer from? The desk half of a release: an index with the internal articles, and all articles with their notes.

Without internal articles agents search what customers search: that index is linked, not built again. With some, it is built on top
of the last one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import numpy as np
from pydantic import ValidationError

from articles.desk.view import DeskArticle, DeskSetup, agents_see, desk_article, desk_setup
from articles.last_commits import LastCommit
from articles.loading import Kb
from core.errors import ReleaseError
from core.paths import Root
from publishing.feed import Writer, read_feed
from publishing.files import walk
from publishing.layout import Release, write_json
from publishing.reuse import link
from search.building import build_index
from search.dictionaries import read_dictionaries
from search.documents import Record
from search.index import fingerprint

_RECENT = 256


def index_desk(live: Root, draft: Release, last: Release | None, records: list[Record], public: list[Record]) -> None:
    """Make the index of ``records``, which agents search, in ``draft``, whose public one, of the records ``public``, is made.

    last: the release before. Raises OSError.
    """
    if records == public:
        for path in walk(draft.index):
            link(path, draft.desk_index / path.relative_to(draft.index))
        return
    ours = draft.root(live)
    mark = fingerprint(ours)
    # What the last one has learned of its own articles stands for longer than what the public one has; made by other code it
    # lends nothing, the public one all but the internal articles.
    usable = last is not None and last.desk_index.is_dir() and last.manifest().get("index") == mark
    previous = last.desk_index if last is not None and usable else draft.index
    build_index(
        draft.desk_index, records, read_dictionaries(ours).analyser(live.var / "cache"), mark, previous=previous
    )


def write_desk(
    kb: Kb, draft: Release, now: datetime, commits: Mapping[str, LastCommit], last: Release | None = None
) -> None:
    """articles.jsonl: every article, one a line, drafts and expired ones too, because they may be opened and say so; starts.json:
    where each begins (id → byte); setup.json: channels, blanks, holidays and queues; feed.json: what is new since ``last``, which
    agents see now. Raises OSError."""
    draft.desk_data.mkdir(parents=True)
    day = now.astimezone().date()
    feed = _feed(last, now)
    seen = agents_see(kb, day)
    starts: dict[str, int] = {}
    with (draft.desk_data / "articles.jsonl").open("wb") as file:
        for entry in kb.entries:
            article = desk_article(entry.article, kb.config, seen, entry.path, commits.get(entry.path))
            feed.add(article)
            starts[article.id] = file.tell()
            file.write(article.model_dump_json(exclude_defaults=True).encode() + b"\n")
    write_json(draft.desk_data / "starts.json", starts)
    feed.write(draft.desk_data)
    (draft.desk_data / "setup.json").write_text(desk_setup(kb.config).model_dump_json(by_alias=True), encoding="utf-8")


def _feed(last: Release | None, now: datetime) -> Writer:
    """On top of what agents read until now; on nothing when that cannot be read."""
    try:
        if last is not None:
            return Writer(read_feed(last.desk_data), DeskArticles(last.desk_data), now)
    except (OSError, ValueError):
        pass
    return Writer(None, {}, now)


def shares_index(release: Release) -> bool:
    """Whether agents search the same index as customers: index.json holds the checksum of every file. Raises OSError."""
    return (release.desk_index / "index.json").read_bytes() == (release.index / "index.json").read_bytes()


class DeskArticles(Mapping[str, DeskArticle]):
    """The articles of a desk half, by id. The file is mapped, so that processes share it; an article is parsed when it is asked for."""

    def __init__(self, folder: Path) -> None:
        """Raises OSError or ValueError when a file is missing or damaged."""
        starts: dict[str, int] = json.loads((folder / "starts.json").read_text("utf-8"))
        self._lines = np.asarray(np.memmap(folder / "articles.jsonl", mode="r"))
        places = pairwise([*starts.values(), len(self._lines)])
        self._place = dict(zip(starts, places, strict=True))
        self._read = lru_cache(_RECENT)(self._parse)

    def __getitem__(self, name: str) -> DeskArticle:
        """Raises KeyError for an id that there is not, ReleaseError when the file is damaged."""
        return self._read(*self._place[name])

    def __iter__(self) -> Iterator[str]:
        return iter(self._place)

    def __len__(self) -> int:
        return len(self._place)

    def _parse(self, start: int, end: int) -> DeskArticle:
        try:
            return DeskArticle.model_validate_json(self._lines[start:end].tobytes())
        except ValidationError as error:
            raise ReleaseError("坐席台的文章打不开", "运行 kb publish --rebuild 重新发布") from error


def read_setup(folder: Path) -> DeskSetup:
    """Raises OSError or ValueError when the file is missing or damaged."""
    return DeskSetup.model_validate_json((folder / "setup.json").read_bytes())
