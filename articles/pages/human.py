"""How does one reach a human, and what need not be said again? The page 找人工."""

from __future__ import annotations

from markupsafe import Markup

from articles.config import HumanChannel
from articles.pages.icons import icon
from articles.pages.library import Library
from articles.pages.pieces import call_button
from articles.pages.text import clauses, h, join, tel_href

_UP = "../"


def human_body(library: Library) -> Markup:
    """The telephone, this visit as a text to read out (js/human.js), the other ways, and where to complain."""
    return h(
        '<div id="main" class="wrap read" tabindex="-1"><div class="leaf"><p class="crumb"><a href="{up}">{left}首页</a></p>'
        '<h1>找人工</h1><section class="answer" aria-labelledby="h-call"><h2 class="slip" id="h-call">电话</h2>'
        '<p class="answer-line">{line}</p><div class="acts">{call}</div>{hours}</section>{said}{ways}</div></div>',
        up=_UP,
        left=icon("left"),
        line=clauses("不用从头讲，接通后照着下面这段话说。" if library.hotline else "请拨保单上印的客服电话。"),
        call=call_button(library),
        hours=_hours(library),
        said=_said(),
        ways=_ways(library),
    )


def _hours(library: Library) -> Markup:
    hours = library.fact("hotline_hours")
    return h('<p class="human-hours">{}</p>', hours) if hours and library.hotline else Markup()


def _said() -> Markup:
    return h(
        '<section class="part part--said" data-said aria-labelledby="h-said" hidden><h2 id="h-said">照着说</h2>'
        '<div class="part-body"><p class="said" id="said" tabindex="0"></p><div class="acts">'
        '<button class="btn" type="button" data-copy><span>复制这段话</span></button>'
        '<button class="btn btn--quiet" type="button" data-forget><span>清除</span></button></div>'
        '<p class="aside">{}</p><p class="msg" data-copied role="status" hidden></p></div></section>'
        '<section class="part" data-unsaid aria-labelledby="h-unsaid"><h2 id="h-unsaid">照着说</h2>'
        '<div class="part-body"><p>{}</p></div></section>',
        clauses("只存在这台设备的这个标签页，不会发给任何人。"),
        clauses("您在这里问过、看过的，会在这里记成一段话。还没有问过，直接打电话就行。"),
    )


def _ways(library: Library) -> Markup:
    shown = join(_way(library, channel) for channel in library.config.brand.human.channels)
    if not shown:
        return Markup()
    return h(
        '<section class="part part--rows" aria-labelledby="h-ways"><h2 id="h-ways">其他方式</h2>'
        '<div class="part-body"><dl class="ways">{}</dl></div></section>',
        shown,
    )


def _way(library: Library, channel: HumanChannel) -> Markup:
    number = library.config.fill(channel.tel)
    link = h('<a class="tel" href="{}">{}</a>', tel_href(number), number) if number else Markup()
    return h("<div><dt>{}</dt><dd>{}{}</dd></div>", channel.title, link, library.line(channel.text))
