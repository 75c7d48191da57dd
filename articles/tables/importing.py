"""What does importing a table do, and what stands in its way? Everything is known before anything is saved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from articles.checking import problems_of
from articles.loading import Kb
from articles.tables.drafts import CellProblem, read_drafts
from articles.tables.merging import RowEntry, cell_problem, give_ids, merged
from articles.tables.placing import CannotPlace, place
from articles.tables.returning import returned
from articles.tables.saving import Change
from articles.tables.table import Table
from core.errors import Problem, ProblemsFound


@dataclass
class Plan:
    """What an import does. Rows are counted as Excel shows them.

    problems: errors, all of them; given: row → the id that it got, for rows that had none; changes: files, the returned table among them.
    """

    rows: int
    problems: list[CellProblem]
    created: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    given: dict[int, str] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    returned: Path | None = None

    @property
    def bad_rows(self) -> list[int]:
        """Rows that have problems."""
        return sorted({problem.row for problem in self.problems})


def plan_import(kb: Kb, table: Table, source: Path, skip_bad: bool = False) -> Plan:
    """What importing ``table`` (read from ``source``) into ``kb`` does.

    With problems and without ``skip_bad`` there are no changes. Raises TableError for a table that cannot be used as a whole, and
    ProblemsFound when ``kb`` has errors that the import would leave there.
    """
    _refuse(kb.problems)
    drafts = read_drafts(table, kb.config)
    given = give_ids(drafts, kb.entries)
    by_id = {entry.article.id: entry for entry in kb.entries}
    rows: list[RowEntry] = []
    unread: set[str] = set()
    for draft in drafts:
        before = by_id.get(str(draft.get("编号")))
        made = merged(draft, given.get(draft.row), before, table.name, kb.config)
        if made is None:
            # What refers to it is not wrong for that.
            unread.add(str(draft.get("编号") or given.get(draft.row)))
        else:
            rows.append(made)
    plan = Plan(len(drafts), [problem for draft in drafts for problem in draft.problems])
    _settle(kb, table.name, plan, rows, skip_bad, unread)
    plan.problems = sorted(set(plan.problems))
    if plan.problems and not skip_bad:
        return plan
    for row in rows:
        same = row.before is not None and row.before.article == row.article
        (plan.created if row.before is None else plan.unchanged if same else plan.updated).append(row.article.id)
    plan.given = {row.row: given[row.row] for row in rows if row.row in given}
    if plan.given:
        change = returned(table, source, plan.given)
        plan.returned = change.path
        plan.changes.append(change)
    return plan


def _refuse(problems: Sequence[Problem]) -> None:
    errors = [p for p in problems if p.level == "error"]
    if errors:
        raise ProblemsFound(errors)


def _settle(kb: Kb, name: str, plan: Plan, rows: list[RowEntry], skip_bad: bool, unread: set[str]) -> None:
    """Check kb/ as it will be, and find the changes. Rows with problems are taken out of ``rows`` when they may be skipped; what
    is left is checked again, for it may have relied on them."""
    while True:
        errors = [p for p in problems_of(_after(kb, rows), errors_only=True) if p.level == "error"]
        ours = [p for p in errors if p.path == name and (skip_bad or not _names(p, unread))]
        plan.problems += map(cell_problem, ours)
        if plan.problems and not skip_bad:
            return
        if _drop(rows, plan.bad_rows):
            continue
        # What is wrong outside the table no row can mend.
        _refuse([p for p in errors if p.path != name])
        try:
            plan.changes = place(kb, rows)
        except CannotPlace as error:
            plan.problems += [CellProblem(row, "", "T104", error.message, error.fix) for row in error.rows]
            if skip_bad and _drop(rows, plan.bad_rows):
                continue
        return


def _after(kb: Kb, rows: Sequence[RowEntry]) -> Kb:
    """The knowledge base as it will be. Rows come last, so that of two that claim the same the row is told."""
    replaced = {row.article.id for row in rows if row.before is not None}
    kept = [entry for entry in kb.entries if entry.article.id not in replaced]
    return Kb(kb.root, kb.config, [*kept, *rows])


def _names(problem: Problem, ids: set[str]) -> bool:
    """Whether a reference is called wrong only because the row that it leads to has problems of its own."""
    return problem.code in {"K501", "K502"} and any(
        f"“{i}”" in problem.message or f"{i}.md" in problem.message for i in ids
    )


def _drop(rows: list[RowEntry], bad: Sequence[int]) -> bool:
    gone = set(bad)
    kept = [row for row in rows if row.row not in gone]
    dropped = len(kept) < len(rows)
    rows[:] = kept
    return dropped
