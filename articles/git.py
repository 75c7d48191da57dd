"""What does git say? The one place that starts it, and what it tells of the files under a root; nothing here writes to a repository."""

from __future__ import annotations

import io
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from core.errors import GitError
from core.paths import Root

CONTENT = ("kb", "site_config")
_WAIT = 120
# A git hook names its own repository in the environment; ours is the one of the folder.
GIT = ("env", "-u", "GIT_DIR", "-u", "GIT_WORK_TREE", "-u", "GIT_INDEX_FILE", "-u", "GIT_PREFIX", "git")


def run_git(folder: Path | str, *arguments: str) -> bytes:
    """What ``git ARGUMENTS`` prints in ``folder``; it never asks anybody for a password. Raises GitError."""
    try:
        done = subprocess.run(
            [*GIT, "--literal-pathspecs", "-C", str(folder), "-c", "core.quotePath=false", *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_WAIT,
            start_new_session=True,  # without a terminal nobody can be asked
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise GitError(f"git 没有应答（{type(error).__name__}）", "看 git 装了没有、网络通不通") from error
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise GitError(f"git 读不了 {folder}：{said[-1] if said else done.returncode}", "检查仓库的位置和权限")
    return done.stdout


def git(root: Root, *arguments: str) -> bytes | None:
    """What ``git ARGUMENTS`` prints in the folder of ``root``; None when it fails or there is no git."""
    try:
        return run_git(root.path, *arguments)
    except GitError:
        return None


def git_line(root: Root, *arguments: str) -> str:
    """The same as text without the newline at its end; empty when it fails."""
    return (git(root, *arguments) or b"").decode("utf-8", "replace").strip()


def commit_of(root: Root, reference: str) -> str:
    """The full hash of the commit that ``reference`` names.

    Raises GitError when ``root`` is in no repository, or the repository has no such commit.
    """
    if not git_line(root, "rev-parse", "--git-dir"):
        raise GitError(f"{root.path} 不在 git 仓库里", "先 git clone 知识库，或运行 git init 并提交一次")
    found = git_line(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{reference}^{{commit}}")
    if not found:
        raise GitError(f"仓库里没有“{reference}”这个版本", "检查写法；浅克隆的仓库先运行 git fetch --unshallow")
    return found


def git_names(root: Root, *arguments: str) -> list[str]:
    """The names that a git command with ``-z`` prints; none when it fails."""
    listed = (git(root, *arguments) or b"").decode("utf-8", "surrogateescape")
    return [name for name in listed.split("\0") if name]


@contextmanager
def exported(root: Root, commit: str, paths: Sequence[str] = CONTENT) -> Iterator[Root]:
    """kb/ and site_config/ (or only ``paths`` of them) as they stood in ``commit``, in a temporary folder.

    Links and other things that are no plain files are left out. Raises GitError when the commit cannot be read.
    """
    with tempfile.TemporaryDirectory(prefix="kb-") as name:
        folder = Path(name)
        (folder / "kb").mkdir()
        listed = git(root, "ls-tree", "-r", "-z", "--name-only", commit, "--", *paths)
        if listed is None:
            raise GitError(f"提交 {commit[:12]} 读不出来", "检查仓库是否完整：git fsck")
        if listed:
            packed = git(root, "archive", "--format=tar", commit, "--", *_present(listed, paths))
            if packed is None:
                raise GitError(f"提交 {commit[:12]} 读不出来", "检查仓库是否完整：git fsck")
            _unpack(packed, folder)
        yield Root(folder)


def _present(listed: bytes, paths: Sequence[str]) -> list[str]:
    """Those of ``paths`` that the commit has; git archive refuses the others."""
    names = listed.decode("utf-8", "surrogateescape").split("\0")
    return [path for path in paths if any(n == path or n.startswith(f"{path}/") for n in names)]


def _unpack(packed: bytes, folder: Path) -> None:
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        for member in archive:
            parts = PurePosixPath(member.name).parts
            held = archive.extractfile(member) if member.isfile() and ".." not in parts else None
            if held is not None:
                target = folder.joinpath(*parts)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(held.read())
