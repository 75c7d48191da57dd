"""Which pages does the site have?"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from articles.pages.article import article_body
from articles.pages.ask import ask_body
from articles.pages.category import category_body
from articles.pages.gone import gone_body
from articles.pages.home import home_body
from articles.pages.human import human_body
from articles.pages.library import Library
from articles.pages.offline import OFFLINE, offline_body
from articles.pages.page import Page
from articles.pages.pieces import ASK, HUMAN
from articles.pages.privacy import PRIVACY, privacy_body
from articles.pages.questions import questions_body
from articles.pages.terms import term_body, terms_body
from articles.pages.widget import widget_body
from articles.pages.words import TERMS, page_of

QUESTIONS = "questions/"
WIDGET = "widget-demo/"


def site_pages(library: Library) -> Iterator[Page]:
    """Every page, home first. Nothing is drawn yet."""
    brand = library.config.brand
    yield Page("", "home", "", partial(home_body, library), library.config.fill(brand.home.lead))
    yield Page(QUESTIONS, "questions", "全部问题", partial(questions_body, library), f"{brand.name}的全部问题")
    yield Page(ASK, "ask", "提问", partial(ask_body, library), "用自己的话提问，先给结论，再说怎么办。")
    yield Page(HUMAN, "human", "找人工", partial(human_body, library), f"{brand.name}的电话、时间和其他联系方式")
    if library.words.terms:
        about = f"{brand.name}的词语解释：保单和条款里的词，用平常话讲一遍"
        yield Page(TERMS, "terms", "词语解释", partial(terms_body, library), about)
    yield Page(WIDGET, "widget", "把提问放进您的网页", partial(widget_body, library), listed=False)
    said = f"{brand.name}的网站记什么、不记什么、存多久、怎么删。"
    yield Page(PRIVACY, "privacy", "隐私说明", partial(privacy_body, library), said)
    yield Page(OFFLINE, "offline", "现在没有网络", partial(offline_body, library), listed=False)
    for key, category in library.config.categories.categories.items():
        yield Page(f"{key}/", "category", category.name, partial(category_body, library, key), category.hint, key)
    for article in library.shown.values():
        draw = partial(article_body, library, article)
        first = library.answer(article)[0]
        yield Page(article.url[1:], "article", article.question, draw, first, article.category)
    for term in library.words.terms.values():
        draw = partial(term_body, library, term)
        yield Page(page_of(term, ""), "term", f"{term.term}是什么意思", draw, term.explain)
    for article in library.gone:
        draw = partial(gone_body, library, article)
        yield Page(article.url[1:], "gone", article.question, draw, category=article.category, listed=False)
