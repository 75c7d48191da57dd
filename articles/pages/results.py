"""What does the search page say before the script fills it? Every state is here, hidden; js/results.js shows one."""

from __future__ import annotations

from markupsafe import Markup

from articles.pages.icons import icon
from articles.pages.library import Library
from articles.pages.pieces import category_links, human_box
from articles.pages.text import clauses, h

_UP = "../"
MOST_HITS = 20


def results_body(library: Library) -> Markup:
    """One column of hits, with the words for: nothing found, API away, question refused, no script."""
    return h(
        '<div id="main" class="wrap read" tabindex="-1"><div class="leaf" data-results="{most}">'
        '<h1 class="asked">搜索</h1><ul class="chips" data-facets aria-label="只看一类" hidden></ul>'
        '<p class="vh" role="status" data-status></p>{away}{fixed}{wait}{empty}{error}<ul class="hits" data-hits></ul>'
        '<p class="aside" data-more hidden>{more}</p><p class="or" data-or hidden>'
        '<a class="btn btn--quiet" href="#q-top" data-again>都不是，换个说法</a>'
        '<a class="btn btn--quiet" href="#human">{human}找人工</a></p>{noscript}{near}{hit}</div>'
        '<aside class="rail">{box}</aside></div>',
        most=MOST_HITS,
        away=away(library),
        fixed=Markup('<p class="fixed" data-fixed hidden>已按「<b></b>」搜索。<a></a></p>'),
        wait=Markup('<div class="wait" data-wait aria-hidden="true" hidden><i></i><i></i><i></i></div>'),
        empty=_empty(),
        error=_error(),
        more=clauses("只列出最接近的几条。说得再具体些，会更准。"),
        human=icon("human"),
        noscript=_noscript(),
        near=h(
            '<section class="near" data-near aria-labelledby="h-near"><h2 id="h-near">从类别里找</h2>{}</section>',
            category_links(library, _UP),
        ),
        hit=Markup('<template data-hit><li><a><b></b><span></span><span class="why"></span></a></li></template>'),
        box=human_box(library),
    )


def away(library: Library) -> Markup:
    """The search is away and the browser's own small index answers."""
    call = library.line("电话照常可拨 {{hotline}}。") if library.hotline else "电话照常可拨。"
    return h(
        '<p class="msg" data-away hidden>{}<span><b>搜索暂时连不上，正用本机的小索引。</b>结果可能不全；{}</span></p>',
        icon("offline"),
        call,
    )


def _empty() -> Markup:
    return h(
        '<p class="msg" data-empty hidden>{}<span><b>没有找到。</b>换个说法试试，或者直接<a href="#human">找人工</a>。'
        "</span></p>",
        icon("info"),
    )


def _error() -> Markup:
    return h('<p class="msg msg--warn" data-error hidden>{}<span><b></b><span></span></span></p>', icon("warn"))


def _noscript() -> Markup:
    return h(
        '<noscript><p class="msg">{}<span><b>浏览器关了脚本，搜不了。</b>可以看<a href="{}questions/">全部问题</a>，'
        '或者直接<a href="#human">找人工</a>。</span></p></noscript>',
        icon("info"),
        _UP,
    )
