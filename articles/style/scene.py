"""What does a rule see beside the article at hand? The configuration, the day, and what all articles together show."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from articles.config import Outdated, SiteConfig, Term
from articles.loading import Entry
from articles.markdown import to_plain
from articles.style.near import Near, near

# Shares of common pieces from which two texts count as the same. Questions are short: one changed word is much of them.
SAME_ANSWER = 0.8
SAME_QUESTION = 0.75


@dataclass(frozen=True)
class Scene:
    """Everything that is checked together, on ``day``."""

    entries: Sequence[Entry]
    config: SiteConfig
    day: date

    @cached_property
    def terms(self) -> dict[str, Term]:
        """The trade terms of the glossary."""
        return {term.term: term for term in self.config.glossary.terms}

    @cached_property
    def term_pattern(self) -> re.Pattern[str] | None:
        """Any trade term, the longest first; None when there are none."""
        return _any_of(self.terms)

    @cached_property
    def outdated(self) -> dict[str, Outdated]:
        """The names that are no longer right."""
        return {entry.name: entry for entry in self.config.glossary.outdated}

    @cached_property
    def outdated_pattern(self) -> re.Pattern[str] | None:
        """Any outdated name, the longest first; None when there are none."""
        return _any_of(self.outdated)

    @cached_property
    def twin_answers(self) -> dict[str, Near]:
        """Article id → the earlier article with nearly the same answer."""
        return near({e.article.id: to_plain(e.article.answer) for e in self._published}, 4, SAME_ANSWER)

    @cached_property
    def twin_questions(self) -> dict[str, Near]:
        """Article id → the earlier article with nearly the same 标准问."""
        return near({e.article.id: e.article.question for e in self._published}, 2, SAME_QUESTION)

    @cached_property
    def where(self) -> dict[str, str]:
        """Article id → the place where it stands, as messages name it."""
        return {e.article.id: f"{e.path}:{e.line('question')}" for e in self.entries}

    @cached_property
    def hidden(self) -> set[str]:
        """The ids of articles that are not for customers, or not published."""
        return {e.article.id for e in self.entries if e.article.status != "published" or e.article.audience != "public"}

    @property
    def _published(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.article.status == "published"]


def _any_of(names: dict[str, Term] | dict[str, Outdated]) -> re.Pattern[str] | None:
    ordered = sorted(names, key=lambda name: (-len(name), name))
    return re.compile("|".join(map(re.escape, ordered))) if ordered else None
