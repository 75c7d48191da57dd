"""How long do 10,000 rows take to come in? ``python -m bench.imports [ROWS]`` prints it for .xlsx and .csv, beside the goal."""

from __future__ import annotations

import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from articles.checking import problems_of
from articles.loading import Kb, load
from articles.tables.exporting import export
from articles.tables.importing import plan_import
from articles.tables.reading import read_table
from articles.tables.saving import save
from articles.tables.table import Format
from bench.generate import generate
from core.paths import Root

ROWS = 10_000
Result = TypeVar("Result")


def main() -> None:
    """Measure new rows, the same rows once more, and one change in each row."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        # The generator cuts and mixes sentences, and a few of them come out as something that the check refuses.
        made = load(generate(load(Root.at(".")), folder / "made", rows + rows // 10))
        bad = {problem.path for problem in problems_of(made, errors_only=True)}
        made.entries = [entry for entry in made.entries if entry.path not in bad][:rows]
        kinds: tuple[Format, ...] = ("xlsx", "csv")
        for kind in kinds:
            _measure(folder, made, kind)
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


def _measure(folder: Path, made: Kb, kind: Format) -> None:
    file, root = folder / f"made.{kind}", folder / kind
    shutil.copytree(made.root.config, root / "site_config")
    (root / "kb").mkdir()
    file.write_bytes(_timed(f"{kind}: export", lambda: export(made, kind)))
    print(f"  {file.stat().st_size / 1e6:.1f} MB, {len(made.articles)} rows")
    _timed(f"{kind}: import, all new (goal < 60 s for 10,000)", lambda: _import(root, file))
    _timed(f"{kind}: import again, nothing new", lambda: _import(root, file))
    changed = Kb(made.root, made.config)
    changed.entries = [replace(e, article=e.article.model_copy(update={"owner": "另一组"})) for e in made.entries]
    file.write_bytes(export(changed, kind))
    _timed(f"{kind}: import, a field of every row changed", lambda: _import(root, file))


def _import(root: Path, file: Path) -> None:
    plan = plan_import(load(Root.at(root)), read_table(file), file)
    assert not plan.problems, plan.problems[:3]
    save(plan.changes)


def _timed(what: str, work: Callable[[], Result]) -> Result:
    began = time.perf_counter()
    done = work()
    print(f"{what:<60}{time.perf_counter() - began:6.1f} s", flush=True)
    return done


if __name__ == "__main__":
    main()
