"""Which release does this request see? Opens the live one, and takes up a new one without a restart."""

from __future__ import annotations

import json
import logging
import threading
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, TypeAdapter

from articles.public import PublicArticle
from core.errors import KbError, ReleaseError
from core.paths import Root
from publishing.layout import Release, current
from search.dictionaries import read_dictionaries
from search.index import fingerprint
from search.service import SearchService

log = logging.getLogger("kb.web")
_ARTICLES = TypeAdapter(list[PublicArticle])


class Gone(BaseModel):
    """An archived article: where its page stood, and the address of what replaced it (empty when nothing did)."""

    url: str
    replaced_by: str


class Pages(BaseModel):
    """Where each public article lives, and which ones are gone; both by id."""

    ids: dict[str, str]
    gone: dict[str, Gone]


@dataclass(frozen=True)
class Live:
    """An opened release: all that public requests read."""

    release: Release
    search: SearchService
    articles: dict[str, PublicArticle]
    urls: dict[str, str]
    gone: dict[str, Gone]
    categories: dict[str, dict[str, Any]]
    products: dict[str, str]
    inline_scripts: tuple[str, ...]


def open_live(root: Root, release: Release) -> Live:
    """Open ``release``. Raises IndexMismatch or ReleaseError when it is damaged or was made by other code."""
    search = SearchService(release.index, fingerprint(root), read_dictionaries(root), root.var / "cache")
    try:
        articles = _ARTICLES.validate_json((release.data / "articles.json").read_bytes())
        pages = Pages.model_validate_json((release.data / "pages.json").read_bytes())
        categories = json.loads((release.data / "categories.json").read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise ReleaseError(f"发布 {release.name} 不完整", "运行 kb publish 重新发布") from error
    return Live(
        release=release,
        search=search,
        articles={article.id: article for article in articles},
        urls=pages.ids,
        gone=pages.gone,
        categories=categories["categories"],
        products=categories["products"],
        inline_scripts=tuple(release.manifest()["inline_scripts"]),
    )


class Holder:
    """Hands out the live release. When the symlink has moved, the new one is opened beside the old one, then taken."""

    def __init__(self, root: Root) -> None:
        """Raises ReleaseError when there is no release, IndexMismatch when it cannot be opened."""
        release = current(root)
        if release is None:
            raise ReleaseError("还没有发布", "先运行 kb publish")
        self._root = root
        self._live = open_live(root, release)
        self._opening = threading.Lock()

    def get(self) -> Live:
        """The release that this request sees."""
        release = current(self._root)
        if release is not None and not self._live.release.site.is_dir():
            with (
                self._opening
            ):  # a quiet process whose release has been pruned meanwhile: there is nothing to serve from
                if not self._live.release.site.is_dir():
                    self._live = open_live(self._root, release)
        if release is not None and release.name != self._live.release.name and self._opening.acquire(blocking=False):
            threading.Thread(target=self._take, args=(release,), daemon=True).start()
        return self._live

    def _take(self, release: Release) -> None:
        try:
            self._live = open_live(self._root, release)
            log.info("release taken up", extra={"release": release.name})
        except KbError:
            log.exception("release cannot be opened; the old one stays", extra={"release": release.name})
        finally:
            self._opening.release()
