"""Does it read well, and may it be said? Style rules: warnings (W), and errors (K) for what must never go live.

Each rule is one function with its code, its reason and two examples (registry.py); docs/editors/style-rules.md is made from them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from articles.config import SiteConfig
from articles.loading import Entry
from articles.style import answer, channels, personal, question, upkeep, words
from articles.style.registry import RULES
from articles.style.scene import Scene
from core.errors import Problem

__all__ = ["RULES", "style_problems"]

# The modules register their rules when they are imported.
MODULES = (question, answer, channels, words, upkeep, personal)


def style_problems(
    entries: Sequence[Entry], config: SiteConfig, day: date, errors_only: bool = False
) -> Iterator[Problem]:
    """Every finding of every rule; drafts and archived articles are left in peace, except by rules that say otherwise.

    errors_only: ask only the rules whose findings are errors, which is a small part of the work.
    """
    scene = Scene(entries, config, day)
    rules = [rule for rule in RULES.values() if not errors_only or rule.code.startswith("K")]
    for entry in entries:
        for rule in rules:
            yield from rule.problems(entry, scene)
