"""How often is the right answer first? Labelled questions against a search, with intervals and latency."""

from __future__ import annotations

import csv
import math
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal, Protocol

from articles.config import Categories
from articles.files import read_text
from core.errors import Problem, QueryFileError

Expect = Literal["article", "topic", "category"]
_LABELS: tuple[Expect, ...] = ("article", "topic", "category")
_Z = 1.96  # 95 %
DEPTH = 10


@dataclass(frozen=True)
class Labelled:
    """A question with what is right for it: ids or names; several right ones are all right.

    category: the key of each category that it is of, where the file says so; meant: what was meant by somebody who typed it in pinyin
    or with a wrong character, in each way it can be read.
    """

    question: str
    right: frozenset[str]
    group: str = ""
    category: frozenset[str] = frozenset()
    meant: tuple[str, ...] = ()


class Hit(Protocol):
    """What a figure needs to know of a result."""

    @property
    def id(self) -> str: ...

    @property
    def topic(self) -> str: ...

    @property
    def category(self) -> str: ...


Ask = Callable[[str], Sequence[Hit]]


@dataclass(frozen=True)
class Interval:
    """A figure between 0 and 1 with its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Report:
    """p_at_1: share of questions whose first result is right. recall_at_3: whose first three hold a right one.
    mrr_at_10: mean of 1/rank of the first right one among ten. latency_ms: of a search, without HTTP."""

    questions: int
    expect: Expect
    p_at_1: Interval
    recall_at_3: Interval
    mrr_at_10: Interval
    latency_ms: dict[str, float]
    missed: list[str]

    def as_dict(self) -> dict[str, object]:
        """For programs: each figure as a number, its interval beside it."""
        whole = asdict(self)
        for name in ("p_at_1", "recall_at_3", "mrr_at_10"):
            interval: Interval = getattr(self, name)
            whole[name] = interval.value
            whole[f"{name}_interval"] = [interval.low, interval.high]
        return whole


def read_queries(path: Path, expect: Expect | None, categories: Categories) -> tuple[Expect, list[Labelled]]:
    """The labelled questions of a TSV file, and which label they are measured by (the finest there is, unless told).

    Raises QueryFileError with every bad line.
    """
    text = read_text(path, path.name)
    if isinstance(text, Problem):
        raise QueryFileError(f"{path.name}：{text.message}", text.fix)
    rows = list(csv.reader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))
    header = [name.strip() for name in rows[0]] if rows else []
    if "question" not in header:
        raise QueryFileError(
            f"{path.name} 第一行没有 question 列", "第一行写列名：question 和 article、topic、category 中的几列"
        )
    chosen = expect or next((label for label in _LABELS if label in header), None)
    if chosen is None or chosen not in header:
        raise QueryFileError(
            f"{path.name} 没有 {chosen or 'article、topic 或 category'} 列", "补上这一列，或换一个 --expect"
        )
    names = {category.name: key for key, category in categories.categories.items()}
    found: list[Labelled] = []
    bad: list[str] = []
    for number, row in enumerate(rows[1:], 2):
        if not any(cell.strip() for cell in row):
            continue
        cells = dict(zip(header, row, strict=False))
        right = frozenset(names.get(p.strip(), p.strip()) for p in cells.get(chosen, "").split("|") if p.strip())
        if len(row) != len(header) or not cells["question"].strip() or not right:
            bad.append(str(number))
        of = frozenset(names.get(p.strip(), p.strip()) for p in cells.get("category", "").split("|") if p.strip())
        meant = tuple(text.strip() for text in cells.get("meant", "").split("|") if text.strip())
        found.append(Labelled(cells.get("question", ""), right, cells.get("group", ""), of, meant))
    if bad:
        raise QueryFileError(f"{path.name} 第 {'、'.join(bad)} 行列数不对，或缺少问题、标签", "列之间用一个制表符")
    if not found:
        raise QueryFileError(f"{path.name} 里没有问题", "列名之后每行一个问题")
    return chosen, found


def evaluate(
    ask: Ask,
    queries: Iterable[Labelled],
    expect: Expect,
    progress: Callable[[int], None] = lambda _n: None,
) -> Report:
    """Ask every question and count; ``ask`` gives results, best first."""
    ranks: list[int | None] = []
    took: list[float] = []
    missed: list[str] = []
    for query in queries:
        start = time.perf_counter()
        results = ask(query.question)[:DEPTH]
        took.append((time.perf_counter() - start) * 1000)
        rank = next((n for n, result in enumerate(results, 1) if _label(result, expect) in query.right), None)
        ranks.append(rank)
        if rank != 1:
            missed.append(query.question)
        progress(1)
    return Report(
        questions=len(ranks),
        expect=expect,
        p_at_1=share([rank == 1 for rank in ranks]),
        recall_at_3=share([rank is not None and rank <= 3 for rank in ranks]),
        mrr_at_10=_mean([1 / rank if rank else 0.0 for rank in ranks]),
        latency_ms={f"p{p}": round(percentile(took, p), 3) for p in (50, 95, 99)},
        missed=missed,
    )


def _label(result: Hit, expect: Expect) -> str:
    return {"article": result.id, "topic": result.topic, "category": result.category}[expect]


def percentile(values: list[float], p: float) -> float:
    """The p-th percentile by the nearest-rank method."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(p / 100 * len(ordered)) - 1)]


def share(hits: list[bool]) -> Interval:
    """A proportion with Wilson's score interval (Wilson, 1927); nothing asked, nothing known."""
    if not hits:
        return Interval(0.0, 0.0, 1.0)
    n, p = len(hits), sum(hits) / len(hits)
    centre = (p + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
    half = _Z * math.sqrt(p * (1 - p) / n + _Z**2 / (4 * n**2)) / (1 + _Z**2 / n)
    return Interval(round(p, 4), round(max(0.0, centre - half), 4), round(min(1.0, centre + half), 4))


def _mean(values: list[float]) -> Interval:
    """A mean with the interval of the normal approximation."""
    n, mean = len(values), sum(values) / len(values)
    half = _Z * math.sqrt(sum((v - mean) ** 2 for v in values) / max(1, n - 1) / n)
    return Interval(round(mean, 4), round(max(0.0, mean - half), 4), round(min(1.0, mean + half), 4))
