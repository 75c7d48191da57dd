"""What do the articles' own questions teach about how sure a ranking is? Learned at build, from questions that were left out.

Every phrasing is asked of an index that lacks it (a fifth of all phrasings is left out at a time), and once more of one that also
lacks its article, so that nothing there is right. Two small models of scikit-learn learn from that: how probable it is that the first
article is right (logistic regression: Platt, 1999), and how the shares of the categories among the best articles become probabilities.
"""

from __future__ import annotations

import multiprocessing
import os
import tempfile
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from search.bands import DEPTH, Learned, category_shares, log_shares, signs
from search.corpus import Corpus, TextKind
from search.documents import Record
from search.engines.base import Ranking, Term
from search.engines.frozen import FrozenEngine

FOLDS = 5
# So many phrasings are asked at the most; fewer than FEWEST teach nothing.
MOST, FEWEST = 1500, 200
# With fewer phrasings another process costs more than it saves.
FEW = 1000
# Of the left-out phrasings that are answered, so many may be answered wrongly; and of those whose article is missing, so many
# may be answered. Left-out phrasings are harder than what customers ask: on the development queries this gives a fraction of it.
WRONG, MISSING = 0.04, 0.025
# A question has to be chosen from several when its right article is among the first three with at least this probability.
CHOOSE = 0.20


@dataclass(frozen=True)
class Asked:
    """A left-out phrasing: its text, its article, what was found, and what was found without that article; each with its signs."""

    text: str
    article: int
    found: Ranking
    signs: list[float]
    signs_without: list[float]

    @property
    def right(self) -> bool:
        """Whether its own article came first."""
        return self.within(1)

    def within(self, places: int) -> bool:
        """Whether its own article was among the first ``places``."""
        return self.article in [ranked.article for ranked in self.found.top[:places]]


def sample(records: Sequence[Record], most: int) -> list[int]:
    """The numbers of about ``most`` phrasings of ``records``, as they stand one after another; the same ones from release to release,
    whatever else changes."""
    texts = [text for record in records for text in record.asked]
    step = max(1, len(texts) // most)
    return [number for number, text in enumerate(texts) if _mark(text) // FOLDS % step == 0]


def _mark(text: str) -> int:
    return zlib.crc32(text.encode("utf-8", "replace"))


@dataclass(frozen=True)
class _Round:
    """What is asked once: the phrasings, their topics and places in the corpus, the fold of each, and which are to be asked."""

    corpus: Corpus
    texts: list[str]
    topics: list[str]
    places: NDArray[np.int64]
    folds: NDArray[np.int64]
    numbers: Sequence[int]
    terms_of: Callable[[str], list[Term]]

    def fold(self, fold: int) -> list[Asked]:
        """Ask those of one fold of an index that lacks the whole fold."""
        out = np.zeros(len(self.corpus.kind), dtype=bool)
        out[self.places[self.folds == fold]] = True
        allowed = np.ones(self.corpus.articles, dtype=bool)
        found: list[Asked] = []
        with tempfile.TemporaryDirectory() as name:
            FrozenEngine.build(Path(name), self.corpus.without(out))
            engine = FrozenEngine.open(Path(name))
            for number in self.numbers:
                if self.folds[number] != fold:
                    continue
                article = int(self.corpus.owner[self.places[number]])
                terms = self.terms_of(self.texts[number])
                allowed[article] = False
                ways = [engine.rank(terms, DEPTH), engine.rank(terms, DEPTH, allowed)]
                allowed[article] = True
                told = [signs(way, engine.parts(way.top[0], terms) if way.top else [], self.topics) for way in ways]
                found.append(Asked(self.texts[number], article, ways[0], *told))
        return found


# The round that goes on, for the processes that it forks: a tokenizer is too large to be sent.
_round: _Round | None = None


def _fold(fold: int) -> list[Asked]:
    assert _round is not None
    return _round.fold(fold)


def ask_left_out(
    corpus: Corpus, records: Sequence[Record], terms_of: Callable[[str], list[Term]], numbers: Sequence[int]
) -> list[Asked]:
    """Ask the phrasings of ``records`` with these ``numbers`` of indexes that lack them; on all cores where it takes long."""
    global _round
    texts = [text for record in records for text in record.asked]
    folds = np.array([_mark(text) % FOLDS for text in texts], dtype=np.int64)
    places = np.flatnonzero(corpus.kind == TextKind.QUESTION)
    asked = _Round(corpus, texts, [record.topic for record in records], places, folds, numbers, terms_of)
    wanted = sorted({int(folds[number]) for number in numbers})
    cores = min(os.cpu_count() or 1, len(wanted))
    if cores < 2 or len(texts) < FEW:
        return [one for fold in wanted for one in asked.fold(fold)]
    _round = asked
    try:
        with multiprocessing.get_context("fork").Pool(cores) as pool:
            return [one for part in pool.map(_fold, wanted, chunksize=1) for one in part]
    finally:
        _round = None


def learn(corpus: Corpus, records: Sequence[Record], terms_of: Callable[[str], list[Term]]) -> Learned:
    """The models of this index."""
    if sum(len(record.asked) for record in records) < FEWEST:
        return Learned()
    asked = ask_left_out(corpus, records, terms_of, sample(records, MOST))
    # Where no phrasing finds its article without itself, nothing tells right from wrong.
    return _fit(asked, records) if any(a.right for a in asked) else Learned()


def _fit(asked: list[Asked], records: Sequence[Record]) -> Learned:
    from sklearn.linear_model import LogisticRegression

    categories = [record.category for record in records]
    names = sorted(set(categories))
    right = np.array([a.right for a in asked])
    with_it = np.array([a.signs for a in asked])
    without = np.array([a.signs_without for a in asked])
    told = np.concatenate([right, np.zeros(len(asked), dtype=bool)])
    model = LogisticRegression(C=10.0, max_iter=1000).fit(np.concatenate([with_it, without]), told)
    sure, sure_without = (model.predict_proba(x)[:, 1] for x in (with_it, without))
    answer = threshold(sure, right, sure_without)
    confident = sure >= answer
    learned = Learned(
        weights=model.coef_[0].round(5).tolist(),
        bias=round(float(model.intercept_[0]), 5),
        answer=round(answer, 5),
        choose=round(min(answer, CHOOSE), 5),
        asked=len(asked),
        figures={
            "p_at_1": float(right.mean()),
            "answered": float(confident.mean()),
            "answered_wrong": float(1 - right[confident].mean()) if confident.any() else 0.0,
            "answered_without_article": float((sure_without >= answer).mean()),
        },
    )
    if len({categories[a.article] for a in asked}) == len(names) > 1:
        learned = learned.model_copy(update=_category_model(asked, categories, names))
    return learned


def threshold(sure: NDArray[np.float64], right: NDArray[np.bool_], without: NDArray[np.float64]) -> float:
    """The least probability to answer with: as many answers as possible while the wrong ones and those that no article could
    have given stay within WRONG and MISSING."""
    order = np.argsort(-sure)
    wrong = np.cumsum(~right[order]) / np.arange(1, len(order) + 1)
    missing = np.searchsorted(np.sort(without), sure[order], side="left")
    fits = (wrong <= WRONG) & (1 - missing / len(without) <= MISSING)
    return float(sure[order][np.flatnonzero(fits)[-1]]) if fits.any() else 1.0


def _category_model(asked: list[Asked], categories: Sequence[str], names: list[str]) -> dict[str, object]:
    """From the logarithms of the shares to probabilities (matrix scaling: Guo et al., 2017)."""
    from sklearn.linear_model import LogisticRegression

    logs = [log_shares(category_shares(a.found, categories, names)) for a in asked]
    model = LogisticRegression(C=1.0, max_iter=1000).fit(logs, [categories[a.article] for a in asked])
    rows = model.coef_ if len(names) > 2 else np.concatenate([-model.coef_, model.coef_]) / 2
    biases = model.intercept_ if len(names) > 2 else np.concatenate([-model.intercept_, model.intercept_]) / 2
    return {"categories": names, "category_weights": rows.round(5).tolist(), "category_bias": biases.round(5).tolist()}
