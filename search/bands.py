"""How sure is a ranking, and of which category is the question? Reads what the build has learned from the articles' own questions.

Three bands: answer (the first article is the answer), choose (it is among the first few), unsure (say so and offer a human).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from pydantic import BaseModel

from search.engines.base import Part, Ranking
from search.features import is_word

Band = Literal["answer", "choose", "unsure"]
# How many of the best articles the signs and the category are read from; how sharply a share of the score tells them apart.
DEPTH = 10
SIGNS = 12
_SHARPNESS = 8.0
_TINY = 1e-4


class Learned(BaseModel):
    """What the build learns; stored beside the index.

    weights, bias: of the signs, for the log odds that the first article is right. answer, choose: the least probability of
    each band. categories, category_weights, category_bias: how the shares of the categories become probabilities.
    asked: how many left-out phrasings it was learned from (0: too few, the defaults stand).
    """

    weights: list[float] = []
    bias: float = 0.0
    answer: float = 1.0
    choose: float = 0.0
    categories: list[str] = []
    category_weights: list[list[float]] = []
    category_bias: list[float] = []
    asked: int = 0
    figures: dict[str, float] = {}

    @classmethod
    def read(cls, path: Path) -> Learned:
        """Raises OSError or ValueError when the file is missing or damaged."""
        return cls.model_validate_json(path.read_bytes())

    def probability(self, signs: Sequence[float]) -> float:
        """How probable it is that the first article is right."""
        if not self.weights:
            return 0.5
        odds = self.bias + sum(w * s for w, s in zip(self.weights, signs, strict=True))
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))

    def band(self, probability: float) -> Band:
        """The band of an answer that is right with this probability."""
        return "answer" if probability >= self.answer else "choose" if probability >= self.choose else "unsure"

    def category_probabilities(self, shares: dict[str, float]) -> dict[str, float]:
        """Category → its probability, the most probable first; shares: of the categories among the best articles."""
        if self.categories != list(shares) or not any(shares.values()):
            return dict(sorted(shares.items(), key=lambda item: -item[1]))
        logs = log_shares(shares)
        weighed = zip(self.category_weights, self.category_bias, strict=True)
        odds = [bias + sum(w * x for w, x in zip(row, logs, strict=True)) for row, bias in weighed]
        weights = [math.exp(value - max(odds)) for value in odds]
        found = {name: weight / sum(weights) for name, weight in zip(self.categories, weights, strict=True)}
        return dict(sorted(found.items(), key=lambda item: -item[1]))


def log_shares(shares: dict[str, float]) -> list[float]:
    """What the model of the categories reads."""
    return [math.log(share + _TINY) for share in shares.values()]


def category_shares(ranking: Ranking, categories: Sequence[str], names: Sequence[str]) -> dict[str, float]:
    """Category → the share of the best articles that are of it, each counted by how close its score comes to the best."""
    shares = dict.fromkeys(names, 0.0)
    closeness = _closeness(ranking)
    for ranked, close in zip(ranking.top[:DEPTH], closeness, strict=True):
        shares[categories[ranked.article]] += close
    total = sum(closeness)
    return {name: share / total for name, share in shares.items()} if total else shares


def signs(ranking: Ranking, parts: Sequence[Part], topics: Sequence[str]) -> list[float]:
    """What tells whether the first article is right; parts: of its score; topics: the topic of each article."""
    if not ranking.top:
        return [0.0] * SIGNS
    first = ranking.top[0]
    second = ranking.top[1].score if len(ranking.top) > 1 else 0.0
    third = ranking.top[2].score if len(ranking.top) > 2 else 0.0
    closeness = _closeness(ranking)
    same = [c for c, r in zip(closeness, ranking.top, strict=False) if topics[r.article] == topics[first.article]]
    ideal = max(ranking.ideal, 1e-6)
    return [
        min(3.0, first.score / ideal),
        min(1.5, first.question_score / ideal),
        (first.score - second) / first.score,
        (first.score - third) / first.score,
        closeness[0] / sum(closeness),
        first.question_score / max(1e-6, *(r.question_score for r in ranking.top)),
        sum(same) / sum(closeness),
        math.log1p(len(parts)),
        *_coverage(parts),
    ]


def _coverage(parts: Sequence[Part]) -> list[float]:
    """How much of the words and of the characters that were asked for the article holds, itself or by a synonym, and how rare
    the rarest word is that it lacks."""
    instead = {part.term.instead_of for part in parts if part.held}
    words = [part for part in parts if is_word(part.term.text) and not part.term.instead_of]
    characters = [part for part in parts if part.term.text[0] == "." and not is_word(part.term.text)]
    lacking = [part.rarity for part in words if not part.held and part.term.text not in instead]
    rarest = max((part.rarity for part in parts), default=1.0)
    return [
        1 - sum(lacking) / max(1e-6, sum(part.rarity for part in words)),
        max(lacking, default=0.0) / rarest,
        sum(p.rarity for p in characters if p.held) / sum(p.rarity for p in characters) if characters else 1.0,
        min(3.0, sum(lacking) / 10),
    ]


def _closeness(ranking: Ranking) -> list[float]:
    """1 for the best score, falling to nothing as a score falls behind it."""
    if not ranking.top:
        return []
    best = ranking.top[0].score
    return [math.exp(_SHARPNESS * (r.score / best - 1)) for r in ranking.top[:DEPTH]]
