"""What does the page of a category say?"""

from __future__ import annotations

from markupsafe import Markup

from articles.pages.library import Library
from articles.pages.pieces import hits, human_row, question_links
from articles.pages.text import h, join
from articles.schema import Article

_UP = "../"
_MOST = 3
_JUMPS_FROM = 4


def category_body(library: Library, key: str) -> Markup:
    """What is asked most, then every question under its topic."""
    category = library.config.category(key)
    topics = library.by_topic(key)
    return h(
        '<div id="main" class="wrap" tabindex="-1"><header class="cat-head"><h1>{}</h1>{}</header>{}{}{}</div>',
        category.name,
        h("<p>{}</p>", category.hint) if category.hint else Markup(),
        _most(library, key, topics),
        _topics(library, topics)
        if topics
        else h('<p class="msg">{}</p>', "这一类还没有问题。可以换一类，或者找人工。"),
        human_row(library),
    )


def _most(library: Library, key: str, topics: dict[str, list[Article]]) -> Markup:
    """The featured articles of the category, else the first of its largest topic."""
    featured = [a for a in library.featured if a.category == key]
    largest = max(topics.values(), key=len, default=[])
    chosen = (featured or largest)[:_MOST]
    if not chosen:
        return Markup()
    return h(
        '<section class="most" aria-labelledby="h-most"><h2 class="h" id="h-most">问得最多</h2>'
        '<ul class="hits">{}</ul></section>',
        hits(library, chosen, _UP),
    )


def _topics(library: Library, topics: dict[str, list[Article]]) -> Markup:
    named = [(f"t{n}", topic or "其他", articles) for n, (topic, articles) in enumerate(topics.items(), 1)]
    jumps = join(h('<li><a class="chip" href="#{}">{}</a></li>', anchor, topic) for anchor, topic, _ in named)
    columns = join(
        h(
            '<section><h3 id="{}">{}</h3><ul class="links">{}</ul></section>',
            anchor,
            topic,
            question_links(library, articles, _UP),
        )
        for anchor, topic, articles in named
    )
    return h(
        '<section class="kinds" aria-labelledby="h-kinds"><h2 class="h" id="h-kinds">按主题找</h2>{}'
        '<div class="kinds-cols">{}</div></section>',
        h('<ul class="chips jumps">{}</ul>', jumps) if len(named) >= _JUMPS_FROM else Markup(),
        columns,
    )
