"""What do contacts add up to? Results, and beside them what was copied; a copy is never taken for a result."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from math import ceil

from sqlalchemy import Connection, func, select

from records.contacts import RESULTS, Result
from records.tables import ContactRow, EventRow

_AT_ONCE = 5_000


@dataclass
class Figure:
    """Of all contacts, or of those that were answered with one article. contacts: those that were closed; copies: also of contacts that
    were never closed; copied: contacts in which something (of the article) was copied; first_copies: milliseconds, one a contact."""

    contacts: int = 0
    results: Counter[Result] = field(default_factory=Counter)
    copies: int = 0
    copied: int = 0
    first_copies: list[int] = field(default_factory=list)

    @property
    def link_rate(self) -> float | None:
        """The part of the contacts in which something was copied; None without contacts."""
        return self.copied / self.contacts if self.contacts else None

    def first_copy_ms(self, part: float) -> int | None:
        """So many milliseconds at most until the first copy in this ``part`` (above 0, 1 at most) of the contacts that have one."""
        ordered = sorted(self.first_copies)
        return ordered[ceil(part * len(ordered)) - 1] if ordered else None

    def as_dict(self) -> dict[str, object]:
        return {
            "contacts": self.contacts,
            "results": {result: self.results[result] for result in RESULTS},
            "copies": self.copies,
            "link_rate": self.link_rate,
            "first_copy_ms": {"p50": self.first_copy_ms(0.5), "p95": self.first_copy_ms(0.95)},
        }


@dataclass(frozen=True)
class Figures:
    """articles: by id, those with most contacts first; unclosed: contacts in which something was copied and that nobody has closed."""

    total: Figure
    articles: dict[str, Figure]
    unclosed: int

    def as_dict(self) -> dict[str, object]:
        articles = [{"article": name, **figure.as_dict()} for name, figure in self.articles.items()]
        return {"total": self.total.as_dict(), "unclosed": self.unclosed, "articles": articles}


def figures(connection: Connection, since: datetime, until: datetime) -> Figures:
    """Of the contacts that ended, and the copies that were made, from ``since`` until before ``until``."""
    total, articles = Figure(), defaultdict[str, Figure](Figure)
    of_copies = (EventRow.kind == "copy", EventRow.at >= since, EventRow.at < until)
    counted = select(EventRow.article, func.count()).where(*of_copies).group_by(EventRow.article)
    for article, number in connection.execute(counted):
        total.copies += number
        articles[str(article)].copies = number
    ended = (ContactRow.ended_at >= since, ContactRow.ended_at < until)
    pairs = defaultdict[str | None, set[str | None]](set)
    mine = EventRow.contact == ContactRow.contact
    linked = select(EventRow.contact, EventRow.article).join(ContactRow, mine).where(EventRow.kind == "copy", *ended)
    for contact, article in connection.execute(linked.distinct()):
        pairs[contact].add(article)
    columns = (ContactRow.contact, ContactRow.result, ContactRow.articles, ContactRow.first_copy_ms)
    for row in connection.execute(select(*columns).where(*ended).execution_options(yield_per=_AT_ONCE)):
        found = pairs.get(row.contact, set())
        _count(total, row.result, bool(found), row.first_copy_ms)
        for article in {one["id"] for one in row.articles}:
            _count(articles[article], row.result, article in found, row.first_copy_ms)
    never = select(func.count(EventRow.contact.distinct())).outerjoin(ContactRow, mine)
    unclosed = connection.execute(never.where(*of_copies, ContactRow.id.is_(None))).scalar_one()
    ordered = sorted(articles.items(), key=lambda each: (-each[1].contacts, -each[1].copies, each[0]))
    return Figures(total, dict(ordered), unclosed)


def _count(figure: Figure, result: Result, copied: bool, first_copy_ms: int | None) -> None:
    figure.contacts += 1
    figure.results[result] += 1
    figure.copied += copied
    if first_copy_ms is not None:
        figure.first_copies.append(first_copy_ms)
