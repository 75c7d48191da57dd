"""What does the API read of a release beside the index? Articles, where each one lives, what is gone, categories."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from pydantic import TypeAdapter

from articles.loading import Kb
from articles.public import PublicArticle, public_article
from publishing.layout import Release

_ARTICLES = TypeAdapter(list[PublicArticle])


def write_data(kb: Kb, release: Release, day: date) -> None:
    """articles.json for the API; pages.json: where each id lives, and which pages are gone (path → replacement)."""
    ids = {a.id: a.url for a in kb.articles if a.shown_on(day)}
    articles = [public_article(a, kb.config, ids) for a in kb.articles if a.id in ids]
    (release.data / "articles.json").write_bytes(_ARTICLES.dump_json(articles))
    gone = {
        a.id: {"url": a.url, "replaced_by": ids.get(a.replaced_by or "", "")}
        for a in kb.articles
        if a.status == "archived" and a.audience == "public"
    }
    write_json(release.data / "pages.json", {"ids": ids, "gone": gone})
    categories = kb.config.categories
    used = {key: c.model_dump(include={"name", "hint", "topics"}) for key, c in categories.categories.items()}
    write_json(release.data / "categories.json", {"categories": used, "products": categories.products})


def write_json(path: Path, value: object) -> None:
    """A file of JSON that one can read."""
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1), encoding="utf-8")
