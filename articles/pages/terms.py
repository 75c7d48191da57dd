"""What do the words of the trade mean? One page that lists them all, and one page for each."""

from __future__ import annotations

from collections import defaultdict

from markupsafe import Markup

from articles.config import Term
from articles.pages.icons import icon
from articles.pages.library import Library
from articles.pages.pieces import hits, human_box, human_row
from articles.pages.text import h, join
from articles.schema import Article

_USERS = 8
# The further ones are turns of phrase that the style check has to know.
_WORDINGS = 2


def terms_body(library: Library) -> Markup:
    """Every term with what plain language calls it, by the first letter of its sound."""
    groups: dict[str, list[Term]] = defaultdict(list)
    for term in sorted(library.words.terms.values(), key=lambda term: term.slug):
        groups[term.slug[0].upper()].append(term)
    jumps = join(h('<li><a class="chip" href="#{}">{}</a></li>', letter.lower(), letter) for letter in groups)
    sections = join(
        h('<section><h3 id="{}">{}</h3><ul class="words">{}</ul></section>', letter.lower(), letter, _listed(found))
        for letter, found in groups.items()
    )
    return h(
        '<div id="main" class="wrap" tabindex="-1"><header class="cat-head"><h1>词语解释</h1><p>{}</p></header>'
        '<section class="kinds" aria-labelledby="h-kinds"><h2 class="h" id="h-kinds">按拼音找</h2>'
        '<ul class="chips jumps">{}</ul><div class="kinds-cols">{}</div></section>{}</div>',
        "保单和条款里的词，用平常话讲一遍。",
        jumps,
        sections,
        human_row(library),
    )


def _listed(terms: list[Term]) -> Markup:
    return join(
        h(
            '<li><a href="{}/"><b>{}</b><span>{}</span></a></li>',
            term.slug,
            term.term,
            "、".join(term.wordings[:_WORDINGS]),
        )
        for term in terms
    )


def term_body(library: Library, term: Term) -> Markup:
    """What it means, what plain language calls it, and the questions where it comes up."""
    users = library.word_users.get(term.term, [])[:_USERS]
    return h(
        '<div id="main" class="wrap read" tabindex="-1"><article class="leaf">'
        '<p class="crumb"><a href="../">{}词语解释</a></p><h1>{}</h1>'
        '<section class="answer" aria-labelledby="h-answer"><h2 class="slip" id="h-answer">意思</h2>'
        '<p class="answer-line">{}</p><div class="answer-body"><p>平常话：{}。</p></div></section>{}'
        '</article><aside class="rail">{}</aside></div>',
        icon("left"),
        term.term,
        term.explain,
        "、".join(term.wordings[:_WORDINGS]),
        _users(library, users) if users else Markup(),
        human_box(library, "../../"),
    )


def _users(library: Library, users: list[Article]) -> Markup:
    return h(
        '<section class="part" aria-labelledby="h-used"><h2 id="h-used">{}</h2>'
        '<div class="part-body"><ul class="hits">{}</ul></div></section>',
        "相关问题",
        hits(library, users, "../../"),
    )
