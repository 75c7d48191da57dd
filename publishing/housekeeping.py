"""What is cleared away, and when? What a broken publish left, and releases beyond the last KB_KEEP that nobody serves."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime

from core.paths import Root
from publishing.layout import PARTIAL, Release, current, releases, releases_folder, switch
from publishing.lock import unused
from publishing.opened import is_whole


def settle(root: Root) -> str:
    """Bring var/ into order after whatever happened to the last publish. Called under the lock.

    Half-made folders go, and so do releases that were finished but never went live. When the live release has been deleted,
    the newest other one that is whole becomes live; the sentence that comes back says so (else empty). Raises OSError.
    """
    for half_made in releases_folder(root).glob(f"*{PARTIAL}"):
        shutil.rmtree(half_made, ignore_errors=True)
    for link in root.var.glob(".current-*"):
        link.unlink(missing_ok=True)
    live = current(root)
    if live is None:
        return _restore(root)
    mark_live(live)
    for release in releases(root):
        if release.name != live.name and "live_since" not in release.state():
            _take_away(release)
    return ""


def _restore(root: Root) -> str:
    if not (root.var / "current").is_symlink():
        return ""
    for release in reversed(releases(root)):
        state = release.state()
        if "live_since" in state and "withdrawn" not in state and is_whole(root, release):
            switch(root, release)
            return f"正在服务的发布不见了，先切回 {release.name}"
    return "正在服务的发布不见了，也没有别的可以切回"


def mark_live(release: Release) -> None:
    """Note that ``release`` has been live. A disk that refuses is no reason to stop: the next publish notes it."""
    if "live_since" in release.state():
        return
    try:
        release.set_state(live_since=datetime.now(UTC).isoformat())
    except OSError:
        return


def prune(root: Root, keep: int) -> list[str]:
    """Take away all but the live release and the newest others, ``keep`` in all; the names of those that went.

    One that a web process still serves stays until a later prune: each holds a shared lock on the manifest of its release.
    """
    live = current(root)
    others = [release for release in releases(root) if live is None or release.name != live.name]
    old = others[: max(len(others) - (keep - 1), 0)]
    return [release.name for release in old if _take_away(release)]


def _take_away(release: Release) -> bool:
    """Killed half-way, it is swept away by the next publish."""
    with unused(release) as free:
        if free:
            doomed = release.path.with_name(release.name + PARTIAL)
            try:
                release.path.rename(doomed)
            except OSError:
                return False
            shutil.rmtree(doomed, ignore_errors=True)
        return free
