"""Who has asked for a publish that is not done yet? One small file each in ``var/queue``, written and removed whole.

A request names a branch, not a commit: whoever works the queue off publishes the newest commit of it, so requests that
came meanwhile are done as well, in whatever order they came.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from core.errors import DiskError
from core.paths import Root
from publishing.git import Branch
from publishing.layout import write_json


@dataclass(frozen=True)
class Request:
    """A file of the queue."""

    path: Path
    branch: Branch


def put(root: Root, branch: Branch) -> Request:
    """Ask for the newest commit of ``branch``. Raises DiskError when it cannot be written down."""
    path = folder(root) / f"{uuid.uuid4().hex}.json"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_json(path, asdict(branch))
    except OSError as error:
        raise DiskError(f"发布请求记不下来（{error.strerror}）", "腾出空间或改好 var/ 的权限") from error
    return Request(path, branch)


def waiting(root: Root, branch: Branch | None = None) -> list[Request]:
    """What has been asked for, of ``branch`` or at all; a file that says nothing is thrown away."""
    found = []
    for path in sorted(folder(root).glob("*.json")):
        try:
            asked = Branch(**json.loads(path.read_text("utf-8")))
        except FileNotFoundError:  # somebody was quicker
            continue
        except (OSError, ValueError, TypeError):
            path.unlink(missing_ok=True)
            continue
        if branch is None or (asked.repository, asked.name) == (branch.repository, branch.name):
            found.append(Request(path, asked))
    return found


def remove(requests: Iterable[Request]) -> None:
    """These are done."""
    for request in requests:
        request.path.unlink(missing_ok=True)


def folder(root: Root) -> Path:
    return root.var / "queue"
