"""Which commit last touched each article file, and who approved it? Read from git, in one pass over its log."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

# No message and no file name can hold a NUL, and the names all begin with kb/.
_FORMAT = "--format=%x00%x00%H%x00T%(trailers:key=Reviewed-by,valueonly,unfold,separator=%x1f)"
_BEGIN = re.compile(r"\0\0(?=[0-9a-f]{40,64}\0T)")


@dataclass(frozen=True)
class LastCommit:
    """commit: its full name; approvers: the values of its ``Reviewed-by:`` trailers, in order."""

    commit: str
    approvers: tuple[str, ...] = ()


def last_commits(folder: Path, revision: str = "HEAD") -> dict[str, LastCommit]:
    """File under ``folder``/kb (relative to ``folder``) → the commit of ``revision`` that last touched it.

    A file that differs from what was committed is left out: nobody has approved it. Without git nothing is known.
    """
    log = _git(
        folder, "log", "-z", "--relative", "--name-only", "--diff-merges=combined", _FORMAT, revision, "--", "kb"
    )
    if log is None:
        return {}
    found: dict[str, LastCommit] = {}
    for record in _BEGIN.split(log)[1:]:
        commit, trailers, *names = record.split("\0")
        approvers = tuple(name for t in trailers[1:].split("\x1f") if (name := _printable(t)))
        for name in filter(None, names):
            found.setdefault(name.removeprefix("\n"), LastCommit(commit, approvers))
    for name in _changed(folder):
        found.pop(name, None)
    return found


def _printable(text: str) -> str:
    """``text`` without what would steer a terminal."""
    return "".join(c for c in text if c.isprintable()).strip()


def _changed(folder: Path) -> Iterator[str]:
    """Files under kb/ that differ from the commit that the tree stands on."""
    prefix = (_git(folder, "rev-parse", "--show-prefix") or "").strip()
    status = _git(folder, "status", "--porcelain", "-z", "--no-renames", "--untracked-files=all", "--", "kb") or ""
    for line in status.split("\0"):
        yield line[3:].removeprefix(prefix)


def _git(folder: Path, *arguments: str) -> str | None:
    """What git prints, None when it cannot."""
    command = ["git", "-C", str(folder), "-c", "log.showSignature=false", *arguments]
    try:
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", errors="replace", check=False)
    except OSError:
        return None
    return done.stdout if done.returncode == 0 else None
