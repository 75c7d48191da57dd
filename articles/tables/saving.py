"""How are many files changed at once, all or none? New contents are written beside the old ones first, then exchanged.

A failure on the way puts everything back. Old contents keep a second name until the end, so that putting them back needs no space.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from core.errors import TableError


@dataclass(frozen=True)
class Change:
    """One file. before: what it was when it was read, None when there was none; after: what it becomes, None when it goes."""

    path: Path
    before: bytes | None
    after: bytes | None


def save(changes: Sequence[Change]) -> None:
    """Make every change, or none.

    Raises TableError when one cannot be made, or a file is not any more what it was when it was read.
    """
    # Names with a dot in front are nobody's articles. A link is followed: the file that it names is exchanged.
    mark = uuid4().hex[:8]
    targets = [Path(os.path.realpath(change.path)) for change in changes]
    fresh = [target.with_name(f".{target.name}.{mark}.new") for target in targets]
    aside = [target.with_name(f".{target.name}.{mark}.old") for target in targets]
    made: list[Path] = []
    done: list[int] = []
    try:
        for change, target, temporary in zip(changes, targets, fresh, strict=True):
            if (target.read_bytes() if target.exists() else None) != change.before:
                raise TableError(f"导入期间 {target.name} 被别人改了，什么也没有写", "再运行一次")
            _make_folder(target.parent, made)
            if change.after is not None:
                _write(temporary, change.after, like=target)
        for number, change in enumerate(changes):
            done.append(number)
            if change.before is not None:
                _keep(targets[number], aside[number])
            if change.after is None:
                targets[number].unlink()
            else:
                fresh[number].replace(targets[number])
    except (OSError, TableError, KeyboardInterrupt) as error:
        for number in reversed(done):
            _put_back(changes[number], targets[number], aside[number], fresh[number])
        for folder in reversed(made):
            with suppress(OSError):
                folder.rmdir()
        if isinstance(error, OSError):
            raise TableError(
                f"文件没有写成（{error.strerror}），什么也没有改", "检查磁盘空间和文件夹的权限，再运行一次"
            ) from error
        raise
    finally:
        for temporary in fresh:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
    for old in aside:
        with suppress(OSError):
            old.unlink(missing_ok=True)


def _make_folder(folder: Path, made: list[Path]) -> None:
    if not folder.exists():
        _make_folder(folder.parent, made)
        folder.mkdir()
        made.append(folder)


def _keep(target: Path, aside: Path) -> None:
    try:
        aside.hardlink_to(target)
    except OSError:  # a file system without links
        shutil.copy2(target, aside)


def _write(path: Path, content: bytes, like: Path) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    if like.exists():
        shutil.copymode(like, path)


def _put_back(change: Change, target: Path, aside: Path, fresh: Path) -> None:
    """Undo one change, wherever it stopped: the new file has gone in when it is not waiting beside any more."""
    with suppress(OSError):
        if aside.exists():
            aside.replace(target)
        elif change.before is None and not fresh.exists():
            target.unlink(missing_ok=True)
