"""What does the demo page of the widget show? The tag to copy, and what it can be told. Its own tag is in main.html."""

from __future__ import annotations

from markupsafe import Markup

from articles.pages.library import Library
from articles.pages.text import clauses, h, join

_OPTIONS = (
    ("data-title", "面板的标题", "不写就是品牌名和“帮助中心”"),
    ("data-position", "left：按钮放左下角", "不写在右下角"),
    ("data-bottom", "76：按钮离底边再高 76 像素", "网页底部有固定的一栏时写"),
    ("data-theme", "light 浅色，dark 深色", "不写就跟随系统"),
    ("data-mode", "elder：长辈模式", "字大，按钮大，对比强"),
)


def widget_body(library: Library) -> Markup:
    """One column."""
    tag = f'<script src="{library.config.brand.url}widget.js" defer></script>'
    rows = join(h("<li><code>{}</code>　{}。{}。</li>", name, what, otherwise) for name, what, otherwise in _OPTIONS)
    return h(
        '<div id="main" class="wrap read" tabindex="-1"><div class="leaf"><h1 class="asked">{title}</h1>'
        "<p>{lead}</p>"
        '<section class="part" aria-labelledby="h-tag"><h2 id="h-tag">怎么放</h2><div class="part-body answer-body">'
        "<p>把这一行放进网页，别的都不用改：</p><pre><code>{tag}</code></pre>"
        "<p>{origin}</p></div></section>"
        '<section class="part" aria-labelledby="h-options"><h2 id="h-options">可以写的</h2>'
        '<div class="part-body answer-body"><ul>{rows}</ul></div></section></div></div>',
        title=clauses("把提问放进您的网页，客户不用离开"),
        lead=clauses("右下角的“提问”就是它：答得上就整条回答，不太有把握就请客户选，没把握就直说，并说怎么找人工。"),
        tag=tag,
        origin=clauses("网页和本站不是一个网址时，请让维护本站的人把网页的网址加进 KB_ALLOWED_ORIGINS。"),
        rows=rows,
    )
