"""How does an earlier release become live again, and which releases are there?"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from core.errors import DiskError, IndexMismatch, ReleaseError
from core.paths import Root
from publishing.history.record import record_live
from publishing.housekeeping import mark_live, settle
from publishing.layout import Release, current, releases, switch
from publishing.lock import publishing_lock
from publishing.opened import check_whole
from publishing.outcome import record_success


def roll_back(root: Root, name: str | None = None, reason: str = "") -> Release:
    """Make the release ``name`` live, by default the one before the live one, after reading every byte of it.

    The content that was left is marked as withdrawn: it does not come back by itself. Going forward again takes the mark
    away. Raises ReleaseError when there is no such release or it is damaged, DiskError.
    """
    with publishing_lock(root):
        settle(root)
        live = current(root)
        target = _named(root, name, live) if name else _before(root, live)
        try:
            check_whole(root, target, content=True)
        except IndexMismatch as error:
            message = f"发布 {target.name} 是用别的程序版本做的，不能直接切回去"
            raise ReleaseError(message, "用 git revert 退回那次提交，再发布一次") from error
        record_live(root)  # what a crash after the last switch left out of the history
        try:
            switch(root, target)
            mark_live(target)
            record_live(root)
            target.set_state(withdrawn=None)
            if live is not None and live.number > target.number:
                left = {"at": datetime.now(UTC).isoformat(), "to": target.name, "reason": reason}
                live.set_state(withdrawn=left)
        except OSError as error:
            raise DiskError(f"回退没有做完（{error.strerror}）", "腾出空间或改好权限，再退一次") from error
        record_success(root)
    return target


def _named(root: Root, name: str, live: Release | None) -> Release:
    found = next((release for release in releases(root) if release.name == name), None)
    if found is None:
        raise ReleaseError(f"没有叫“{name}”的发布", "用 kb releases 看有哪些")
    if live is not None and found.name == live.name:
        raise ReleaseError(f"现在服务的就是 {name}", "用 kb releases 看有哪些")
    return found


def _before(root: Root, live: Release | None) -> Release:
    """The newest release that is older than the live one and has not been rolled back from."""
    known = [r for r in releases(root) if live is None or r.number < live.number]
    good = [release for release in known if "withdrawn" not in release.state()]
    if not good:
        raise ReleaseError("没有更早的发布可以退回", "用 git revert 退回那次提交，再发布一次")
    return good[-1]


@dataclass(frozen=True)
class Row:
    """One release as ``kb releases`` shows it; reason: why it was forced, or why it was rolled back from."""

    name: str
    number: int
    built: str
    commit: str
    dirty: bool
    articles: int
    live: bool
    forced: bool
    rolled_back: bool
    reason: str

    def as_dict(self) -> dict[str, object]:
        return asdict(self)


def list_releases(root: Root) -> list[Row]:
    """Every release that is kept, the newest first."""
    live = current(root)
    return [_row(release, live) for release in reversed(releases(root))]


def _row(release: Release, live: Release | None) -> Row:
    try:
        manifest = release.manifest()
    except ReleaseError:  # damaged, and listed all the same
        manifest = {}
    withdrawn = release.state().get("withdrawn") or {}
    commit = str(manifest.get("commit", ""))
    return Row(
        name=release.name,
        number=release.number,
        built=str(manifest.get("built", "")),
        commit=commit.removesuffix("+dirty"),
        dirty=commit.endswith("+dirty"),
        articles=int(manifest.get("articles", 0)),
        live=live is not None and live.name == release.name,
        forced=bool(manifest.get("forced")),
        rolled_back=bool(withdrawn),
        reason=str(withdrawn.get("reason") or manifest.get("forced") or ""),
    )
