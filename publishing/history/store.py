"""Where is the history kept, and how is no line lost? ``var/history/<year>.jsonl``: only ever appended to, one lock.

A write that was broken off leaves a torn end. The next writer moves all that follows the last readable line to a file
of its own (``*.torn``) before it appends. A line that cannot be read elsewhere stays where it is; readers report both.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import ValidationError

from core.errors import HistoryError
from core.paths import Root
from publishing.history.entries import LINE, Gone, Live, Switch


@dataclass
class Lines:
    """What stands in the history, in order of ``seq``; notes: one Chinese sentence for each part that is not whole."""

    lines: list[Live | Gone | Switch] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def history_folder(root: Root) -> Path:
    return root.var / "history"


@contextmanager
def writing(root: Root) -> Iterator[None]:
    """One writer at a time; a torn end is set aside first.

    Raises OSError when the folder cannot be written.
    """
    folder = history_folder(root)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for path in _files(root)[-1:]:
            _set_aside(path)
        yield


def append(root: Root, lines: Sequence[Live | Gone | Switch]) -> None:
    """Write ``lines`` to the end in one go, and wait until they are on the disk. Only inside ``writing``.

    The file is that of the last line's year, but never an earlier one than the last file: the order of lines is that
    of ``seq``, whatever the clock does.
    """
    files = _files(root)
    name = max([f"{lines[-1].time.year:04}.jsonl", *(path.name for path in files[-1:])])
    path = history_folder(root) / name
    raw = b"".join(line.model_dump_json().encode() + b"\n" for line in lines)
    is_new = not path.exists()
    with path.open("ab", buffering=0) as file:
        start = file.tell()
        try:
            _write_all(file.fileno(), raw)
            os.fsync(file.fileno())
        except OSError:
            file.truncate(start)
            raise
    if is_new:
        _sync_folder(path.parent)


def last_line(root: Root) -> Live | Gone | Switch | None:
    """The last line, None when there is none. Only inside ``writing``, which has set a torn end aside.

    Raises HistoryError when a later version of this program wrote it.
    """
    for path in reversed(_files(root)):
        raw = path.read_bytes().rstrip(b"\n")
        if raw:
            line = _parse(raw[raw.rfind(b"\n") + 1 :])
            if line is None:
                raise HistoryError(f"{_shown(path)} 是更新版本的程序写的", "换回新版本的程序")
            return line
    return None


def read_lines(root: Root) -> Lines:
    """Everything that can be read, and a note for each part that cannot.

    Raises OSError when a file cannot be opened.
    """
    found = Lines()
    for torn in sorted(history_folder(root).glob("*.torn")):
        found.notes.append(f"有一次没写完的内容移到了 {_shown(torn)}，请留着备查")
    before = 0
    for path in _files(root):
        for number, raw in enumerate(path.read_bytes().splitlines(), 1):
            line = _parse(raw)
            if line is None:
                found.notes.append(f"{_shown(path)} 第 {number} 行读不出来，请用备份核对")
                before = -1
                continue
            if before >= 0 and line.seq != before + 1:
                found.notes.append(f"{_shown(path)} 第 {number} 行之前缺了记录，请用备份核对")
            before = line.seq
            found.lines.append(line)
    return found


def _shown(path: Path) -> str:
    """A file of the history as messages name it."""
    return f"var/history/{path.name}"


def _files(root: Root) -> list[Path]:
    """The files of the history, oldest first: their names are years of four digits."""
    return sorted(history_folder(root).glob("[0-9][0-9][0-9][0-9].jsonl"))


def _parse(raw: bytes) -> Live | Gone | Switch | None:
    try:
        return LINE.validate_json(raw)
    except ValidationError:
        return None


def _set_aside(path: Path) -> None:
    """Move what follows the last readable line of ``path`` into a file of its own."""
    raw = path.read_bytes()
    end = _readable_end(raw)
    if end == len(raw):
        return
    number = 1 + len(list(path.parent.glob(f"{path.stem}-*.torn")))
    with (path.parent / f"{path.stem}-{number}.torn").open("xb") as aside:
        aside.write(raw[end:])
        aside.flush()
        os.fsync(aside.fileno())
    _sync_folder(path.parent)
    with path.open("r+b") as file:
        file.truncate(end)
        os.fsync(file.fileno())


def _readable_end(raw: bytes) -> int:
    """Where the last whole line ends. A line of a later version of this program is whole too."""
    end = raw.rfind(b"\n") + 1
    while end > 0:
        start = raw.rfind(b"\n", 0, end - 1) + 1
        try:
            if "seq" in json.loads(raw[start:end]):
                return end
        except (ValueError, TypeError):
            pass
        end = start
    return 0


def _write_all(descriptor: int, raw: bytes) -> None:
    """All of ``raw``: one call may write less than it was given."""
    rest = memoryview(raw)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def _sync_folder(folder: Path) -> None:
    """The names in ``folder`` are on the disk too."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
