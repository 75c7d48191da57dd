"""Which words of the trade does the site explain, where does an article use them, and how is one explained where it stands?

A term of glossary.yml with a ``slug`` has a page of its own; the first time that an article uses it, it leads there.
js/terms.js shows the explanation on the spot.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from markupsafe import Markup

from articles.config import Term
from articles.pages.text import h
from articles.schema import Article

TERMS = "terms/"
_MOST = 6
# What is no running text: headings, links, buttons, drawings with their captions, code, and every tag.
_KEPT = r"<(?:(a|button|code|figure|h[1-6]|pre|summary)\b.*?</\1>|[^>]*>)"
# A name of the term in the question says more than one in a phrasing, and that more than one in the text.
_IN_QUESTION, _IN_PHRASING = 1000, 10


class Words:
    """The terms that have a page."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self.terms = {term.term: term for term in terms if term.slug}
        # The longest first: 定额给付 is not 给付. Each alternative begins with its own character, which keeps the search fast.
        names = "|".join(re.escape(name) for name in sorted(self.terms, key=len, reverse=True))
        self._name = re.compile(names) if names else None
        self._text = re.compile(f"{_KEPT}|{names}", re.DOTALL) if names else None

    def explained(self, html: Markup, up: str) -> Markup:
        """``html`` with the first occurrence of each term as a link to its page, at most six; ``up`` leads to the site's root."""
        if self._text is None:
            return html
        told: set[str] = set()

        def linked(found: re.Match[str]) -> str:
            term = self.terms.get(found[0])
            if term is None or term.term in told or len(told) == _MOST:
                return found[0]
            told.add(term.term)
            return str(
                h('<a class="term" href="{}" data-explain="{}">{}</a>', page_of(term, up), term.explain, found[0])
            )

        return Markup(self._text.sub(linked, str(html)))

    def users(self, articles: Iterable[Article]) -> dict[str, list[Article]]:
        """For each term the articles that use it, those first that are about it."""
        weights: dict[str, list[tuple[int, Article]]] = defaultdict(list)
        for article in articles:
            for name, weight in self._weights(article).items():
                weights[name].append((weight, article))
        return {name: [a for _, a in sorted(found, key=lambda pair: -pair[0])] for name, found in weights.items()}

    def _weights(self, article: Article) -> Counter[str]:
        found: Counter[str] = Counter()
        if self._name:
            text = "\n".join([article.answer, *(step.text for step in article.steps)])
            for weight, said in (
                (_IN_QUESTION, article.question),
                (_IN_PHRASING, "\n".join(article.similar)),
                (1, text),
            ):
                for name in self._name.findall(said):
                    found[name] += weight
        return found


def page_of(term: Term, up: str) -> str:
    """The address of the page of ``term``."""
    return f"{up}{TERMS}{term.slug}/"
