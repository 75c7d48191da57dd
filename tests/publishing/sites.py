"""What do tests of publishing do to a site? Write an answer, commit, push, look at what is live."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from click.testing import CliRunner, Result

from cli import main
from core.paths import Root
from publishing.layout import current, releases_folder
from publishing.opened import check_whole
from publishing.progress import Progress

IDENTITY = ["-c", "user.name=编辑", "-c", "user.email=editor@example.invalid"]


def git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """``git`` that has to work; what it said."""
    command = ["git", "-C", str(folder), *IDENTITY, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True)


def commit(root: Root, message: str) -> None:
    git(root.path, "add", "-A")
    git(root.path, "commit", "-q", "--allow-empty", "-m", message)


def push(root: Root, branch: str = "main") -> str:
    """Push; what the pusher sees of it."""
    return git(root.path, "push", "origin", f"HEAD:{branch}").stderr


def answer(root: Root, text: str) -> None:
    """Write one article that says ``text``."""
    (root.kb / "policy" / "new.yml").write_text(
        f"- id: new\n  question: 怎么改电话号码？\n  answer: {text}。\n", "utf-8"
    )


def live_name(root: Root) -> str:
    """The name of the live release, which has to be whole to the last byte, with nothing half-made beside it."""
    live = current(root)
    assert live is not None
    check_whole(root, live, content=True)
    return live.name


def says(root: Root, text: str) -> bool:
    """Whether the live page of that article says ``text``."""
    live = current(root)
    assert live is not None
    page = live.site / "policy" / "new" / "index.html"
    return page.is_file() and text in page.read_text("utf-8")


def leftovers(root: Root) -> list[str]:
    return [p.name for p in releases_folder(root).glob("*.partial")]


def kb(*arguments: str) -> Result:
    """``kb`` in this process."""
    return CliRunner().invoke(main, list(arguments))


def in_child(work: Callable[[], object]) -> int:
    """Do ``work`` in a process of its own; its exit code, negative for a signal that killed it."""
    child = multiprocessing.get_context("fork").Process(target=work)
    child.start()
    child.join(120)
    assert child.exitcode is not None
    return child.exitcode


class At(Progress):
    """A publish in which something happens as one step begins."""

    def __init__(self, step: str, happens: Callable[[], object]) -> None:
        self._step, self._happens = step, happens

    def step(self, name: str, length: int = 0) -> Callable[[int], None]:
        if name == self._step:
            self._happens()
        return super().step(name, length)


def die() -> None:
    """Nobody can catch it."""
    os.kill(os.getpid(), signal.SIGKILL)


def wait_for(what: Callable[[], bool]) -> None:
    """Until it is so."""
    end = time.monotonic() + 60
    while not what():
        assert time.monotonic() < end
        time.sleep(0.02)
