"""Is it sure when it may be, and only then? Bands, categories and corrections, measured over labelled questions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from articles.files import read_text
from core.errors import Problem, QueryFileError
from search.evaluation import Interval, Labelled, share
from search.results import Found
from search.service import SearchService


@dataclass(frozen=True)
class Certainty:
    """answered: share of questions that get a confident answer; answered_wrong: of these, those whose first result is wrong;
    none_answered: share of the questions that no article answers which get one all the same; category: share whose most probable
    category is right; corrected_right: share of mistyped questions (those with ``meant``) that were read as they were meant, or
    whose right article came first, corrected or not; read_as_meant: those that
    were read so; clean_corrected: share of the others that were read as something else."""

    answered: Interval
    answered_wrong: Interval
    none_answered: Interval
    category: Interval
    corrected_right: Interval
    read_as_meant: Interval
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
    mistyped = [(query, found) for query, found in asked if query.meant]
    clean = [found for query, found in asked if not query.meant]
    categorised = [(query, found) for query, found in asked if query.category]
    return Certainty(
        answered=share([found.band == "answer" for _, found in asked]),
        answered_wrong=share([not _is_right(query, found) for query, found in answered]),
        none_answered=share([service.search(question).band == "answer" for question in none]),
        category=share([next(iter(found.guess), "") in query.category for query, found in categorised]),
        corrected_right=share([_read_as_meant(service, q, f) or _is_right(q, f) for q, f in mistyped]),
        read_as_meant=share([_read_as_meant(service, query, found) for query, found in mistyped]),
        clean_corrected=share([found.corrected is not None for found in clean]),
    )


def _is_right(query: Labelled, found: Found) -> bool:
    return bool(found.results) and found.results[0].id in query.right


def _read_as_meant(service: SearchService, query: Labelled, found: Found) -> bool:
    """Whether what was searched has the same words as one of what may have been meant, stop words apart."""
    return service.words(found.corrected or query.question) in map(service.words, query.meant)
