"""What is a style rule? One function with a stable code, and a good and a bad example that the docs show and the tests run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from articles.loading import Entry
from articles.style.scene import Scene
from core.errors import Level, Problem

Place = tuple[str | int, ...]


@dataclass(frozen=True)
class Finding:
    """What a rule found in one article: Chinese message and fix, the field, and how many lines below the field's first line."""

    message: str
    fix: str
    place: Place
    below: int = 0


Check = Callable[[Entry, Scene], Iterator[Finding]]


@dataclass(frozen=True)
class Rule:
    """A rule as it is told: ``title`` says what holds, ``why`` the reason; ``good`` and ``bad`` are fields of an article in YAML.

    beside: the fields of a second article that both examples stand next to; empty when one article is enough.
    level: what a finding is; None takes it from the code's first letter. drafts: whether articles that are not published count.
    """

    code: str
    title: str
    why: str
    good: str
    bad: str
    check: Check
    beside: str = ""
    level: Level | None = None
    drafts: bool = False

    def problems(self, entry: Entry, scene: Scene) -> Iterator[Problem]:
        """Every finding of this rule in ``entry``."""
        if entry.article.status != "published" and not self.drafts:
            return
        for finding in self.check(entry, scene):
            problem = entry.problem(self.code, finding.message, finding.fix, *finding.place)
            yield replace(problem, line=problem.line + finding.below, level=self.level or problem.level)


RULES: dict[str, Rule] = {}


def rule(
    code: str,
    *,
    title: str,
    why: str,
    good: str,
    bad: str,
    beside: str = "",
    level: Level | None = None,
    drafts: bool = False,
) -> Callable[[Check], Check]:
    """Register the decorated function as the rule ``code``; see Rule for the rest."""

    def register(check: Check) -> Check:
        assert code not in RULES, code
        RULES[code] = Rule(
            code, title, why, good.strip("\n"), bad.strip("\n"), check, beside.strip("\n"), level, drafts
        )
        return check

    return register
