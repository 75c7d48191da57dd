"""What does the home page say?"""

from __future__ import annotations

from markupsafe import Markup

from articles.config import Urgent
from articles.pages.icons import icon
from articles.pages.library import Library
from articles.pages.pieces import ASK, ask_form, human_row, question_links
from articles.pages.text import bold_clauses, h, join, tel_href

_UP = "./"
_OFTEN = 3
_SHELF = 3


def home_body(library: Library) -> Markup:
    """Ask; just had an accident; a moment of life; beware; by category; a human."""
    return h(
        '<div id="main" class="wrap wrap--home" tabindex="-1">{}{}{}{}{}{}</div>',
        _hero(library),
        _urgent(library),
        _moments(library),
        _caution(library),
        _shelf(library),
        human_row(library),
    )


def _hero(library: Library) -> Markup:
    home = library.config.brand.home
    often = join(
        h('<a href="{}">{}</a>', library.link(a, _UP), a.question.rstrip("？?")) for a in library.featured[:_OFTEN]
    )
    return h(
        '<section class="hero" aria-labelledby="h-ask"><h1 id="h-ask">{}</h1><p class="hero-sub">{}</p>{}{}</section>',
        home.title,
        home.lead,
        ask_form("hero", f"{_UP}{ASK}", library.config.fill(home.placeholder)),
        h('<p class="hero-eg"><span>常问</span>{}</p>', often) if often else Markup(),
    )


def _urgent(library: Library) -> Markup:
    urgent = library.config.brand.home.urgent
    if urgent is None:
        return Markup()
    guide = library.link_to(urgent.article, _UP)
    more = h(
        '<a class="urgent-more" href="{}"><span><span class="wide-only">出险后</span>一步步怎么做</span>{}</a>',
        guide,
        icon("right"),
    )
    return h(
        '<section class="urgent" aria-labelledby="h-urgent"><h2 class="slip" id="h-urgent">{}</h2>'
        '<div class="urgent-body">{}{}{}</div></section>',
        urgent.title,
        calls(library, urgent),
        h('<p class="urgent-do">{}</p>', bold_clauses(library.config.fill(urgent.text))) if urgent.text else Markup(),
        more if guide else Markup(),
    )


def calls(library: Library, urgent: Urgent) -> Markup:
    """The numbers to dial."""
    numbers = [(library.config.fill(call.tel), library.config.fill(call.text)) for call in urgent.calls]
    items = join(
        h('<li><a href="{}"><b class="tel">{}</b><span>{}</span></a></li>', tel_href(tel), tel, text)
        for tel, text in numbers
    )
    return h('<ul class="calls">{}</ul>', items) if items else Markup()


def _moments(library: Library) -> Markup:
    moments = [(m, library.link_to(m.article, _UP)) for m in library.config.brand.home.moments]
    items = join(
        h(
            '<li><a href="{}">{}<span><b>{}</b>{}</span></a></li>',
            href,
            icon(m.icon) or icon("right"),
            m.title,
            h("<small>{}</small>", m.text) if m.text else Markup(),
        )
        for m, href in moments
        if href
    )
    if not items:
        return Markup()
    return h(
        '<section class="moments" aria-labelledby="h-moments"><h2 class="h" id="h-moments">我现在……</h2>'
        "<ul>{}</ul></section>",
        items,
    )


def _caution(library: Library) -> Markup:
    caution = library.config.brand.home.caution
    if caution is None:
        return Markup()
    return h(
        '<section class="caution" aria-label="防骗提醒">{}<p><b>{}</b>{}</p></section>',
        icon("scam"),
        library.brand_text(caution.strong),
        library.brand_text(caution.text),
    )


def _shelf(library: Library) -> Markup:
    columns = join(
        h(
            '<section><h3><a href="{}{}/">{}</a></h3><ul>{}</ul></section>',
            _UP,
            key,
            category.name,
            question_links(library, library.by_category[key][:_SHELF], _UP),
        )
        for key, category in library.config.categories.categories.items()
        if library.by_category[key]
    )
    return h(
        '<section class="shelf" aria-labelledby="h-shelf"><h2 class="h" id="h-shelf">按类别找</h2>'
        '<div class="shelf-cols">{}</div></section>',
        columns,
    )
