"""How do publishes keep out of each other's way, and how is a release kept while somebody still serves it?

Both by ``flock``: the kernel lets go of it when a process dies, however it dies.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO

from core.errors import DiskError, WorkerError
from core.paths import Root
from publishing.layout import Release, releases_folder


@contextmanager
def publishing_lock(root: Root, waiting: Callable[[], None] = lambda: None) -> Iterator[None]:
    """One publish or rollback at a time; the second waits for the first. waiting: called when it has to.

    Raises DiskError when var/ cannot be written.
    """
    with _opened(root, "publish.lock") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            waiting()
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def worker_lock(root: Root) -> Iterator[None]:
    """One worker for each site. Raises WorkerError when there is one."""
    with _opened(root, "worker.lock") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise WorkerError("这个站点已经有一个 worker 在运行", "不用再启动；kb serve 自己会带一个") from error
        yield


def hold(release: Release) -> IO[bytes] | None:
    """Keep ``release`` from being pruned for as long as the file that comes back is open.

    None when it is being taken away at this moment, or is gone.
    """
    try:
        file = (release.path / "manifest.json").open("rb")
    except OSError:
        return None
    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        if os.fstat(file.fileno()).st_nlink:
            return file
    except OSError:
        pass
    file.close()
    return None


@contextmanager
def unused(release: Release) -> Iterator[bool]:
    """Whether no process serves ``release``; while it is so, none can begin to."""
    try:
        file = (release.path / "manifest.json").open("rb")
    except OSError:
        yield True
        return
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
            return
        yield True


@contextmanager
def _opened(root: Root, name: str) -> Iterator[IO[str]]:
    try:
        releases_folder(root).mkdir(parents=True, exist_ok=True)
        file = (root.var / name).open("w")
    except OSError as error:
        raise DiskError(f"{root.var} 不能写入（{error.strerror}）", "换一个可以写的文件夹，或改它的权限") from error
    with file:
        _OURS.add(file)
        try:
            yield file
        finally:
            _OURS.discard(file)


_OURS: set[IO[str]] = set()


def _let_go() -> None:
    """In a helper that was forked off: a lock is its parent's, and must not outlive it when the helper does."""
    for file in _OURS:
        file.close()
    _OURS.clear()


os.register_at_fork(after_in_child=_let_go)
