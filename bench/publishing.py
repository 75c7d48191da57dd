"""How soon is one changed article live? ``python -m bench.publishing 1000 10000``: generated articles, ``kb publish`` as it is.

The made articles are too alike for the relevance gate, so the publishes are forced: the gate asks its questions all the same.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path

from articles.loading import load
from bench.generate import generate
from core.paths import Root
from publishing.progress import GATE, INDEX, STEPS

GOALS = {1000: "< 8 s", 10000: "< 60 s"}
START, END = "start", "end"


def main() -> None:
    """A line for each number of articles: the first publish, one changed article, nothing changed."""
    kb = load(Root.at("."))
    for count in [int(argument) for argument in sys.argv[1:]] or [1000]:
        with tempfile.TemporaryDirectory() as name:
            made = generate(kb, Path(name) / "made", count)
            tell(count, "everything", timed(made))
            change(made)
            tell(count, "one article", timed(made), GOALS.get(count, ""))
            tell(count, "nothing", timed(made))


def change(root: Root) -> None:
    """Another answer in one article."""
    path = next(iter(sorted(root.kb.rglob("*.md"))))
    path.write_text(path.read_text("utf-8") + "\n\n这一段是刚加上去的。\n", "utf-8")


def timed(root: Root) -> dict[str, float]:
    """Seconds of each step of ``kb publish``, the start of the process and all, as whoever watches it sees them."""
    began = time.perf_counter()
    moments = [(START, began)]
    command = [sys.executable, "-m", "cli", "publish", "--force", "bench", "--root", str(root.path)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True) as process:
        assert process.stderr is not None
        for line in process.stderr:
            step = next((step for step in STEPS if line.rstrip().endswith(step)), None)
            if step:
                moments.append((step, time.perf_counter()))
            else:
                print(line, end="", file=sys.stderr)
    if process.returncode:
        raise SystemExit(f"kb publish ended with {process.returncode}")
    moments.append((END, time.perf_counter()))
    return {step: after - when for (step, when), (_, after) in pairwise(moments)}


def tell(count: int, changed: str, steps: dict[str, float], goal: str = "") -> None:
    """One line of the table."""
    total = sum(steps.values())
    others = total - steps.get(INDEX, 0.0) - steps.get(GATE, 0.0)
    told = "  ".join(f"{step} {seconds:.1f}" for step, seconds in steps.items() if seconds >= 0.05)
    print(
        f"{count:>6} {changed:<12} {total:6.1f} s {goal:<7} without index and gate {others:5.1f} s   {told}", flush=True
    )


if __name__ == "__main__":
    main()
