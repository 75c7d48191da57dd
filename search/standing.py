"""How well does an index find what it should, and what has got worse since another one? For the gate of a publish.

Four things are asked: whether each 标准问 finds its own article first, whether what an article is not for finds it first all the same,
whether phrasings that are left out find their article among the first three, and where the labelled questions find a right article.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from pydantic import BaseModel

from search.corpus import Corpus
from search.evaluation import DEPTH, Labelled
from search.learning import ask_left_out, sample
from search.service import SearchService

# So many left-out phrasings are asked; a place among the first so many is found.
LEFT_OUT, PLACES = 1500, 3
# An article that changes takes places from those that resemble it: so many of them are asked with it.
NEAR = 20


class Standing(BaseModel):
    """lost: 标准问 → what came first instead, for those that do not find their own article first. unfit: what an article is not
    for, and finds first. left_out: phrasing → whether it found its article. labelled: question → the rank of the first right article
    (0: not among ten). asked: how many 标准问 there are."""

    asked: int
    lost: dict[str, str]
    unfit: list[str]
    left_out: dict[str, bool]
    labelled: dict[str, int]

    @property
    def self_first(self) -> float:
        """The share of the 标准问 that find their own article first."""
        return 1 - len(self.lost) / self.asked if self.asked else 1.0


def standing(
    service: SearchService,
    corpus: Corpus,
    queries: Sequence[Labelled],
    before: Standing | None = None,
    changed: Collection[str] | None = None,
    progress: Callable[[int], None] = lambda _n: None,
) -> Standing:
    """Ask ``service`` everything; corpus: what its articles hold; queries: labelled with articles.

    before, changed: an earlier standing, and the ids of the articles that have changed since: the questions of articles that
    neither changed nor resemble one that did are not asked again, and stand as they stood. progress: called with 1 for each article.
    """
    records = service.all_records()
    fresh = set(service.ids) if before is None or changed is None else _with_near(service, changed)
    known = {text for record in records if record.id not in fresh for text in (record.question, *record.not_for)}
    lost = {} if before is None else {text: first for text, first in before.lost.items() if text in known}
    unfit = [] if before is None else [text for text in before.unfit if text in known]
    for record in records:
        if record.id in fresh:
            first = service.first(record.question)
            if first.id != record.id:
                lost[record.question] = first.question
            unfit += [text for text in record.not_for if service.first(text).id == record.id]
        progress(1)
    asked = [text for record in records for text in record.asked]
    owner = [record.id for record in records for _ in record.asked]
    chosen = sample(records, LEFT_OUT)
    left_out = (
        {} if before is None else {asked[n]: before.left_out[asked[n]] for n in chosen if asked[n] in before.left_out}
    )
    again = [n for n in chosen if owner[n] in fresh or asked[n] not in left_out]
    left_out |= {one.text: one.within(PLACES) for one in ask_left_out(corpus, records, service.terms, again)}
    return Standing(
        asked=len(records),
        lost=lost,
        unfit=unfit,
        left_out=left_out,
        labelled={query.question: _rank(service, query) for query in queries},
    )


def _with_near(service: SearchService, changed: Collection[str]) -> set[str]:
    """``changed`` and the articles nearest to each of them."""
    return set(changed).union(*({near.id for near in service.similar(name, NEAR)} for name in changed))


def _rank(service: SearchService, query: Labelled) -> int:
    results = service.search(query.question, limit=DEPTH).results
    return next((n for n, result in enumerate(results, 1) if result.id in query.right), 0)


def lost_phrasings(before: Standing, now: Standing) -> tuple[list[str], int]:
    """Left-out phrasings that found their article before and do not now, and by how many fewer find it, of those asked both times."""
    both = before.left_out.keys() & now.left_out.keys()
    worse = sorted(text for text in both if before.left_out[text] and not now.left_out[text])
    better = sum(now.left_out[text] and not before.left_out[text] for text in both)
    return worse, len(worse) - better


def lost_queries(before: Standing, now: Standing) -> tuple[list[str], int]:
    """Labelled questions whose right article came first before and does not now, and by how many fewer do, of those in both."""
    both = before.labelled.keys() & now.labelled.keys()
    worse = sorted(text for text in both if before.labelled[text] == 1 and now.labelled[text] != 1)
    better = sum(now.labelled[text] == 1 and before.labelled[text] != 1 for text in both)
    return worse, len(worse) - better
