"""How are ordinary questions ranked in a fraction of a millisecond? By adding scores that the build has worked out.

For every feature the build freezes what it adds to each document that holds it (BM25: Robertson & Zaragoza, 2009), in arrays that
are mapped into memory and shared by all workers. A query adds its features' arrays up: one accumulator for the ways to ask, of which
the best of each article counts, and one for articles (all its ways to ask together, and the whole article), added to it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.errors import IndexMismatch
from search.engines.base import Analysed, Floats, Mask, Ranked, Ranking, Term

# Saturation (k1), length (b) and weight of the three kinds of evidence, measured on the labelled queries.
QUESTION = (2.0, 0.9, 1.0)
TOGETHER = (2.0, 0.7, 1.0)
BODY = (1.2, 0.5, 0.35)
# What is left of the score of an article that is not for the query: below every other match, but still found.
UNFIT = np.float32(1e-6)

Ints = NDArray[np.int32]


class _Postings:
    """Feature → the documents that hold it and what it adds to each: a sparse matrix by rows, mapped from files."""

    def __init__(self, folder: Path, name: str) -> None:
        self.start: NDArray[np.int64] = np.load(folder / f"{name}-start.npy")
        # Plain arrays over the mapped files: slices of numpy.memmap cost several times as much.
        self.document: Ints = np.asarray(np.load(folder / f"{name}-document.npy", mmap_mode="r"))
        self.score: Floats = np.asarray(np.load(folder / f"{name}-score.npy", mmap_mode="r"))

    def add(self, feature: int, weight: float, to: Floats) -> None:
        """Add what ``feature`` gives, times ``weight``, to the accumulator ``to``."""
        a, b = self.start[feature], self.start[feature + 1]
        if a < b:
            to[self.document[a:b]] += np.float32(weight) * self.score[a:b]


class FrozenEngine:
    """An opened frozen index."""

    def __init__(self, folder: Path) -> None:
        """Raises OSError or ValueError when a file is missing or damaged."""
        names: list[str] = json.loads((folder / "features.json").read_text("utf-8"))
        self._features = {name: i for i, name in enumerate(names)}
        self._rarity: Floats = np.load(folder / "rarity.npy")
        self._rarest = float(self._rarity.max()) if len(self._rarity) else 1.0
        self._questions = _Postings(folder, "question")
        self._articles = _Postings(folder, "article")
        self._against = _Postings(folder, "against")
        self._first: Ints = np.load(folder / "first.npy")
        self._against_owner: Ints = np.load(folder / "against-owner.npy")

    @classmethod
    def build(cls, folder: Path, articles: Iterable[Analysed]) -> None:
        """See Engine.build."""
        folder.mkdir(parents=True, exist_ok=True)
        features: dict[str, int] = {}
        asked, together, bodies, against = (_Matrix(features) for _ in range(4))
        first: list[int] = []
        owners: list[int] = []
        for number, article in enumerate(articles):
            first.append(asked.rows)
            for question in article.questions:
                asked.append(question)
            for question in article.not_for:
                against.append(question)
                owners.append(number)
            together.append(sum(article.questions, start=type(article.body)()))
            bodies.append(article.body)
        rarity = asked.rarity(len(features))
        usual = asked.usual_length
        _save(folder, "question", len(features), [asked.weighted(rarity, usual, *QUESTION)])
        _save(folder, "against", len(features), [against.weighted(rarity, usual, *QUESTION)])
        wide = [(together, TOGETHER), (bodies, BODY)]
        _save(folder, "article", len(features), [m.weighted(rarity, m.usual_length, *how) for m, how in wide])
        np.save(folder / "rarity.npy", rarity)
        np.save(folder / "first.npy", np.array([*first, asked.rows], dtype=np.int32))
        np.save(folder / "against-owner.npy", np.array(owners, dtype=np.int32))
        (folder / "features.json").write_text(json.dumps(list(features), ensure_ascii=False), encoding="utf-8")

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
        asked = np.zeros(self._first[-1], dtype=np.float32)
        against = np.zeros(len(self._against_owner), dtype=np.float32)
        score = np.zeros(len(self._first) - 1, dtype=np.float32)
        ideal = 0.0
        for term in terms:
            feature = self._features.get(term.text)
            ideal += term.weight * (self._rarest if feature is None else float(self._rarity[feature]))
            if feature is not None:
                self._questions.add(feature, term.weight, asked)
                self._articles.add(feature, term.weight, score)
                self._against.add(feature, term.weight, against)
        if len(score):
            best = np.maximum.reduceat(asked, self._first[:-1])
            score += best
            unfit = self._against_owner[against > best[self._against_owner]]
            score[unfit] *= UNFIT
        matched: Mask = score > 0
        if prior is not None:
            score *= prior
        if allowed is not None:
            score[~allowed] = 0
        return Ranking([self._ranked(int(i), asked, score) for i in _best(score, limit)], matched, ideal)

    def _ranked(self, article: int, asked: Floats, score: Floats) -> Ranked:
        own = asked[self._first[article] : self._first[article + 1]]
        best = int(own.argmax())
        return Ranked(article, float(score[article]), best if own[best] > 0 else -1, float(own[best]))


def _best(score: Floats, limit: int) -> NDArray[np.intp]:
    """Numbers of the ``limit`` highest scores above 0, best first, ties by number."""
    found = np.flatnonzero(score) if limit >= len(score) else np.argpartition(-score, limit - 1)[:limit]
    found = found[score[found] > 0]
    return found[np.lexsort((found, -score[found]))][:limit]


class _Matrix:
    """Counts of features in documents, as they are gathered."""

    def __init__(self, features: dict[str, int]) -> None:
        self._features = features
        self._feature: list[int] = []
        self._count: list[int] = []
        self._lengths: list[int] = []

    @property
    def rows(self) -> int:
        return len(self._lengths)

    def append(self, counts: dict[str, int]) -> None:
        for name, count in counts.items():
            self._feature.append(self._features.setdefault(name, len(self._features)))
            self._count.append(count)
        self._lengths.append(len(counts))

    def rarity(self, features: int) -> Floats:
        """How much each feature tells: the rarer, the more (Robertson & Sparck Jones's idf, kept above 0)."""
        holders = np.bincount(np.array(self._feature, dtype=np.int64), minlength=features)
        rarity: Floats = np.log(1 + (self.rows - holders + 0.5) / (holders + 0.5)).astype(np.float32)
        return rarity

    @property
    def usual_length(self) -> float:
        """The mean number of features of a document."""
        return max(1.0, sum(self._count) / max(1, self.rows))

    def weighted(self, rarity: Floats, usual: float, k1: float, b: float, weight: float) -> tuple[Ints, Ints, Floats]:
        """(feature, document, what it adds) for every feature of every document, by BM25; usual: the mean length."""
        feature = np.array(self._feature, dtype=np.int32)
        count = np.array(self._count, dtype=np.float32)
        sizes = np.array(self._lengths, dtype=np.int64)
        document = np.repeat(np.arange(self.rows, dtype=np.int32), sizes)
        length = np.bincount(document, weights=count, minlength=self.rows)
        relative = 1 - b + b * length / usual
        score = weight * rarity[feature] * count * (k1 + 1) / (count + k1 * relative[document])
        return feature, document, score.astype(np.float32)


def _save(folder: Path, name: str, features: int, parts: list[tuple[Ints, Ints, Floats]]) -> None:
    """Write postings sorted by feature and document; what two parts give to the same pair is added up."""
    feature, document, score = (np.concatenate([part[i] for part in parts]) for i in range(3))
    order = np.lexsort((document, feature))
    feature, document, score = feature[order], document[order], score[order]
    new = np.ones(len(feature), dtype=bool)
    new[1:] = (feature[1:] != feature[:-1]) | (document[1:] != document[:-1])
    at = np.flatnonzero(new)
    np.save(folder / f"{name}-start.npy", np.searchsorted(feature[at], np.arange(features + 1)).astype(np.int64))
    np.save(folder / f"{name}-document.npy", document[at].astype(np.int32))
    np.save(folder / f"{name}-score.npy", np.add.reduceat(score, at).astype(np.float32) if len(at) else score)
