"""Where do releases lie, and which one is live? ``var/releases/<commit>-<time>/`` and the symlink ``var/current``.

No order is read from a clock: releases are numbered, and a clock that jumps changes nothing.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.errors import ReleaseError
from core.paths import Root

PARTIAL = ".partial"


@dataclass(frozen=True)
class Release:
    """The folders of one finished release; customers are only ever served from ``public``, agents from ``desk`` too."""

    path: Path

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def public(self) -> Path:
        return self.path / "public"

    @property
    def site(self) -> Path:
        return self.public / "site"

    @property
    def index(self) -> Path:
        return self.public / "index"

    @property
    def data(self) -> Path:
        return self.public / "data"

    @property
    def desk(self) -> Path:
        """What signed-in agents are answered from: never served to anybody else."""
        return self.path / "desk"

    @property
    def desk_index(self) -> Path:
        return self.desk / "index"

    @property
    def desk_data(self) -> Path:
        return self.desk / "data"

    @property
    def source(self) -> Path:
        """kb/ and site_config/ as they were when this release was made."""
        return self.path / "source"

    def root(self, live: Root) -> Root:
        """The articles and dictionaries that this release was made from, with the var/ of the site ``live``."""
        return Root(self.source, live.var)

    @property
    def texts(self) -> Path:
        """What the release says on every channel; not for customers."""
        return self.path / "texts.json"

    def manifest(self) -> dict[str, Any]:
        """What was built, from what, and what the gate measured. Never changes.

        Raises ReleaseError when the release is damaged.
        """
        try:
            loaded: dict[str, Any] = json.loads((self.path / "manifest.json").read_text("utf-8"))
        except (OSError, ValueError) as error:
            raise ReleaseError(f"发布 {self.name} 不完整", "运行 kb publish 重新发布") from error
        if not isinstance(loaded, dict):
            raise ReleaseError(f"发布 {self.name} 不完整", "运行 kb publish 重新发布")
        return loaded

    @property
    def number(self) -> int:
        """The place in the order of releases; 0 for one that cannot be read."""
        try:
            return int(self.manifest().get("number", 0))
        except (ReleaseError, TypeError, ValueError):
            return 0

    def state(self) -> dict[str, Any]:
        """What has happened to it since: ``live_since``, and ``withdrawn`` when somebody rolled back from it."""
        try:
            loaded = json.loads((self.path / "state.json").read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return loaded if isinstance(loaded, dict) else {}

    def set_state(self, **changes: object) -> None:
        """Change the state; a value of None takes an entry away. Raises OSError."""
        state = {key: value for key, value in {**self.state(), **changes}.items() if value is not None}
        write_json(self.path / "state.json", state)


def write_json(path: Path, value: object) -> None:
    """Write ``value`` in one step: a reader sees the old file or the new one. Raises OSError."""
    fresh = path.with_name(f".{path.name}-{os.getpid()}")
    try:
        fresh.write_text(json.dumps(value, ensure_ascii=False, indent=1), encoding="utf-8")
        fresh.replace(path)
    except OSError:
        fresh.unlink(missing_ok=True)
        raise


def releases_folder(root: Root) -> Path:
    return root.var / "releases"


def releases(root: Root) -> list[Release]:
    """Every finished release, the oldest first."""
    folder = releases_folder(root)
    found = folder.iterdir() if folder.is_dir() else ()
    finished = [Release(p) for p in found if p.suffix != PARTIAL and (p / "manifest.json").is_file()]
    return sorted(finished, key=lambda release: (release.number, release.name))


def current(root: Root) -> Release | None:
    """The live release, None when there is none."""
    link = root.var / "current"
    try:
        target = link.parent / link.readlink()
    except OSError:
        return None
    return Release(target) if (target / "manifest.json").is_file() else None


def switch(root: Root, release: Release) -> None:
    """Make ``release`` the live one, in one step: readers see the old one or the new one. Raises OSError."""
    fresh = root.var / f".current-{os.getpid()}"
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(os.path.relpath(release.path, root.var))
    fresh.replace(root.var / "current")


def live_commit(root: Root) -> str:
    """The commit that the live release was built from, with ``+dirty`` when there was more in the folder than in the commit.

    Empty when there is no release that says so, or git had no part in it.
    """
    release = current(root)
    try:
        commit = str(release.manifest().get("commit", "")) if release is not None else ""
    except ReleaseError:
        return ""
    return "" if commit == "nogit" else commit
