"""How long does opening an index take, and how much memory does a worker that answers hold? Asked of a fresh process."""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from core.paths import Root
from search.dictionaries import read_dictionaries
from search.service import SearchService


@dataclass(frozen=True)
class Footprint:
    """open_s: from nothing loaded but the code to ready to answer, jieba included. first_mb: resident memory of the first worker after
    it has answered, mapped files included; first_own_mb: without them; further_mb: what a process forked from it holds for itself after
    answering too."""

    open_s: float
    first_mb: float
    first_own_mb: float
    further_mb: float


def footprint(root: Root, index: Path, mark: str, queries: Sequence[str]) -> Footprint:
    """Open ``index`` with the dictionaries of ``root`` in a process of its own, and ask it ``queries``."""
    # A worker has all of the web loaded too.
    code = "import app; from bench.footprint import answer; answer()"
    command = [sys.executable, "-c", code, str(root.path), str(index), mark]
    done = subprocess.run(command, input="\n".join(queries), capture_output=True, text=True, check=True)
    return Footprint(**json.loads(done.stdout))


def _memory(*names: str) -> float:
    """Megabytes of this process, by the kernel's own count."""
    lines = Path("/proc/self/smaps_rollup").read_text("ascii").splitlines()
    sizes = {line.split()[0].rstrip(":"): int(line.split()[1]) for line in lines if line.endswith("kB")}
    return sum(sizes[name] for name in names) / 1024


def answer() -> None:
    """Open the index that the arguments name, answer the questions on standard input, print a Footprint as JSON."""
    root, index, mark = Root.at(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
    queries = sys.stdin.read().splitlines()
    began = time.perf_counter()
    service = SearchService(index, mark, read_dictionaries(root), root.var / "cache")
    opened = time.perf_counter() - began
    for query in queries:
        service.search(query)
    first, own = _memory("Rss"), _memory("Anonymous")
    gc.collect()
    gc.freeze()
    reading, writing = os.pipe()
    if not os.fork():
        for query in queries:
            service.search(query)
        os.write(writing, str(_memory("Private_Dirty", "Private_Clean")).encode())
        os._exit(0)
    os.wait()
    further = float(os.read(reading, 100))
    print(json.dumps({"open_s": opened, "first_mb": first, "first_own_mb": own, "further_mb": further}))
