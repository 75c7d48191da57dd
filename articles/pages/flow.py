"""Which case is yours? The questions of a flow, each choice a link to an article or to the next question."""

from __future__ import annotations

import re
from urllib.parse import quote

from markupsafe import Markup

from articles.pages.icons import icon
from articles.pages.library import Library
from articles.pages.text import clauses, h, join
from articles.schema import Article, Ask, Choice

_UP = "../../"


def flow(library: Library, article: Article) -> Markup:
    """先选一选. A choice that leads to an article customers cannot see is left out, and so is a question without choices."""
    questions = join(_question(library, article, ask) for ask in article.ask)
    if not questions:
        return Markup()
    return h(
        '<section class="part part--flow" aria-labelledby="h-flow"><h2 id="h-flow">先选一选</h2>'
        '<div class="part-body">{}</div></section>',
        questions,
    )


def _question(library: Library, article: Article, ask: Ask) -> Markup:
    choices = [(choice, _target(library, article, choice)) for choice in ask.choices]
    items = join(
        h('<li><a href="{}"><b>{}</b>{}</a></li>', href, clauses(choice.text), icon("right"))
        for choice, href in choices
        if href
    )
    if not items:
        return Markup()
    return h(
        '<div class="flow" id="{}"><h3>{}</h3><ul class="picks">{}</ul></div>',
        _anchor(ask.key),
        clauses(ask.question),
        items,
    )


def _target(library: Library, article: Article, choice: Choice) -> str | None:
    if choice.next is not None:
        return "#" + quote(_anchor(choice.next))
    return "#h-answer" if choice.article == article.id else library.link_to(choice.article, _UP)


def _anchor(key: str) -> str:
    return "ask-" + re.sub(r"\s+", "-", key)
