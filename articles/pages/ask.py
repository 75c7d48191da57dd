"""What does the ask page say before the script fills it? Every state is here, hidden; js/answer.js shows one.

Three bands, as sure as the search is: the answer itself, whole; two or three questions to choose from; or that we are not sure.
"""

from __future__ import annotations

from markupsafe import Markup

from articles.pages.icons import icon
from articles.pages.library import Library
from articles.pages.pieces import HUMAN, call_button, category_links, human_box
from articles.pages.text import clauses, h

_UP = "../"
MOST_HITS = 20


def ask_body(library: Library) -> Markup:
    """Nothing asked yet, the three bands, and the words for: read as something else, nothing found, API away, refused, no script."""
    return h(
        '<div id="main" class="wrap read" tabindex="-1"><div class="leaf" data-ask="{most}">'
        '<div class="asked"><h1>您想问什么？</h1><ul class="chips" data-facets aria-label="只看一类" hidden></ul></div>'
        '<p class="lead" data-lead>{lead}</p>{past}<p class="vh" role="status" data-status></p>'
        "{away}{fixed}{wait}{empty}{error}<div data-answer hidden></div>{choose}{unsure}{others}{noscript}{near}{templates}</div>"
        '<aside class="rail">{box}</aside></div>',
        most=MOST_HITS,
        lead=clauses("说一句话就行，不用想关键词。"),
        past=Markup('<section class="past-asked" data-past hidden><h2>最近问过</h2><ul class="links"></ul></section>'),
        away=away(library),
        fixed=Markup('<p class="fixed" data-fixed hidden>已按「<b></b>」搜索。<a></a></p>'),
        wait=Markup('<div class="wait" data-wait aria-hidden="true" hidden><i></i><i></i><i></i></div>'),
        empty=_empty(),
        error=_error(),
        choose=_choose(),
        unsure=_unsure(library),
        others=_others(),
        noscript=_noscript(),
        near=h(
            '<section class="near" data-near aria-labelledby="h-near"><h2 id="h-near">从类别里找</h2>{}</section>',
            category_links(library, _UP),
        ),
        templates=_templates(),
        box=human_box(library, _UP),
    )


def away(library: Library) -> Markup:
    """The search is away and the browser's own small index answers."""
    call = library.line("电话照常可拨 {{hotline}}。") if library.hotline else "电话照常可拨。"
    return h(
        '<p class="msg" data-away hidden>{}<span><b>搜索暂时连不上，正用本机的小索引。</b>结果可能不全；{}</span></p>',
        icon("offline"),
        call,
    )


def _templates() -> Markup:
    """One line of results, one choice, and an answer whose page is still on its way."""
    return h(
        '<template data-hit><li><a><b></b><span></span><span class="why"></span></a></li></template>'
        "<template data-pick><li><a><b></b><span></span>{right}</a></li></template>"
        '<template data-whole><h2 class="asked-as"><a></a></h2><section class="answer">'
        '<h3 class="slip">结论</h3><p class="answer-line"></p>'
        '<div class="acts"><a class="btn btn--quiet" data-page><span>看步骤和材料</span>{right}</a></div></section></template>',
        right=icon("right"),
    )


def _choose() -> Markup:
    return h(
        '<section class="answer answer--choose" data-choose aria-labelledby="h-choose" hidden>'
        '<h2 class="slip slip--line" id="h-choose">请选</h2><p class="answer-line">您想问的是哪一个？</p>'
        '<ul class="picks"></ul>{}</section>',
        _or(),
    )


def _unsure(library: Library) -> Markup:
    return h(
        '<section class="answer answer--unsure" data-unsure aria-labelledby="h-unsure" hidden>'
        '<h2 class="slip slip--dash" id="h-unsure">没把握</h2><p class="answer-line">{}</p>'
        '<div class="answer-body"><p>问人工最快。您这句话已经记好，接通后照着念就行。</p></div>'
        '<div class="acts">{}<a class="btn" href="{}{}">{}<span>其他找人方式</span></a></div></section>',
        clauses("这个问题我们没有把握，不想答错您。"),
        call_button(library, big=False),
        _UP,
        HUMAN,
        icon("human"),
    )


def _others() -> Markup:
    return h(
        '<section class="near" data-others aria-labelledby="h-others" hidden><h2 id="h-others">也可能是在问</h2>'
        '<ul class="hits" data-hits></ul><p class="aside" data-more hidden>{}</p>{}</section>',
        clauses("只列出最接近的几条。说得再具体些，会更准。"),
        _or(),
    )


def _or() -> Markup:
    return h(
        '<p class="or"><a class="btn btn--quiet" href="#q-top" data-again>都不是，换个说法</a>'
        '<a class="btn btn--quiet" href="{}{}">{}找人工</a></p>',
        _UP,
        HUMAN,
        icon("human"),
    )


def _empty() -> Markup:
    return h(
        '<p class="msg" data-empty hidden>{}<span><b>没有找到。</b>换个说法试试，或者直接<a href="{}{}">找人工</a>。'
        "</span></p>",
        icon("info"),
        _UP,
        HUMAN,
    )


def _error() -> Markup:
    return h('<p class="msg msg--warn" data-error hidden>{}<span><b></b><span></span></span></p>', icon("warn"))


def _noscript() -> Markup:
    return h(
        '<noscript><p class="msg">{}<span><b>浏览器关了脚本，搜不了。</b>可以看<a href="{}questions/">全部问题</a>，'
        '或者直接<a href="{}{}">找人工</a>。</span></p></noscript>',
        icon("info"),
        _UP,
        _UP,
        HUMAN,
    )
