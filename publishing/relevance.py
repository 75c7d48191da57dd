"""May this release go live, as far as finding goes? It must find what it should, and nothing worse than the live one does."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass

from articles.loading import Kb
from core.paths import Root
from publishing.layout import Release, write_json
from publishing.opened import open_search
from search.corpus import Corpus
from search.evaluation import Labelled, read_queries
from search.standing import Standing, lost_phrasings, lost_queries, standing

LEAST_SELF_FIRST = 0.99
# Left-out phrasings may find their article less often than in the live release by one, or by this share of those asked both times.
TOLERATED = 0.005
# Up to so many articles everything is asked each time; above it what has changed, and what stands near to that.
ASK_ALL = 500
_TOLD = 20


@dataclass(frozen=True)
class GateReport:
    """self_first: share of 标准问 that find their own article first; found_left_out: share of left-out phrasings that find their
    article among the first three; labelled_first: share of labelled questions whose first result is right. worse: what the
    live release found and this one does not, query by query. refused: why this release may not go live; nothing when it may."""

    questions: int
    self_first: float
    found_left_out: float
    labelled_first: float
    lost: list[str]
    worse: list[str]
    refused: list[str]

    def as_dict(self) -> dict[str, object]:
        return asdict(self)


def check_relevance(
    live: Root, draft: Release, kb: Kb, last: Release | None, progress: Callable[[int], None] = lambda _n: None
) -> GateReport:
    """Ask ``draft``, made from ``kb``, what it finds, keep the answers in it for the next one, and compare them with those of
    ``last``. Raises QueryFileError when the labelled questions cannot be read, OSError when the disk refuses."""
    before = _kept(last)
    changed = None if last is None or before is None or len(kb.articles) <= ASK_ALL else _changed(last, draft)
    corpus = Corpus.load(draft.index / "engine")
    now = standing(open_search(live, draft), corpus, _labelled(kb), before, changed, progress)
    write_json(draft.path / "standing.json", now.model_dump())
    return judge(now, before)


def judge(now: Standing, before: Standing | None) -> GateReport:
    """Whether ``now`` may follow ``before`` (None: nothing to compare with)."""
    lost = [f"{question} → {first}" for question, first in now.lost.items()]
    refused: list[str] = []
    if now.self_first < LEAST_SELF_FIRST:
        refused.append(f"只有 {now.self_first:.1%} 的标准问能先找到自己的文章：{_some(lost)}")
    if now.unfit:
        refused.append(f"不该搜到的问法（not_for）排在最前：{_some(now.unfit)}")
    worse: list[str] = []
    if before is not None:
        phrasings, fewer = lost_phrasings(before, now)
        if fewer > max(1, TOLERATED * len(before.left_out.keys() & now.left_out.keys())):
            refused.append(f"留出的相似问比线上少找到 {fewer} 条：{_some(phrasings)}")
        queries, fewer = lost_queries(before, now)
        if fewer > 0:
            refused.append(f"标注的问题比线上少对 {fewer} 条：{_some(queries)}")
        worse = [*queries, *phrasings]
    return GateReport(
        questions=now.asked,
        self_first=round(now.self_first, 4),
        found_left_out=_share(list(now.left_out.values())),
        labelled_first=_share([rank == 1 for rank in now.labelled.values()]),
        lost=lost,
        worse=worse,
        refused=refused,
    )


def _labelled(kb: Kb) -> list[Labelled]:
    """The labelled questions of site_config/queries that name articles."""
    found: list[Labelled] = []
    for path in sorted((kb.root.config / "queries").glob("*.tsv")):
        header = path.read_text("utf-8-sig").split("\n", 1)[0].split("\t")
        if "article" in map(str.strip, header):
            found += read_queries(path, "article", kb.config.categories)[1]
    return found


def _kept(release: Release | None) -> Standing | None:
    """How ``release`` stood; None when it does not say."""
    if release is None:
        return None
    try:
        return Standing.model_validate_json((release.path / "standing.json").read_bytes())
    except (OSError, ValueError):
        return None


def _changed(last: Release, draft: Release) -> set[str] | None:
    """The ids of the articles that are not in ``last`` as they are in ``draft``; None when the two cannot be compared."""
    try:
        old, new = (json.loads((r.index / "index.json").read_text("utf-8")) for r in (last, draft))
        ids = json.loads((draft.index / "columns.json").read_text("utf-8"))["id"]
        if old["fingerprint"] != new["fingerprint"]:
            return None
        known = set(old["hashes"])
        return {name for name, mark in zip(ids, new["hashes"], strict=True) if mark not in known}
    except (OSError, ValueError, KeyError):
        return None


def _some(texts: list[str]) -> str:
    more = f" 等 {len(texts)} 条" if len(texts) > _TOLD else ""
    return "；".join(f"「{text}」" for text in texts[:_TOLD]) + more


def _share(hits: list[bool]) -> float:
    return round(sum(hits) / len(hits), 4) if hits else 1.0
