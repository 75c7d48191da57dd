"""Which secret do all processes of a site share? A file that is made once, that nobody else may read."""

from __future__ import annotations

import contextlib
import logging
import os
import secrets
import tempfile
from pathlib import Path

log = logging.getLogger("kb.keys")
_SIZE = 32


def shared_key(path: Path) -> bytes:
    """The key in ``path``, made by whoever comes first. On a disk that cannot be written: one for this process and its forks."""
    try:
        return _read(path) or _make(path)
    except OSError as error:
        log.warning("key cannot be kept; it is new with every start", extra={"error": str(error)})
        return secrets.token_bytes(_SIZE)


def _read(path: Path) -> bytes:
    """Empty when there is none, or it was torn."""
    try:
        found = path.read_bytes()
    except FileNotFoundError:
        return b""
    if len(found) == _SIZE:
        return found
    path.unlink(missing_ok=True)
    return b""


def _make(path: Path) -> bytes:
    """Written aside and linked to its place: of two that come at once, one wins, and both read its key."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")  # readable by its owner alone
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_bytes(_SIZE))
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(name, path)
        return path.read_bytes()
    finally:
        Path(name).unlink(missing_ok=True)
