"""Which articles have to be looked at again, and by whom? By ``review_by``, with those that name no date at the end; what cannot wait
comes first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from articles.loading import Kb

NOBODY = "（没有负责人）"
NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class Due:
    """One article to be looked at. days: until the date, negative when it is past, None when there is no date; urgent: what a
    supervisor has done about it, in words, empty for most."""

    owner: str
    id: str
    question: str
    review_by: date | None
    days: int | None
    path: str
    urgent: str = ""

    @property
    def state(self) -> str:
        """In words: what cannot wait, else how late it is, or how long there is."""
        if self.urgent:
            return self.urgent
        if self.days is None:
            return "没有复核日期"
        if self.days < 0:
            return f"过期 {-self.days} 天"
        return "今天到期" if self.days == 0 else f"还有 {self.days} 天"


def due_articles(kb: Kb, today: date, within: int, tasks: Mapping[str, str] = NOTHING) -> list[Due]:
    """The published articles that are due within so many days or overdue, by owner, the most urgent first.

    Those that are out of date already, drafts and archived ones are left in peace. tasks: what a supervisor has stopped or posted
    about (id → in words); such an article is due, whatever it is.
    """
    found = []
    for entry in kb.entries:
        article = entry.article
        is_over = article.valid_to is not None and article.valid_to < today
        task = tasks.get(article.id, "")
        if not task and (article.status != "published" or is_over):
            continue
        if task or article.review_by is None or article.review_by <= today + timedelta(days=within):
            days = (article.review_by - today).days if article.review_by else None
            owner = article.owner.strip() or NOBODY
            found.append(Due(owner, article.id, article.question, article.review_by, days, entry.path, task))
    return sorted(
        found, key=lambda due: (due.owner == NOBODY, due.owner, not due.urgent, due.review_by or date.max, due.id)
    )
