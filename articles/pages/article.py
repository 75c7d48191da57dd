"""What does the page of an article say? Conclusion, the next step right under it, then the rest."""

from __future__ import annotations

from datetime import date

from markupsafe import Markup

from articles.config import Action
from articles.pages.data import faq_script
from articles.pages.flow import flow
from articles.pages.icons import icon
from articles.pages.library import Library
from articles.pages.parts import also_asked, bring, how, sources, terms
from articles.pages.pieces import human_box, question_links
from articles.pages.text import clauses, h, join, tel_href
from articles.pages.vote import vote
from articles.schema import Article

UP = "../../"
_NEAR = 6


def article_body(library: Library, article: Article) -> Markup:
    """Nothing that only agents may see gets in here: no notes, no channel texts, no escalation, no owner."""
    parts = (bring, terms, sources, also_asked)
    said = _answer(library, article) + flow(library, article) + how(library, article)
    return h(
        '<div id="main" class="wrap read" tabindex="-1"><article class="leaf" data-article="{}">{}<h1>{}</h1>{}{}{}'
        '</article><aside class="rail">{}{}</aside></div>{}',
        article.id,
        _crumb(library, article),
        clauses(article.question),
        library.words.explained(said, UP),
        join(part(library, article) for part in parts),
        vote(article, UP),
        human_box(library, UP),
        _near(library, article),
        faq_script(library, article),
    )


def _crumb(library: Library, article: Article) -> Markup:
    return h(
        '<p class="crumb"><a href="../">{}{}</a>{}</p>',
        icon("left"),
        library.config.category(article.category).name,
        h("<span>{}</span>", article.topic) if article.topic else Markup(),
    )


def _answer(library: Library, article: Article) -> Markup:
    first, rest = library.answer(article)
    return h(
        '<section class="answer" aria-labelledby="h-answer"><h2 class="slip" id="h-answer">结论</h2>'
        '<p class="answer-line">{}</p>{}{}{}</section>',
        clauses(first),
        _actions(library, article),
        h('<div class="answer-body">{}</div>', library.markdown(rest, UP)) if rest else Markup(),
        _stamp(library, article),
    )


def _actions(library: Library, article: Article) -> Markup:
    """The buttons that are set, the first one filled; reading aloud."""
    known = library.config.brand.actions
    found = [known[key] for key in article.actions if key in known and known[key].is_set]
    buttons = join(_button(library, action, first=i == 0) for i, action in enumerate(found))
    aloud = h(
        '<button class="btn btn--quiet read-aloud" type="button" data-read hidden>{}<span>朗读</span></button>',
        icon("listen"),
    )
    codes = join(_code(library, action) for action in found if action.qr)
    return h('<div class="acts">{}{}</div>{}', buttons, aloud, codes)


def _button(library: Library, action: Action, *, first: bool) -> Markup:
    tel, label = library.tel(action), library.config.fill(action.label)
    inside = action.url.startswith("/") and not action.url.startswith("//")
    href = UP + action.url.lstrip("/") if inside else action.url or tel_href(tel)
    before, number, after = label.partition(tel) if tel else (label, "", "")
    shown = (
        h('<span>{}<b class="tel">{}</b>{}</span>', before, number, after) if number else h("<span>{}</span>", label)
    )
    return h('<a class="btn{}" href="{}">{}{}</a>', " btn--act" if first else "", href, icon(action.icon), shown)


def _code(library: Library, action: Action) -> Markup:
    """The QR code of an action, for those who sit at a computer with their phone at hand."""
    label = library.config.fill(action.label)
    return h(
        '<figure class="qr"><img src="{}assets/brand/{}" alt="二维码：{}" width="112" height="112" loading="lazy">'
        "<figcaption>手机扫码：{}</figcaption></figure>",
        UP,
        action.qr,
        label,
        label,
    )


def _stamp(library: Library, article: Article) -> Markup:
    """For which products it holds, and when it will be looked at again."""
    names = "、".join(library.config.categories.products.get(p, p) for p in article.products)
    parts = [h("<span>适用于{}</span>", names)] if names else []
    if article.review_by:
        parts.append(_review(article.review_by, library.day))
    return h('<p class="stamp dots">{}</p>', join(parts)) if parts else Markup()


def _review(due: date, today: date) -> Markup:
    shown = h('<time datetime="{}">{} 年 {} 月 {} 日</time>', due.isoformat(), due.year, due.month, due.day)
    return h("<span>下次复核 {}</span>", shown) if due >= today else h("<span>应于 {} 复核，请来电核实</span>", shown)


def _near(library: Library, article: Article) -> Markup:
    others = [library.shown[i] for i in article.related if i in library.shown and i != article.id][:_NEAR]
    if not others:
        return Markup()
    return h(
        '<section class="near" aria-labelledby="h-near"><h2 id="h-near">相近的问题</h2>'
        '<ul class="links">{}</ul></section>',
        question_links(library, others, UP),
    )
