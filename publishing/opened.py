"""Can this release be opened, and what does it hold? The one opener, for whoever serves it and whoever checks it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

from pydantic import BaseModel, TypeAdapter

from articles.customer import CustomerAnswers
from articles.desk.view import DeskSetup
from articles.public import PublicArticle
from core.errors import IndexMismatch, KbError, ReleaseError
from core.paths import Root
from publishing.desk import DeskArticles, read_setup, shares_index
from publishing.feed import Feed, read_feed
from publishing.files import check_list
from publishing.layout import Release
from search.dictionaries import read_dictionaries
from search.index import fingerprint
from search.service import SearchService

ARTICLES = TypeAdapter(list[PublicArticle])


class Gone(BaseModel):
    """An archived article: where its page stood, and the address of what replaced it (empty when nothing did)."""

    url: str
    replaced_by: str


class Pages(BaseModel):
    """Where each public article lives, and which ones are gone; both by id."""

    ids: dict[str, str]
    gone: dict[str, Gone]


class Frame(BaseModel):
    """What stands around pages that are drawn while one waits: whose site it is, and where its scripts and styles lie.

    shell: ``assets/<name>/``, empty in a release that was made before there was a desk; has_look: it holds a brand.css.
    """

    name: str = "客服"
    demo: bool = True
    shell: str = ""
    has_look: bool = False


@dataclass(frozen=True)
class Desk:
    """All that signed-in agents are answered from: a search that knows internal articles, every article with its notes, how
    the insurer has set up channels and blanks, and what is new."""

    search: SearchService
    articles: DeskArticles
    setup: DeskSetup
    feed: Feed


@dataclass(frozen=True)
class Opened:
    """All that public requests read of a release. desk: opens the half for agents at the first call, so that a process that answers
    none holds none of it; raises IndexMismatch or ReleaseError when it is damaged or there is none."""

    release: Release
    search: SearchService
    articles: dict[str, PublicArticle]
    said: CustomerAnswers
    urls: dict[str, str]
    gone: dict[str, Gone]
    categories: dict[str, dict[str, Any]]
    products: dict[str, str]
    inline_scripts: tuple[str, ...]
    frame: Frame
    desk: Callable[[], Desk]


def open_search(root: Root, release: Release) -> SearchService:
    """The search of ``release``, with the dictionaries that it was built with.

    Raises IndexMismatch when the index is damaged or was made by other code.
    """
    return _search(root, release, release.index)


def _search(root: Root, release: Release, index: Path) -> SearchService:
    ours = release.root(root)
    return SearchService(index, fingerprint(ours), read_dictionaries(ours), root.var / "cache")


def open_release(root: Root, release: Release) -> Opened:
    """Open ``release``. Raises IndexMismatch or ReleaseError when it is damaged or was made by other code."""
    search = open_search(root, release)
    return Opened(
        release=release, search=search, desk=cache(partial(_open_desk, root, release, search)), **_data(release)
    )


def _open_desk(root: Root, release: Release, public: SearchService) -> Desk:
    """``public``: its public search, which is also the desk's when there are no internal articles."""
    try:
        search = public if shares_index(release) else _search(root, release, release.desk_index)
        data = release.desk_data
        return Desk(search, DeskArticles(data), read_setup(data), read_feed(data))
    except (OSError, ValueError) as error:
        raise ReleaseError(f"发布 {release.name} 没有坐席台用的内容", "运行 kb publish 重新发布") from error


def check_whole(root: Root, release: Release, *, content: bool = False) -> None:
    """Raises IndexMismatch or ReleaseError when ``release`` cannot be served as it was when it passed the gate: a file
    is missing or has another size (content: or other bytes), or the index is that of other code."""
    check_list(release, content=content)
    if release.manifest().get("index") != fingerprint(release.root(root)):
        raise IndexMismatch(f"发布 {release.name} 的索引是用别的词典或别的程序版本建的", "运行 kb publish 重建")
    if not release.texts.is_file():
        raise ReleaseError(f"发布 {release.name} 不完整", "运行 kb publish 重新发布")


def _data(release: Release) -> dict[str, Any]:
    """All parts of Opened that are not the search."""
    try:
        articles = ARTICLES.validate_json((release.data / "articles.json").read_bytes())
        said = CustomerAnswers.model_validate_json((release.data / "answers.json").read_bytes())
        pages = Pages.model_validate_json((release.data / "pages.json").read_bytes())
        categories = json.loads((release.data / "categories.json").read_text("utf-8"))
        manifest = release.manifest()
        return {
            "articles": {article.id: article for article in articles},
            "said": said,
            "urls": pages.ids,
            "gone": pages.gone,
            "categories": categories["categories"],
            "products": categories["products"],
            "inline_scripts": tuple(manifest["inline_scripts"]),
            "frame": Frame.model_validate(manifest.get("frame", {})),
        }
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ReleaseError(f"发布 {release.name} 不完整", "运行 kb publish 重新发布") from error


def is_whole(root: Root, release: Release) -> bool:
    """Whether ``release`` can be served."""
    try:
        check_whole(root, release)
    except KbError:
        return False
    return True
