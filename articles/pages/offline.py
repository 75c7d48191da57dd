"""What stands where a page is wanted that this browser has not kept, while there is no network? What to do with the telephone."""

from __future__ import annotations

from markupsafe import Markup

from articles.pages.home import calls
from articles.pages.icons import icon
from articles.pages.library import Library
from articles.pages.pieces import call_button
from articles.pages.text import clauses, h

OFFLINE = "offline/"
_UP = "../"


def offline_body(library: Library) -> Markup:
    """sw.js shows it under the address that was wanted; what it leads to has been kept."""
    urgent = library.config.brand.home.urgent
    guide = library.link_to(urgent.article, _UP) if urgent else None
    title = urgent.title if urgent else ""
    return h(
        '<div id="main" class="wrap read" tabindex="-1"><div class="leaf"><p class="crumb"><a href="{up}">{left}首页</a></p>'
        '<h1>现在没有网络</h1><section class="answer" aria-labelledby="h-answer">'
        '<h2 class="slip slip--dash" id="h-answer">没存过</h2><p class="answer-line">{line}</p>'
        '<div class="acts" id="human">{call}</div><div class="answer-body"><p>{again}</p></div></section>'
        '<section class="near" aria-labelledby="h-near"><h2 id="h-near">没有网络也能看</h2><ul class="links">{kept}</ul>'
        "</section></div>{calls}</div>",
        up=_UP,
        left=icon("left"),
        line=clauses("这一页没有存过，请直接打电话；电话不用上网。"),
        call=call_button(library) or "请拨保单上印的客服电话。",
        again="有网络以后，再打开一次这一页就行。",
        kept=h('<li><a href="{}">首页{}</a></li>', _UP, f"和“{title}”" if title else "")
        + (h('<li><a href="{}">{}，一步步怎么做</a></li>', guide, title) if guide else Markup()),
        calls=h('<aside class="rail"><h2>要紧的电话</h2>{}</aside>', calls(library, urgent)) if urgent else Markup(),
    )
