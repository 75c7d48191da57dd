"""Which articles may customers see today, and how do they hang together? Worked out once for all pages."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from functools import cached_property

from markupsafe import Markup, escape

from articles.checking import article_of
from articles.config import Action, SiteConfig
from articles.loading import Kb
from articles.markdown import split_first, to_html
from articles.pages.text import Phones, bold
from articles.pages.words import Words
from articles.schema import Article


class Library:
    """The public articles of one day. ``up`` in its methods leads from a page to the site's root: ``./``, ``../`` …"""

    def __init__(self, config: SiteConfig, articles: list[Article], day: date) -> None:
        self.config = config
        self.day = day
        self.shown = {a.id: a for a in articles if a.shown_on(day)}
        self.gone = [a for a in articles if a.status == "archived" and a.audience == "public"]
        self._answers: dict[str, tuple[str, str]] = {}

    @classmethod
    def of(cls, kb: Kb, day: date) -> Library:
        return cls(kb.config, kb.articles, day)

    @cached_property
    def by_category(self) -> dict[str, list[Article]]:
        """The articles of each category: featured ones first, then as they were read."""
        found: dict[str, list[Article]] = {key: [] for key in self.config.categories.categories}
        chosen = {a.id for a in self.featured}
        for article in [*self.featured, *(a for a in self.shown.values() if a.id not in chosen)]:
            found.setdefault(article.category, []).append(article)
        return found

    def by_topic(self, category: str) -> dict[str, list[Article]]:
        """The articles of a category by topic, in the order of categories.yml; those without one come last."""
        found: dict[str, list[Article]] = defaultdict(list)
        for article in self.by_category.get(category, []):
            found[article.topic].append(article)
        listed = self.config.category(category).topics or []
        order = [*listed, *(t for t in found if t not in listed and t), ""]
        return {topic: found[topic] for topic in order if topic in found}

    @cached_property
    def featured(self) -> list[Article]:
        """What editors put forward, as far as customers may see it."""
        return [self.shown[i] for i in self.config.categories.featured if i in self.shown]

    @cached_property
    def words(self) -> Words:
        """The terms that have a page of their own."""
        return Words(self.config.glossary.terms)

    @cached_property
    def word_users(self) -> dict[str, list[Article]]:
        """For each term the articles that customers may see which use it."""
        return self.words.users(self.shown.values())

    def most_asked(self, category: str) -> list[Article]:
        """The articles of a category, what is asked most first: until there are figures, those that editors put forward
        (``featured`` in categories.yml), then those with the most 相似问."""
        featured = [a for a in self.featured if a.category == category]
        rest = [a for a in self.by_category.get(category, []) if a not in featured]
        return featured + sorted(rest, key=lambda a: -len(a.similar))

    def answer(self, article: Article) -> tuple[str, str]:
        """Conclusion as plain text and the rest as Markdown, with the brand's facts."""
        if article.id not in self._answers:
            self._answers[article.id] = split_first(self.config.fill(article.answer))
        return self._answers[article.id]

    def link(self, article: Article, up: str) -> str:
        return up + article.url.lstrip("/")

    def link_to(self, article_id: str | None, up: str) -> str | None:
        """The address of an article; None when customers cannot see it."""
        article = self.shown.get(article_id or "")
        return self.link(article, up) if article else None

    def markdown(self, text: str, up: str) -> Markup:
        """Markdown with facts already filled in as HTML; links to articles that are not public fall away."""
        html = to_html(text, lambda href: self.link_to(article_of(href.split("#")[0].split("?")[0]), up))
        return self.phones.linked(Markup(html))

    def line(self, text: str) -> Markup:
        """One line of plain text: facts filled in, numbers ready to be tapped."""
        return self.phones.linked(escape(self.config.fill(text)))

    def brand_text(self, text: str) -> Markup:
        """A line of brand.yml, where ``**word**`` is bold."""
        return self.phones.linked(bold(self.config.fill(text)))

    def fact(self, name: str) -> str:
        """The value of a fact of the brand, marked when it is a sample; empty when it is not set."""
        return self.config.fill("{{" + name + "}}") if name in self.config.brand.facts else ""

    @property
    def hotline(self) -> str:
        """The number to call; empty when brand.yml has none."""
        fact = self.config.brand.facts.get("hotline")
        return fact.value if fact else ""

    def tel(self, action: Action) -> str:
        """The number that an action dials."""
        return self.config.fill(action.tel)

    @cached_property
    def phones(self) -> Phones:
        """Every number that the brand's actions and calls dial."""
        urgent = self.config.brand.home.urgent
        numbers = {self.tel(a) for a in self.config.brand.actions.values() if a.tel}
        numbers |= {self.config.fill(call.tel) for call in urgent.calls} if urgent else set()
        return Phones(numbers | {self.hotline} - {""})
