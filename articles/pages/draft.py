"""What does an editor see before it goes live? Every page with drafts and agents' articles on it, each marked, notes shown.

Only kb preview draws with this. What it marks is never public; a release is drawn without it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from markupsafe import Markup

from articles.changes import borrowed
from articles.channel_texts import channel_text
from articles.loading import Kb
from articles.pages.library import Library
from articles.pages.page import Page
from articles.pages.site import site_pages
from articles.pages.text import h, join
from articles.schema import Article

_UP = "../../"


@dataclass(frozen=True)
class Mark:
    """Why customers do not see an article: a word for the band and for lists, and a sentence."""

    word: str
    sentence: str


def marks(article: Article, day: date) -> list[Mark]:
    """Nothing for an article that customers see on ``day``."""
    found: list[Mark] = []
    if article.status == "draft":
        found.append(Mark("草稿", "还没有发布，客户和客服都看不到。写好后把 status 改成 published。"))
    if article.audience == "agent":
        found.append(Mark("仅客服可见", "这一篇只给客服看，客户看不到。"))
    if article.valid_from and article.valid_from > day:
        found.append(Mark("未生效", f"{article.valid_from} 起才看得到。"))
    if article.valid_to and article.valid_to < day:
        found.append(Mark("已过期", f"{article.valid_to} 之后就看不到了。"))
    return found


def opened(kb: Kb, day: date) -> Kb:
    """``kb`` as if everything that is not archived were public on ``day``: what a preview shows and searches."""
    return Kb(kb.root, kb.config, [replace(entry, article=_open(entry.article, day)) for entry in kb.entries])


def _open(article: Article, day: date) -> Article:
    if article.status == "archived" or not marks(article, day):
        return article
    public = {"status": "published", "audience": "public", "valid_from": None, "valid_to": None}
    return article.model_copy(update=public)


class Draft:
    """The pages of a preview. ``library`` is that of the opened articles, ``kb`` what the editor wrote."""

    def __init__(self, kb: Kb, day: date) -> None:
        self._kb = kb
        self._day = day
        self._written = {article.url[1:]: article for article in kb.articles if article.status != "archived"}

    def pages(self, library: Library) -> Iterator[Page]:
        """Every page of the site, with its marks."""
        for page in site_pages(library):
            article = self._written.get(page.path) if page.kind == "article" else None
            yield replace(page, draw=partial(self._drawn, library, page, article)) if article else page

    def _drawn(self, library: Library, page: Page, article: Article) -> Markup:
        band = join(
            h('<p class="pv-band"><b class="pv-tag">{}</b><span>{}</span></p>', mark.word, mark.sentence)
            for mark in marks(article, self._day)
        )
        return band + page.draw() + self._notes(library, article)

    def _notes(self, library: Library, article: Article) -> Markup:
        """What only agents get: the texts of the channels, what not to say, when to hand over, the notes."""
        config = self._kb.config
        rows = (
            [("说明", library.markdown(config.fill(article.agent_notes), _UP))] if article.agent_notes.strip() else []
        )
        rows += [("不要这样说", h("{}", text)) for text in article.avoid]
        if article.escalate:
            queue = config.queues.queues.get(article.escalate.to)
            rows.append(
                ("什么时候转", h("{}，转{}", article.escalate.when, queue.name if queue else article.escalate.to))
            )
            rows += [("权限", h("{}", article.escalate.leeway))] if article.escalate.leeway else []
        for channel, setup in config.channels.channels.items():
            said = channel_text(article, channel, config)
            name = setup.name + borrowed(said.borrowed_from, config)
            rows.append((name, h('<span class="pv-said">{}</span>', said.text)))
        items = join(h("<div><dt>{}</dt><dd>{}</dd></div>", name, text) for name, text in rows)
        return h(
            '<section class="pv-notes" aria-labelledby="h-notes"><h2 id="h-notes"><b class="pv-tag">仅客服可见</b>'
            "<span>客服工作台上的内容，不会出现在公开页面</span></h2><dl>{}</dl></section>",
            items,
        )

    def stylesheet(self) -> str:
        """Rules that put its mark before each link to a marked article, wherever the page or the search shows one."""
        rules = []
        for article in self._written.values():
            words = "·".join(mark.word for mark in marks(article, self._day))
            if words:
                end = f'$="/{article.id}/"'
                rules.append(f'a[href{end}]::before, [data-href{end}]::before {{ content: "{words}"; }}')
        return "\n".join(rules)
