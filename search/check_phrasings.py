"""Does each 相似问 lead to its own article? Asked word for word, another article must not come first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from articles.loading import Kb
from core.errors import Problem
from search.service import SearchService


def phrasings(kb: Kb, day: date) -> int:
    """How many 相似问 there are to ask: those of the articles that customers may see on ``day``."""
    return sum(len(article.similar) for article in kb.articles if article.shown_on(day))


def check_phrasings(
    kb: Kb, service: SearchService, day: date, progress: Callable[[int], None] = lambda _n: None
) -> Iterator[Problem]:
    """A finding for each 相似问 that another article wins; progress: called with 1 for each that was asked."""
    where = {entry.article.id: f"{entry.path}:{entry.line('question')}" for entry in kb.entries}
    for entry in kb.entries:
        if not entry.article.shown_on(day):
            continue
        for i, text in enumerate(entry.article.similar):
            results = service.search(text, limit=1).results
            progress(1)
            if results and results[0].id != entry.article.id:
                message = f"搜这条相似问，先出来的是 {where[results[0].id]} 的“{results[0].question}”"
                yield entry.problem("W622", message, "挪到那一篇，或改得更像这一篇", "similar", i)
