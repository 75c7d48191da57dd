"""What does the page of a category say?"""

from __future__ import annotations

from urllib.parse import quote

from markupsafe import Markup

from articles.flows import flow_anchor, open_flow
from articles.pages.icons import icon
from articles.pages.library import Library
from articles.pages.pieces import hits, human_row, question_links
from articles.pages.text import clauses, h, join
from articles.schema import Article

_UP = "../"
_MOST = 6
_FLOWS = 6
_JUMPS_FROM = 4


def category_body(library: Library, key: str) -> Markup:
    """What is asked most, the flows for those who cannot tell, then every question under its topic."""
    category = library.config.category(key)
    topics = library.by_topic(key)
    most = library.most_asked(key)
    return h(
        '<div id="main" class="wrap" tabindex="-1"><header class="cat-head"><h1>{}</h1>{}</header>{}{}{}{}</div>',
        category.name,
        h("<p>{}</p>", category.hint) if category.hint else Markup(),
        _most(library, most),
        _flows(library, most),
        _topics(library, topics)
        if topics
        else h('<p class="msg">{}</p>', "这一类还没有问题。可以换一类，或者找人工。"),
        human_row(library),
    )


def _most(library: Library, articles: list[Article]) -> Markup:
    if not articles:
        return Markup()
    return h(
        '<section class="most" aria-labelledby="h-most"><h2 class="h" id="h-most">问得最多</h2>'
        '<ul class="hits">{}</ul></section>',
        hits(library, articles[:_MOST], _UP),
    )


def _flows(library: Library, articles: list[Article]) -> Markup:
    """For those who cannot tell which question is theirs: one flow a topic, by the topic and its first question."""
    by_topic: dict[str, Article] = {}
    for article in articles:
        if article.ask:
            by_topic.setdefault(article.topic or article.id, article)
    found = [(article, open_flow(article, library.shown)) for article in by_topic.values()]
    items = join(
        h(
            '<li><a href="{}#{}"><b>{}</b><span>{}</span>{}</a></li>',
            library.link(article, _UP),
            quote(flow_anchor(asks[0].key)),
            article.topic or article.question,
            clauses(asks[0].question),
            icon("right"),
        )
        for article, asks in found[:_FLOWS]
        if asks
    )
    if not items:
        return Markup()
    return h(
        '<section class="choose" aria-labelledby="h-choose"><h2 class="h" id="h-choose">{}</h2>'
        '<ul class="picks">{}</ul></section>',
        clauses("说不准是哪一种，先选一选"),
        items,
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
