"""make eval: how often is the right answer first, by kind of question, beside plain Whoosh? Fails below the committed baseline.

What is shown first counts, corrections included; the figure without corrections stands beside it. ``test`` is the file that nobody
tunes on. ``--update`` writes the baseline.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from articles.checking import load_checked
from core.paths import Root
from search.dictionaries import read_dictionaries
from search.documents import Record
from search.engines.base import Analysed, Term
from search.engines.whoosh import WhooshEngine
from search.evaluation import Ask, Labelled, Report, evaluate, read_queries
from search.local import open_local, public_records
from search.tokenizer import Chain

BASELINE = Path(__file__).parent / "baseline.json"
FILES = ("dev", "test")
FIGURES = ("p_at_1", "recall_at_3", "mrr_at_10")


def plain_whoosh(records: Sequence[Record], chain: Chain, folder: Path) -> Ask:
    """The peer: an OR over the same words of the same questions and articles, ranked by Whoosh as it comes."""

    def words(text: str) -> Counter[str]:
        return Counter(token.text for token in chain.tokens(text))

    WhooshEngine.build(folder, (Analysed(tuple(map(words, r.asked)), words(r.whole)) for r in records))
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
    with tempfile.TemporaryDirectory() as folder:
        asks["whoosh"] = plain_whoosh(
            records, read_dictionaries(root).chain(root.var / "cache"), Path(folder) / "whoosh"
        )
        for name in FILES:
            expect, queries = read_queries(root.config / "queries" / f"{name}.tsv", None, kb.config.categories)
            reports = {which: evaluate(ask, queries, expect) for which, ask in asks.items()}
            _table(name, queries, asks, reports)
            measured[name] = {figure: getattr(reports["ours"], figure).value for figure in FIGURES}
    if "--update" in sys.argv:
        BASELINE.write_text(json.dumps(measured, indent=1) + "\n", encoding="utf-8")
    sys.exit(_below(measured))


def _table(name: str, queries: Sequence[Labelled], asks: dict[str, Ask], whole: dict[str, Report]) -> None:
    print(f"\n# {name}.tsv, {date.today()}: {len(queries)} queries, by {whole['ours'].expect}")
    print("| group | n | P@1 [95 %] | recall@3 | MRR@10 | P@1 literal | P@1 plain Whoosh | recall@3 plain Whoosh |")
    print("|---|---|---|---|---|---|---|---|")
    for group in sorted({query.group for query in queries}):
        part = [query for query in queries if query.group == group]
        _row(group, {which: evaluate(ask, part, whole["ours"].expect) for which, ask in asks.items()})
    _row("all", whole)


def _row(group: str, reports: dict[str, Report]) -> None:
    ours, literal, whoosh = reports["ours"], reports["literal"], reports["whoosh"]
    first = f"{ours.p_at_1.value:.3f} [{ours.p_at_1.low:.2f}–{ours.p_at_1.high:.2f}]"
    cells = [f"{ours.recall_at_3.value:.3f}", f"{ours.mrr_at_10.value:.3f}", f"{literal.p_at_1.value:.3f}"]
    cells += [f"{whoosh.p_at_1.value:.3f}", f"{whoosh.recall_at_3.value:.3f}"]
    print(f"| {group} | {ours.questions} | {first} | {' | '.join(cells)} |")


def _below(measured: dict[str, dict[str, float]]) -> int:
    """How many figures are below the baseline; each is told."""
    wanted = json.loads(BASELINE.read_text("utf-8")) if BASELINE.is_file() else {}
    low = [
        f"{name} {figure}: {measured[name][figure]} < {least}"
        for name, figures in wanted.items()
        for figure, least in figures.items()
        if measured[name][figure] < least
    ]
    for line in low:
        print(f"below the baseline: {line}", file=sys.stderr)
    return min(1, len(low))


if __name__ == "__main__":
    main()
