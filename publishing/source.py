"""Which articles does a publish build? The working tree, the newest commit of a branch, or a copy kept in a release."""

from __future__ import annotations

import filecmp
import os
import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from core.errors import ReleaseError
from core.paths import Root
from publishing.files import walk
from publishing.git import SHORT, Branch, export, standing_on, tip
from publishing.layout import PARTIAL, Release, releases_folder
from publishing.reuse import link


@dataclass(frozen=True)
class Source:
    """root: the tree, with the var/ of the site; commit: ``+dirty`` when the tree differs from it; branch: where a
    commit came from, None for a working tree; again: made once more from what is live, so nobody is asked."""

    root: Root
    commit: str
    branch: Branch | None = None
    again: bool = False


Opener = AbstractContextManager[Source]


@contextmanager
def working_tree(root: Root) -> Iterator[Source]:
    """The files as they stand."""
    yield Source(root, standing_on(root))


@contextmanager
def newest_commit(root: Root, branch: Branch) -> Iterator[Source]:
    """The newest commit of ``branch``, exported. Raises GitError, ReleaseError."""
    commit = tip(branch)
    folder = releases_folder(root) / f"export-{os.getpid()}{PARTIAL}"
    try:
        shutil.rmtree(folder, ignore_errors=True)
        export(branch, commit, folder)
        yield Source(Root(folder, root.var), commit[:SHORT], branch)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def live_again(root: Root, release: Release) -> Iterator[Source]:
    """What ``release`` was made from, for another day or other code. Raises ReleaseError when it kept no copy."""
    ours = release.root(root)
    if not ours.kb.is_dir():
        raise ReleaseError(f"发布 {release.name} 里没有留下文章的原文", "运行 kb publish 重新发布")
    yield Source(ours, str(release.manifest().get("commit", "nogit")), origin(release), again=True)


def origin(release: Release) -> Branch | None:
    """The branch that ``release`` was published from; None for a working tree."""
    stored = release.manifest().get("branch")
    return Branch(**stored) if isinstance(stored, dict) else None


def origin_as_json(source: Source) -> dict[str, object] | None:
    return asdict(source.branch) if source.branch else None


def keep_copy(source: Source, fresh: Release, last: Release | None) -> None:
    """Copy the articles and the configuration into ``fresh``; what is the same as in ``last`` is linked. Raises OSError."""
    for folder in (source.root.kb, source.root.config):
        for path in walk(folder):
            name = path.relative_to(source.root.path)
            target = fresh.source / name
            old = last.source / name if last else None
            if old is not None and _same(path, old):
                link(old, target)
            else:
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, target)


def _same(path: Path, old: Path) -> bool:
    return old.is_file() and filecmp.cmp(path, old, shallow=False)
