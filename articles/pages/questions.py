"""Which questions are answered at all? Every one of them on one page."""

from __future__ import annotations

from markupsafe import Markup

from articles.pages.library import Library
from articles.pages.pieces import human_row, question_links
from articles.pages.text import h, join

_UP = "../"


def questions_body(library: Library) -> Markup:
    """By category, then by topic."""
    return h(
        '<div id="main" class="wrap" tabindex="-1"><header class="cat-head"><h1>全部问题</h1><p>{}</p></header>{}{}</div>',
        "按类别和主题排好。找不到，就用上面的框问一句。",
        join(_category(library, key) for key in library.config.categories.categories if library.by_category[key]),
        human_row(library),
    )


def _category(library: Library, key: str) -> Markup:
    topics = join(
        h(
            '<section><h3>{}</h3><ul class="links">{}</ul></section>',
            topic or "其他",
            question_links(library, found, _UP),
        )
        for topic, found in library.by_topic(key).items()
    )
    return h(
        '<section class="kinds"><h2 class="h"><a href="{}{}/">{}</a></h2><div class="kinds-cols">{}</div></section>',
        _UP,
        key,
        library.config.category(key).name,
        topics,
    )
