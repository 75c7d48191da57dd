"""Which pieces do several pages share? The question box, the way to a human, links to questions, categories."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from articles.pages.icons import icon
from articles.pages.library import Library
from articles.pages.text import clauses, h, join, tel_href
from articles.schema import Article

LONGEST_QUESTION = 500
# Where the ask page and the way to a human are, from the site's root.
ASK, HUMAN = "ask/", "human/"


def ask_form(where: str, action: str, placeholder: str) -> Markup:
    """The question box; where: ``top`` in the header, ``hero`` on the home page."""
    return h(
        '<form class="ask ask--{where}" role="search" action="{action}">'
        '<label class="vh" for="q-{where}">用自己的话提问</label>{icon}'
        '<input id="q-{where}" name="q" type="text" inputmode="search" enterkeyhint="search" autocomplete="off"'
        ' autocapitalize="off" spellcheck="false" maxlength="{longest}" placeholder="{placeholder}">'
        '<button class="btn btn--act" type="submit">提问</button></form>',
        where=where,
        action=action,
        icon=icon("search"),
        longest=LONGEST_QUESTION,
        placeholder=placeholder,
    )


def question_links(library: Library, articles: Iterable[Article], up: str) -> Markup:
    """A list of questions."""
    return join(h('<li><a href="{}">{}</a></li>', library.link(a, up), clauses(a.question)) for a in articles)


def hits(library: Library, articles: Iterable[Article], up: str) -> Markup:
    """A list of questions, each with the first sentence of its answer."""
    return join(
        h(
            '<li><a href="{}"><b>{}</b><span>{}</span></a></li>',
            library.link(a, up),
            clauses(a.question),
            library.answer(a)[0],
        )
        for a in articles
    )


def category_links(library: Library, up: str) -> Markup:
    """All categories, each with what it is about."""
    items = library.config.categories.categories.items()
    return h(
        '<ul class="cats">{}</ul>',
        join(
            h('<li><a href="{}{}/"><b>{}</b><span>{}</span></a></li>', up, key, c.name, c.short or c.hint)
            for key, c in items
        ),
    )


def call_button(library: Library, *, big: bool = True) -> Markup:
    """The button that dials the hotline; nothing without one."""
    if not library.hotline:
        return Markup()
    return h(
        '<a class="btn btn--act{}" href="{}">{}<span>拨打 <b class="tel">{}</b></span></a>',
        " btn--big" if big else "",
        tel_href(library.hotline),
        icon("phone"),
        library.hotline,
    )


def human_row(library: Library) -> Markup:
    """The way to a human, across the page."""
    return h(
        '<section class="human human--row" id="human" aria-labelledby="h-human">'
        '<div><h2 id="h-human">说不清，就找人</h2><p>{}</p></div>{}</section>',
        _promise(library),
        call_button(library),
    )


def human_box(library: Library, up: str) -> Markup:
    """The way to a human beside an answer, with room for what was asked and read so far (js/trail.js)."""
    hours = library.fact("hotline_hours")
    return h(
        '<section class="human" id="human" aria-labelledby="h-human"><h2 id="h-human">还没弄明白？找人工</h2>'
        '<div data-trail hidden><p>不用从头讲，接通后照着说：</p><ol class="trail"></ol></div>{}{}'
        '<p class="human-more"><a href="{}{}">其他找人方式</a></p></section>',
        call_button(library) or h("<p>{}</p>", "请拨保单上印的客服电话。"),
        h('<p class="human-hours">{}</p>', hours) if hours and library.hotline else Markup(),
        up,
        HUMAN,
    )


def _promise(library: Library) -> str:
    return "您在这里问过的会记成一段话，接通后照着说。" if library.hotline else "请拨保单上印的客服电话。"
