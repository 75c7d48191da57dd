"""Is it sure when it may be, and only then? Bands, categories and corrections, measured over labelled questions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from articles.files import read_text
from core.errors import Problem, QueryFileError
from search.evaluation import Interval, Labelled, share
from search.service import Found, SearchService
from search.tokenizer.stages import fold

# Groups of questions that are typed wrongly or in letters, and are to be corrected; all others are to be left alone.
MISTYPED = ("typo", "pinyin")
_MARKS = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Certainty:
    """answered: share of questions that get a confident answer; answered_wrong: of these, those whose first result is wrong;
    none_answered: share of the questions that no article answers which get one all the same; category: share whose most probable
    category is right; corrected_right: share of mistyped questions that were read as they were meant; clean_corrected: share of
    the others that were read as something else."""

    answered: Interval
    answered_wrong: Interval
    none_answered: Interval
    category: Interval
    corrected_right: Interval
    clean_corrected: Interval


def read_unanswerable(path: Path) -> list[str]:
    """The questions of a file with one column, ``question``. Raises QueryFileError when it cannot be read."""
    text = read_text(path, path.name)
    if isinstance(text, Problem):
        raise QueryFileError(f"{path.name}：{text.message}", text.fix)
    return [line.strip() for line in text.splitlines()[1:] if line.strip()]


def certainty(service: SearchService, queries: Iterable[Labelled], none: Sequence[str]) -> Certainty:
    """Ask every question of ``queries``, labelled with articles, and every one of ``none``, which no article answers."""
    asked = [(query, service.search(query.question)) for query in queries]
    answered = [(query, found) for query, found in asked if found.band == "answer"]
    mistyped = [(query, found) for query, found in asked if query.group in MISTYPED and query.meant]
    clean = [found for query, found in asked if query.group not in MISTYPED]
    categorised = [(query, found) for query, found in asked if query.category]
    return Certainty(
        answered=share([found.band == "answer" for _, found in asked]),
        answered_wrong=share([found.results[0].id not in query.right for query, found in answered]),
        none_answered=share([service.search(question).band == "answer" for question in none]),
        category=share([next(iter(found.guess), "") in query.category for query, found in categorised]),
        corrected_right=share([_read_as_meant(query, found) for query, found in mistyped]),
        clean_corrected=share([found.corrected is not None for found in clean]),
    )


def _read_as_meant(query: Labelled, found: Found) -> bool:
    """Whether what was searched says the same as one of what may have been meant, marks and spaces apart."""
    return _bare(found.corrected or query.question) in map(_bare, query.meant)


def _bare(text: str) -> str:
    return _MARKS.sub("", fold(text).text)
