"""How does it go live? Under a lock: check, build when something has changed, then one symlink moves."""

from __future__ import annotations

import errno
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from dataclasses import replace
from datetime import UTC, datetime

from articles.checking import load_checked
from articles.loading import Kb
from core.errors import DiskError, KbError, ReleaseError
from core.paths import Root
from core.settings import settings
from publishing import queue
from publishing.approvals import require_approvals
from publishing.content import content_hash, source_hash, stamp
from publishing.git import Branch
from publishing.history.record import record_live
from publishing.housekeeping import mark_live, prune, settle
from publishing.layout import Release, current, live_commit, releases, switch
from publishing.lock import publishing_lock
from publishing.opened import is_whole
from publishing.outcome import record_failure, record_success
from publishing.progress import CHECK, PRUNE, SILENT, SWITCH, Progress
from publishing.source import Opener, Source, live_again, newest_commit, origin, working_tree
from publishing.steps import Order, make

Clock = Callable[[], datetime]
Published = tuple[Release, bool]
_SERVES_ON = "原来的站点照常服务"
_REASONS = {
    errno.ENOSPC: "磁盘满了",
    errno.EDQUOT: "磁盘配额用完了",
    errno.EFBIG: "文件超过了允许的大小",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "磁盘只能读",
}


def now() -> datetime:
    """The wall clock."""
    return datetime.now(UTC)


def publish(
    root: Root, progress: Progress = SILENT, *, rebuild: bool = False, force: str = "", clock: Clock = now
) -> Published:
    """The live release of ``root`` as its files stand now, and whether it had to be built.

    rebuild: build even when nothing has changed, every page anew; force: why to go on when the relevance gate refuses or
    this content has been rolled back. Raises ProblemsFound for bad content, ReleaseError when the gate refuses, DiskError
    when the folder cannot be written. The old release stays live until the last step.
    """
    return _go(root, lambda: working_tree(root), progress, rebuild=rebuild, force=force, clock=clock)


def publish_branch(
    root: Root, branch: Branch, progress: Progress = SILENT, *, force: str = "", clock: Clock = now
) -> Published:
    """As ``publish``, of the newest commit of ``branch``: pushes that came during a build are published as one.

    Asked for in the queue first, so that a worker finishes what is killed here. Raises GitError too.
    """
    queue.put(root, branch)
    return publish_asked(root, branch, progress, force=force, clock=clock)


def publish_asked(
    root: Root, branch: Branch, progress: Progress = SILENT, *, force: str = "", clock: Clock = now
) -> Published:
    """As ``publish_branch``, of what already stands in the queue: what comes in time is done with it, and taken out
    unless trying again later may help."""
    done = False
    with _locked(root, progress):
        asked = queue.waiting(root, branch)
        latest = replace(branch, fetch=branch.fetch or any(request.branch.fetch for request in asked))
        try:
            published = _publish(root, newest_commit(root, latest), progress, force=force, clock=clock)
            done = True
        except KbError as error:
            done = not error.passes
            raise
        finally:
            if done:
                queue.remove(asked)
    return published


def publish_again(root: Root, progress: Progress = SILENT, *, clock: Clock = now) -> Published:
    """What is live once more: nothing to do, unless the day or the code has changed. Raises ReleaseError without one.

    The relevance gate does not stop it: an answer that is out of date must go.
    """

    def opened() -> Opener:
        live = current(root)
        if live is None:
            raise ReleaseError("还没有发布", "先运行 kb publish")
        return live_again(root, live)

    return _go(root, opened, progress, force="自动重做：到了日期，或程序换了版本", clock=clock)


def publish_origin(root: Root, progress: Progress = SILENT) -> Published:
    """Where the live release came from, as it stands now: its branch when it was pushed, else the working tree."""
    live = current(root)
    branch = origin(live) if live else None
    return publish_branch(root, branch, progress) if branch else publish(root, progress)


def _locked(root: Root, progress: Progress) -> AbstractContextManager[None]:
    return publishing_lock(root, lambda: progress.note("另一次发布正在进行，等它做完"))


def _go(
    root: Root,
    source: Callable[[], Opener],
    progress: Progress,
    *,
    rebuild: bool = False,
    force: str = "",
    clock: Clock = now,
) -> Published:
    with _locked(root, progress):
        return _publish(root, source(), progress, rebuild=rebuild, force=force, clock=clock)


def _publish(
    root: Root, opener: Opener, progress: Progress, *, rebuild: bool = False, force: str = "", clock: Clock = now
) -> Published:
    """Under the lock."""
    try:
        lost = settle(root)
        if lost:
            progress.note(lost)
        record_live(root)  # what a crash after the last switch left out of the history
        with opener as source:
            published = _make_live(root, source, progress, rebuild, force, clock())
    except OSError as error:
        _sweep(root)
        reason = _REASONS.get(error.errno or 0) or error.strerror or str(error)
        failed = DiskError(f"发布写不下去（{reason}）", f"腾出空间或改好权限再发布；{_SERVES_ON}")
        record_failure(root, failed)
        raise failed from error
    except KbError as error:
        _sweep(root)
        if current(root) is not None:
            error.fix = "；".join(part for part in (error.fix, _SERVES_ON) if part)
        record_failure(root, error)
        raise
    record_success(root)
    return published


def _sweep(root: Root) -> None:
    """After a failure; a disk that refuses even that is left to the next publish."""
    with suppress(OSError):
        settle(root)


def _make_live(
    root: Root, source: Source, progress: Progress, rebuild: bool, force: str, moment: datetime
) -> Published:
    progress.step(CHECK)
    before = stamp(source.root)
    kb = load_checked(source.root)
    content = content_hash(kb, moment.astimezone().date())
    live = current(root)
    whole = live if live is not None and is_whole(root, live) else None
    if whole is not None and not rebuild and not _differs(whole, source, content):
        return whole, False
    if not source.again and not force:
        _check_not_withdrawn(root, source, live)
    if not source.again:
        require_approvals(*_in_git(root, source, kb))
    order = Order(source, kb, content, moment, None if rebuild else whole, force)
    release = make(root, order, progress)
    if stamp(source.root) != before:
        raise ReleaseError("发布途中有文件又改了", "存好以后再发布一次")
    progress.step(SWITCH)
    switch(root, release)
    mark_live(release)
    record_live(root)
    progress.step(PRUNE)
    prune(root, settings().keep)
    return release, True


def _in_git(root: Root, source: Source, kb: Kb) -> tuple[Root, Kb, str, str]:
    """What approvals are looked up by: the repository, the articles, the live commit, and the one to publish."""
    if source.branch is None:
        return root, kb, live_commit(root), "HEAD"
    return source.branch.place, kb, live_commit(root), source.commit


def _differs(live: Release, source: Source, content: str) -> bool:
    """Whether ``source`` is anything else than what is live; the same files by a better name are, too."""
    manifest = live.manifest()
    if manifest.get("content") != content:
        return True
    named = manifest.get("commit", "").endswith("+dirty") and not source.commit.endswith("+dirty")
    return named or (source.branch is not None and origin(live) != source.branch)


def _check_not_withdrawn(root: Root, source: Source, live: Release | None) -> None:
    """What somebody has rolled back from does not come back by itself."""
    this = source_hash(source.root)
    for release in releases(root):
        withdrawn = release.state().get("withdrawn")
        if withdrawn and release.manifest().get("source") == this and (live is None or release.name != live.name):
            serving = f"，站点仍是 {live.name}" if live else ""
            raise ReleaseError(
                f"这一版内容已被回退（{release.name}）{serving}",
                f"改好再发布；确实要原样上线，用 kb rollback {release.name}，或 kb publish --force 理由",
            )
