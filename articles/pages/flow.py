"""Which case is yours? The questions of a flow, each choice a link to an article, to the next question or to a human.

Without JavaScript all questions stand one below the other and every choice is a plain link. With it 44-flow.css shows the one
that the address names (else the first), and js/flow.js tells what was chosen and leads back.
"""

from __future__ import annotations

from urllib.parse import quote

from markupsafe import Markup

from articles.flows import flow_anchor, open_flow
from articles.pages.icons import icon
from articles.pages.library import Library
from articles.pages.pieces import HUMAN
from articles.pages.text import clauses, h, join
from articles.schema import Article, Ask, Choice

_UP = "../../"


def flow(library: Library, article: Article) -> Markup:
    """先选一选. A choice that leads to an article customers cannot see is left out, and so is a question without choices."""
    questions = join(_question(library, article, ask) for ask in open_flow(article, library.shown))
    if not questions:
        return Markup()
    return h(
        '<section class="part part--flow" aria-labelledby="h-flow"><h2 id="h-flow">{}</h2>'
        '<div class="part-body" data-flow>{}</div></section>',
        "先选一选",
        questions,
    )


def _question(library: Library, article: Article, ask: Ask) -> Markup:
    items = join(_choice(library, article, choice) for choice in ask.choices)
    return h(
        '<div class="flow" id="{}"><h3>{}</h3><ul class="picks">{}</ul></div>',
        flow_anchor(ask.key),
        clauses(ask.question),
        items,
    )


def _choice(library: Library, article: Article, choice: Choice) -> Markup:
    way_out = ' class="way-out"' if choice.to else ""
    href = _target(library, article, choice)
    mark = icon("human" if choice.to else "right")
    return h('<li{}><a href="{}"><b>{}</b>{}</a></li>', Markup(way_out), href, clauses(choice.text), mark)


def _target(library: Library, article: Article, choice: Choice) -> str:
    if choice.to:
        return _UP + HUMAN
    if choice.next is not None:
        return "#" + quote(flow_anchor(choice.next))
    other = library.shown[choice.article or ""]
    return "#h-answer" if other.id == article.id else library.link(other, _UP)
