"""What does the API read beside the index? Articles and what they say on each channel, where they live, the categories."""

from __future__ import annotations

from datetime import date

from articles.customer import customer_answers
from articles.loading import Kb
from articles.public import public_article
from publishing.layout import Release, write_json
from publishing.opened import ARTICLES


def write_data(kb: Kb, release: Release, day: date) -> None:
    """articles.json and answers.json (texts for channels, ways to a human) for the API; pages.json: where each id lives, and
    which pages are gone (path → replacement)."""
    ids = {a.id: a.url for a in kb.articles if a.shown_on(day)}
    articles = [public_article(a, kb.config, ids) for a in kb.articles if a.id in ids]
    (release.data / "articles.json").write_bytes(ARTICLES.dump_json(articles))
    said = customer_answers((a for a in kb.articles if a.id in ids), kb.config)
    (release.data / "answers.json").write_text(said.model_dump_json(exclude_defaults=True), encoding="utf-8")
    gone = {
        a.id: {"url": a.url, "replaced_by": ids.get(a.replaced_by or "", "")}
        for a in kb.articles
        if a.status == "archived" and a.audience == "public"
    }
    write_json(release.data / "pages.json", {"ids": ids, "gone": gone})
    categories = kb.config.categories
    used = {key: c.model_dump(include={"name", "hint", "topics"}) for key, c in categories.categories.items()}
    write_json(release.data / "categories.json", {"categories": used, "products": categories.products})
