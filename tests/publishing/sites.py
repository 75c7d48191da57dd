"""What do tests of publishing do to a site? Write an answer, commit, push, look at what is live."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from core.paths import Root
from publishing.layout import current, releases_folder
from publishing.opened import check_whole

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
    (root.kb / "policy" / "new.yml").write_text(f"- id: new\n  question: 怎么改电话号码？\n  answer: {text}。\n", "utf-8")


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


def kb(*arguments: str, before: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    """``kb`` as a process of its own; before: a command that runs it."""
    command = [*before, sys.executable, "-m", "cli", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)
