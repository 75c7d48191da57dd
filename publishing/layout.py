"""Where do releases lie, and which one is live? ``var/releases/<commit>-<time>/`` and the symlink ``var/current``."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.errors import ReleaseError
from core.paths import Root


@dataclass(frozen=True)
class Release:
    """The folders of one finished release."""

    path: Path

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def site(self) -> Path:
        return self.path / "public" / "site"

    @property
    def index(self) -> Path:
        return self.path / "public" / "index"

    @property
    def data(self) -> Path:
        return self.path / "public" / "data"

    @property
    def texts(self) -> Path:
        """What the release says on every channel; not for customers."""
        return self.path / "texts.json"

    def manifest(self) -> dict[str, Any]:
        """What was built, from what, and what the gate measured.

        Raises ReleaseError when the release is damaged.
        """
        try:
            loaded: dict[str, Any] = json.loads((self.path / "manifest.json").read_text("utf-8"))
        except (OSError, ValueError) as error:
            raise ReleaseError(f"发布 {self.name} 不完整", "运行 kb publish 重新发布") from error
        if not isinstance(loaded, dict):
            raise ReleaseError(f"发布 {self.name} 不完整", "运行 kb publish 重新发布")
        return loaded


def releases_folder(root: Root) -> Path:
    return root.var / "releases"


def current(root: Root) -> Release | None:
    """The live release, None when there is none."""
    link = root.var / "current"
    try:
        target = link.parent / link.readlink()
    except OSError:
        return None
    return Release(target) if (target / "manifest.json").is_file() else None


def switch(root: Root, release: Release) -> None:
    """Make ``release`` the live one, in one step: readers see the old one or the new one."""
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
