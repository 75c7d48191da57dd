"""How did the last publish end? One file, for whoever could not watch: a push that a web hook told of, a worker at night."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from core.errors import KbError, ProblemsFound
from core.paths import Root
from publishing.layout import write_json

_MOST = 100


def record_failure(root: Root, error: KbError) -> None:
    """Keep what went wrong; a disk that is full keeps nothing."""
    problems = [str(p) for p in error.problems[:_MOST]] if isinstance(error, ProblemsFound) else []
    failure = {
        "at": datetime.now(UTC).isoformat(),
        "code": error.code,
        "message": str(error),
        "problems": problems,
    }
    try:
        root.var.mkdir(parents=True, exist_ok=True)
        write_json(root.var / "failure.json", failure)
    except OSError:
        return


def record_success(root: Root) -> None:
    """What went wrong before is over."""
    (root.var / "failure.json").unlink(missing_ok=True)


def last_failure(root: Root) -> dict[str, Any] | None:
    """What went wrong with the last publish; None when it went well."""
    try:
        loaded = json.loads((root.var / "failure.json").read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return loaded if isinstance(loaded, dict) else None
