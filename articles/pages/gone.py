"""What stands where an answer has been taken down? That it is gone, and where to go instead. Never the old answer."""

from __future__ import annotations

from markupsafe import Markup

from articles.pages.icons import icon
from articles.pages.library import Library
from articles.pages.pieces import ASK, category_links, human_box
from articles.pages.text import clauses, h
from articles.schema import Article

_UP = "../../"


def gone_body(library: Library, article: Article) -> Markup:
    """The page of an archived article."""
    successor = library.shown.get(article.replaced_by or "")
    if successor:
        target = h(
            '<a class="btn btn--act btn--wrap" href="{}"><span>看新的回答：{}</span>{}</a>',
            library.link(successor, _UP),
            successor.question,
            icon("right"),
        )
    else:
        target = h('<a class="btn btn--act" href="{}{}">{}换个说法问</a>', _UP, ASK, icon("search"))
    return h(
        '<div id="main" class="wrap read" tabindex="-1"><article class="leaf"><p class="crumb">'
        '<a href="../">{}{}</a></p><h1>{}</h1><section class="answer" aria-labelledby="h-answer">'
        '<h2 class="slip slip--dash" id="h-answer">已下线</h2><p class="answer-line">{}</p><div class="acts">{}</div>'
        '</section><section class="near" aria-labelledby="h-near"><h2 id="h-near">或者，从类别里找</h2>{}</section>'
        '</article><aside class="rail">{}</aside></div>',
        icon("left"),
        library.config.category(article.category).name,
        clauses(article.question),
        clauses("这条回答已经下线，" + ("请看新的回答。" if successor else "请重新搜索或找人工。")),
        target,
        category_links(library, _UP),
        human_box(library, _UP),
    )
