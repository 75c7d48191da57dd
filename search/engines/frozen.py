"""How are ordinary questions ranked in a fraction of a millisecond? By adding scores that the build has worked out.

Two steps (cf. cascade ranking: Wang, Lin & Metzler, 2011). First every article gets the sum of what it holds of the query anywhere in its
questions and its text: scores per feature (BM25: Robertson & Zaragoza, 2009) that the build froze in arrays, mapped into memory and shared
by all workers. Then each question of the articles that lead is scored on its own, and the best one of each article counts.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.errors import IndexMismatch
from search.corpus import Corpus, Ints, Longs, TextKind
from search.engines.base import Floats, Mask, Part, Ranked, Ranking, Term

# Saturation (k1), length (b) and weight of the three kinds of evidence, measured on the labelled queries.
QUESTION = (2.0, 0.9, 0.5)
TOGETHER = (1.5, 0.7, 1.0)
BODY = (1.2, 0.3, 0.5)
# What is left of the score of an article that is not for the query: below every other match, but still found.
UNFIT = 1e-6
# The first step reads the rarest features first, and once it has read this many postings leaves the common ones to the second.
BUDGET = 8_000
# A feature is common when more than one article in so many holds it, and more than so many do.
COMMON_SHARE, COMMON_LEAST = 16, 200
# The second step looks at this many articles, or four times as many as are wanted.
DEEP = 40
# While so few lead, those far behind are looked at too: the first ones may turn out to be unfit.
FEW = 10

Positions = NDArray[np.intp]


class FrozenEngine:
    """An opened frozen index."""

    def __init__(self, folder: Path) -> None:
        """Raises OSError or ValueError when a file is missing or damaged."""
        self.corpus = Corpus.load(folder)
        self._features = {name: i for i, name in enumerate(self.corpus.names)}
        self._rarity: Floats = np.load(folder / "rarity.npy")
        self._rarest = float(self._rarity.max()) if len(self._rarity) else 1.0
        self._norm: Floats = np.load(folder / "norm.npy")
        self._begin: Longs = np.load(folder / "posting-start.npy")
        self._article: Ints = np.asarray(np.load(folder / "posting-article.npy", mmap_mode="r"))
        self._score: Floats = np.asarray(np.load(folder / "posting-score.npy", mmap_mode="r"))
        # Scores of common features once more, by (row of the feature, article).
        self._common: NDArray[np.float16] = np.asarray(np.load(folder / "common-score.npy", mmap_mode="r"))
        self._row: Ints = np.load(folder / "common-row.npy")
        self._shape = _Shape(self.corpus)
        self._own = threading.local()

    @classmethod
    def build(cls, folder: Path, corpus: Corpus) -> None:
        """See Engine.build."""
        folder.mkdir(parents=True, exist_ok=True)
        corpus.save(folder)
        _freeze(folder, corpus)

    @classmethod
    def open(cls, folder: Path) -> FrozenEngine:
        """See Engine.open."""
        try:
            return cls(folder)
        except (OSError, ValueError, EOFError) as error:
            raise IndexMismatch(
                f"索引 {folder.name} 打不开（{type(error).__name__}）", "运行 kb publish 重建"
            ) from error

    def rank(
        self, terms: Sequence[Term], limit: int, allowed: Mask | None = None, prior: Floats | None = None
    ) -> Ranking:
        """See Engine.rank."""
        known: list[int] = []
        weights: list[float] = []
        missing = 0.0
        for term in terms:
            feature = self._features.get(term.text)
            if feature is None:
                missing += term.weight
            else:
                known.append(feature)
                weights.append(term.weight)
        features, weight = np.array(known, dtype=np.int64), np.array(weights, dtype=np.float32)
        ideal = missing * self._rarest + float(weight @ self._rarity[features])
        score, left = self._everywhere(features, weight)
        matched: Mask = score > 0
        if prior is not None:
            score *= prior
        if allowed is not None:
            score *= allowed
        near = _leading(score, max(DEEP, 4 * limit), max(FEW, limit))
        if not len(near):
            return Ranking([], matched, ideal)
        best, question, against = self._each_question(near, features, weight)
        rest = best
        if len(left):
            rest = best + weight[left] @ self._common[self._row[features[left], None], near]
        total = score[near] + (rest if prior is None else rest * prior[near])
        total[against > best] *= UNFIT
        order = np.lexsort((near, -total))[:limit]
        columns = (near[order], total[order], question[order], best[order])
        return Ranking([Ranked(*row) for row in zip(*(c.tolist() for c in columns), strict=True)], matched, ideal)

    def knows(self, feature: str) -> bool:
        """See Engine.knows."""
        return feature in self._features

    def parts(self, ranked: Ranked, terms: Sequence[Term]) -> list[Part]:
        """See Engine.parts."""
        asked = self._of_question(ranked)
        found = []
        for term in terms:
            feature = self._features.get(term.text)
            if feature is None:
                found.append(Part(term, self._rarest, 0.0, 0.0))
                continue
            a, b = int(self._begin[feature]), int(self._begin[feature + 1])
            at = a + int(self._article[a:b].searchsorted(ranked.article))
            article = float(self._score[at]) if at < b and self._article[at] == ranked.article else 0.0
            question = asked.get(feature, 0.0)
            found.append(Part(term, float(self._rarity[feature]), question * term.weight, article * term.weight))
        return found

    def _of_question(self, ranked: Ranked) -> dict[int, float]:
        """Feature → what it adds to the score of the question that matched best."""
        if ranked.question < 0:
            return {}
        text = int(self.corpus.first[ranked.article]) + ranked.question
        entries = slice(int(self.corpus.start[text]), int(self.corpus.start[text + 1]))
        feature, count = self.corpus.feature[entries], self.corpus.count[entries]
        added = self._rarity[feature] * count * ((QUESTION[0] + 1) * QUESTION[2]) / (count + self._norm[text])
        return dict(zip(feature.tolist(), added.tolist(), strict=True))

    def _everywhere(self, features: Longs, weight: Floats) -> tuple[NDArray[np.float64], Positions]:
        """The score of every article for what it holds of the query in all its questions together and in its text, and which
        of ``features`` are not yet in it: common ones."""
        begin = self._begin[features]
        size = self._begin[features + 1] - begin
        order = size.argsort(kind="stable")
        late = (size[order].cumsum() > BUDGET) & (self._row[features[order]] >= 0)
        late[:1] = False
        read = order[~late]
        spans = [(a, a + n) for a, n in zip(begin[read].tolist(), size[read].tolist(), strict=True)]
        if not spans:
            return np.zeros(self.corpus.articles), order
        score = np.concatenate([self._score[a:b] for a, b in spans])
        score *= weight[read].repeat(size[read])
        article = np.concatenate([self._article[a:b] for a, b in spans])
        return np.bincount(article, score, self.corpus.articles).astype(np.float64, copy=False), order[late]

    def _each_question(
        self, near: Positions, features: Longs, weight: Floats
    ) -> tuple[NDArray[np.float64], Positions, NDArray[np.float64]]:
        """For each of the articles ``near``: the score of its best question, which one that is (-1: none), and the score of
        the best of what it is not for."""
        shape, corpus = self._shape, self.corpus
        entry, holder = _ranges(shape.entry[near], shape.entries[near])
        table = self._table()
        table[features] = weight
        wanted = table[corpus.feature[entry]]
        table[features] = 0
        hit = wanted.nonzero()[0]
        entry, holder = entry[hit], holder[hit]
        feature, count = corpus.feature[entry], corpus.count[entry]
        local = shape.local[entry]
        offset = shape.texts[near].cumsum() - shape.texts[near]
        norm = self._norm[corpus.first[near][holder] + local]
        added = wanted[hit] * self._rarity[feature] * count * ((QUESTION[0] + 1) * QUESTION[2]) / (count + norm)
        # One place more at the end: where an article has no text of a kind, its segment is empty and reads what follows.
        scores = np.bincount(offset[holder] + local, added, int(offset[-1] + shape.texts[near[-1]]) + 1)
        asked = shape.questions[near]
        bounds = np.column_stack((offset, offset + asked)).ravel()
        highest = np.maximum.reduceat(scores, bounds)
        best = np.where(asked > 0, highest[::2], 0.0)
        against = np.where(shape.texts[near] > asked, highest[1::2], 0.0)
        is_best = (scores[:-1] == best.repeat(shape.texts[near])).nonzero()[0]
        # An article without a text of its own at the very end has no place there; it has no best question either.
        place = np.minimum(np.searchsorted(is_best, offset), len(is_best) - 1)
        which = is_best[place] - offset if len(is_best) else offset
        return best, np.where(best > 0, which, -1), against

    def _table(self) -> Floats:
        """Feature → weight in the query; one a thread, all 0 between queries."""
        table: Floats | None = getattr(self._own, "table", None)
        if table is None:
            table = self._own.table = np.zeros(len(self.corpus.names), dtype=np.float32)
        return table


class _Shape:
    """Where the questions of each article, and what it is not for, stand in a corpus."""

    def __init__(self, corpus: Corpus) -> None:
        asked = corpus.kind != TextKind.BODY
        owner = corpus.owner
        self.texts: Longs = np.bincount(owner[asked], minlength=corpus.articles).astype(np.int64)
        questions = owner[corpus.kind == TextKind.QUESTION]
        self.questions: Longs = np.bincount(questions, minlength=corpus.articles).astype(np.int64)
        self.entry: Longs = corpus.start[corpus.first[:-1]]
        self.entries: Longs = corpus.start[corpus.first[:-1] + self.texts] - self.entry
        local = np.arange(len(corpus.kind)) - corpus.first[owner]
        # The number of each entry's text among the texts of its article.
        self.local: NDArray[np.uint16] = np.repeat(local.astype(np.uint16), np.diff(corpus.start))


def _leading(score: NDArray[np.float64], most: int, least: int) -> Positions:
    """The articles with the highest scores above 0, ``most`` at the most, in no order; one far behind is left out while
    ``least`` others are there."""
    if not len(score):
        return np.zeros(0, dtype=np.intp)
    near = np.flatnonzero(score > 0.4 * score.max())
    if len(near) < least:
        near = np.flatnonzero(score > 0)
    if len(near) > most:
        near = near[score[near].argpartition(-most)[-most:]]
    return near


def _ranges(begin: Longs, size: Longs) -> tuple[Longs, Longs]:
    """The numbers begin[i], begin[i] + 1 … begin[i] + size[i] − 1 for every i, and which i each belongs to."""
    offset = size.cumsum() - size
    owner = np.arange(len(begin)).repeat(size)
    return np.arange(len(owner)) + (begin - offset)[owner], owner


def _freeze(folder: Path, corpus: Corpus) -> None:
    """Work out and write what ``corpus`` gives: rarity of features, lengths of questions, scores of articles."""
    text = corpus.text_of_entry
    kind = corpus.kind[text]
    asked = kind == TextKind.QUESTION
    questions = int((corpus.kind == TextKind.QUESTION).sum())
    holders = np.bincount(corpus.feature[asked], minlength=len(corpus.names))
    # Robertson & Sparck Jones's idf, kept above 0.
    rarity = np.log(1 + (questions - holders + 0.5) / (holders + 0.5)).astype(np.float32)
    length = np.bincount(text, corpus.count, len(corpus.kind))
    k1, b, _ = QUESTION
    usual = length[corpus.kind == TextKind.QUESTION].mean() if questions else 1.0
    norm = (k1 * (1 - b + b * length / max(1.0, usual))).astype(np.float32)
    parts = [
        _weighted(corpus, text, chosen, rarity, *how)
        for chosen, how in ((asked, TOGETHER), (kind == TextKind.BODY, BODY))
    ]
    key = np.concatenate([part[0] for part in parts])
    score = np.concatenate([part[1] for part in parts])
    key, inverse = np.unique(key, return_inverse=True)
    total = np.bincount(inverse, score, len(key)).astype(np.float32)
    feature, article = key >> 32, (key & 0xFFFFFFFF).astype(np.int32)
    start = np.searchsorted(feature, np.arange(len(corpus.names) + 1))
    common = np.flatnonzero(np.diff(start) > max(COMMON_LEAST, corpus.articles // COMMON_SHARE))
    row = np.full(len(corpus.names), -1, dtype=np.int32)
    row[common] = np.arange(len(common))
    dense = np.zeros((len(common), corpus.articles), dtype=np.float16)
    held = row[feature] >= 0
    dense[row[feature[held]], article[held]] = total[held]
    for name, array in {
        "rarity": rarity,
        "norm": norm,
        "posting-start": start.astype(np.int64),
        "posting-article": article,
        "posting-score": total,
        "common-row": row,
        "common-score": dense,
    }.items():
        np.save(folder / f"{name}.npy", array)


def _weighted(
    corpus: Corpus, text: Ints, chosen: Mask, rarity: Floats, k1: float, b: float, weight: float
) -> tuple[Longs, Floats]:
    """What the chosen entries, those of an article taken together, give to it by BM25: (feature << 32 | article, score)."""
    owner = corpus.owner[text[chosen]]
    key, inverse = np.unique(corpus.feature[chosen].astype(np.int64) << 32 | owner, return_inverse=True)
    count = np.bincount(inverse, corpus.count[chosen], len(key)).astype(np.float32)
    length = np.bincount(owner, corpus.count[chosen], corpus.articles)
    relative = 1 - b + b * length / max(1.0, length.mean() if len(length) else 1.0)
    feature, article = key >> 32, key & 0xFFFFFFFF
    score = weight * rarity[feature] * count * (k1 + 1) / (count + k1 * relative[article])
    return key, score.astype(np.float32)
