"""Releases without their pages, made in an instant: what the history reads of them is real."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from articles.last_commits import last_commits
from articles.loading import load
from core.paths import Root
from publishing.layout import Release, releases_folder, switch
from publishing.texts import render_texts, write_texts

GoLive = Callable[..., Release]


def write(root: Root, name: str, answer: str, **fields: str) -> None:
    """An article of one sentence."""
    path = root.kb / name
    path.parent.mkdir(parents=True, exist_ok=True)
    front = "".join(f"{key}: {value}\n" for key, value in fields.items())
    path.write_text(f"---\nid: {path.stem}\nquestion: {path.stem} 怎么办？\n{front}---\n{answer}\n", "utf-8")


@pytest.fixture
def root(tmp_path: Path) -> Root:
    (tmp_path / "made" / "kb").mkdir(parents=True)
    made = Root.at(tmp_path / "made")
    write(made, "a/one.md", "一的第一版。")
    write(made, "a/two.md", "二的第一版。")
    return made


@pytest.fixture
def go_live() -> GoLive:
    """Switch ``root`` to a new release ``name`` of its files at ``time`` (local), or back to the one that is there."""

    def do(root: Root, name: str, time: str, day: date = date(2026, 5, 1)) -> Release:
        release = Release(releases_folder(root) / name)
        if not release.path.exists():
            release.path.mkdir(parents=True)
            write_texts(release, render_texts(load(root), day, last_commits(root)))
            (release.path / "manifest.json").write_text(json.dumps({"commit": f"c-{name}"}), "utf-8")
        switch(root, release)
        stamp = datetime.fromisoformat(time).astimezone(UTC).timestamp()
        os.utime(root.var / "current", (stamp, stamp), follow_symlinks=False)
        return release

    return do
