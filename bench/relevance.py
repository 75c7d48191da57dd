"""make eval: how often is the right answer first, by kind of question, beside plain Whoosh and Material's own search? Is it sure only when
it may be? Fails below the committed baseline.

What is shown first counts, corrections included; the figure without corrections stands beside it. ``test`` is the file that nobody
tunes on. ``--update`` writes the baseline; ``--fast`` leaves Material's search out, which takes a minute in a browser.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import fields
from datetime import date
from pathlib import Path

from articles.checking import load_checked
from bench.lunr import lunr
from core.paths import Root
from search.certainty import Certainty, certainty, read_unanswerable
from search.corpus import Analysed, Corpus
from search.dictionaries import read_dictionaries
from search.documents import Record
from search.engines.base import Term
from search.engines.whoosh import WhooshEngine
from search.evaluation import Ask, Expect, Interval, Labelled, Report, evaluate, read_queries
from search.local import open_local, public_records
from search.tokenizer import Chain

BASELINE = Path(__file__).parent / "baseline.json"
FILES = ("dev", "test")
FIGURES = ("p_at_1", "recall_at_3", "mrr_at_10")
# What each figure of certainty is to be; for all that are wrong when they are high, less is better.
GOALS = {
    "answered": (">=", 0.70),
    "answered_wrong": ("<=", 0.02),
    "none_answered": ("<=", 0.03),
    "category": (">=", 0.92),
    "corrected_right": (">=", 0.95),
    "clean_corrected": ("<=", 0.01),
}


def plain_whoosh(records: Sequence[Record], chain: Chain, folder: Path) -> Ask:
    """The peer: an OR over the same words of the same questions and articles, ranked by Whoosh as it comes."""

    def words(text: str) -> Counter[str]:
        return Counter(token.text for token in chain.tokens(text))

    made = Corpus.of(Analysed(tuple(map(words, r.asked)), words(r.whole)) for r in records)
    WhooshEngine.build(folder, made)
    engine = WhooshEngine.open(folder)
    return lambda question: [records[r.article] for r in engine.rank([Term(w) for w in words(question)], 10).top]


def main() -> None:
    """Print the tables; exit 1 when a figure is below the baseline."""
    root = Root.at(".")
    kb = load_checked(root)
    service = open_local(kb)
    records = public_records(kb, date.today())
    asks: dict[str, Ask] = {
        "ours": lambda q: service.search(q).results,
        "literal": lambda q: service.search(q, literal=True).results,
    }
    measured: dict[str, dict[str, float]] = {}
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        chain = read_dictionaries(root).chain(root.var / "cache")
        asks["whoosh"] = plain_whoosh(records, chain, folder / "whoosh")
        if "--fast" not in sys.argv:
            asks["lunr"] = stack.enter_context(lunr(kb, folder / "lunr"))
        for name in FILES:
            expect, queries = read_queries(root.config / "queries" / f"{name}.tsv", None, kb.config.categories)
            reports = _by_group(queries, asks, expect)
            _table(name, queries, reports)
            none = read_unanswerable(root.config / "queries" / f"none_{name}.tsv")
            sure = certainty(service, queries, none)
            _certainty(name, sure, len(none))
            measured[name] = {figure: getattr(reports["all"]["ours"], figure).value for figure in FIGURES}
            measured[name] |= {field.name: getattr(sure, field.name).value for field in fields(Certainty)}
    if "--update" in sys.argv:
        BASELINE.write_text(json.dumps(measured, indent=1) + "\n", encoding="utf-8")
    sys.exit(_below(measured))


Reports = dict[str, dict[str, Report]]


def _by_group(queries: Sequence[Labelled], asks: dict[str, Ask], expect: Expect) -> Reports:
    """Group → who was asked → the figures; ``all`` for all groups. Each question is asked once."""
    answers = {which: {q.question: ask(q.question) for q in queries} for which, ask in asks.items()}
    groups = {
        name: [q for q in queries if name in (q.group, "all")] for name in [*sorted({q.group for q in queries}), "all"]
    }
    return {
        name: {which: evaluate(known.__getitem__, part, expect) for which, known in answers.items()}
        for name, part in groups.items()
    }


def _table(name: str, queries: Sequence[Labelled], reports: Reports) -> None:
    print(f"\n# {name}.tsv, {date.today()}: {len(queries)} queries, by {reports['all']['ours'].expect}")
    peers = [which for which in ("whoosh", "lunr") if which in reports["all"]]
    titles = "".join(f" P@1 {_PEERS[which]} | recall@3 |" for which in peers)
    print(f"| group | n | P@1 [95 %] | recall@3 | MRR@10 | P@1 literal |{titles}")
    print("|---|---|---|---|---|---|" + "---|---|" * len(peers))
    for group, report in reports.items():
        ours = report["ours"]
        cells = [f"{ours.p_at_1.value:.3f} [{ours.p_at_1.low:.2f}–{ours.p_at_1.high:.2f}]"]
        cells += [
            f"{ours.recall_at_3.value:.3f}",
            f"{ours.mrr_at_10.value:.3f}",
            f"{report['literal'].p_at_1.value:.3f}",
        ]
        for which in peers:
            cells += [f"{report[which].p_at_1.value:.3f}", f"{report[which].recall_at_3.value:.3f}"]
        print(f"| {group} | {ours.questions} | {' | '.join(cells)} |", flush=True)


_PEERS = {"whoosh": "plain Whoosh", "lunr": "Material (lunr)"}


def _certainty(name: str, sure: Certainty, none: int) -> None:
    print(f"\n| {name}: certainty ({none} unanswerable) | measured [95 %] | goal |\n|---|---|---|")
    for figure, (sign, goal) in GOALS.items():
        value: Interval = getattr(sure, figure)
        print(f"| {figure} | {value.value:.3f} [{value.low:.3f}–{value.high:.3f}] | {sign} {goal} |", flush=True)


def _below(measured: dict[str, dict[str, float]]) -> int:
    """1 when a figure is worse than the baseline; each that is, is told."""
    wanted = json.loads(BASELINE.read_text("utf-8")) if BASELINE.is_file() else {}
    worse = 0
    for name, figures in wanted.items():
        for figure, was in figures.items():
            now = measured[name][figure]
            if now > was if GOALS.get(figure, (">=",))[0] == "<=" else now < was:
                print(f"worse than the baseline: {name} {figure}: {now}, was {was}", file=sys.stderr)
                worse = 1
    return worse


if __name__ == "__main__":
    main()
