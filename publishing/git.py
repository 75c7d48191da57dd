"""What does git have to publish? The newest commit of a branch, what a tree stands on, and the files of a commit."""

from __future__ import annotations

import subprocess
import tarfile
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from articles.git import CONTENT, GIT, run_git
from core.errors import GitError, ReleaseError
from core.paths import Root

SHORT = 12


@dataclass(frozen=True)
class Branch:
    """A branch of a repository on this machine; fetch: ask its remote ``origin`` first, when it has one."""

    repository: str
    name: str
    fetch: bool = field(default=False, compare=False)

    @property
    def place(self) -> Root:
        """The repository, as the places that ask git about articles name it."""
        return Root(Path(self.repository))


def git(repository: Path | str, *arguments: str) -> str:
    """What ``git`` prints, without the newline at its end. Raises GitError."""
    return run_git(repository, *arguments).decode("utf-8", "replace").strip()


def tip(branch: Branch) -> str:
    """The full id of the newest commit of ``branch``. Raises GitError when there is none."""
    ref = f"refs/heads/{branch.name}"
    if branch.fetch and "origin" in git(branch.repository, "remote").split():
        kept = f"refs/remotes/origin/{branch.name}"
        git(branch.repository, "fetch", "--quiet", "--no-tags", "origin", f"+{ref}:{kept}")
        ref = kept
    try:
        return git(branch.repository, "rev-parse", "--verify", "--quiet", f"{ref}^{{commit}}")
    except GitError as error:
        if not Path(branch.repository).is_dir():
            raise
        message = f"{branch.repository} 里没有 {branch.name} 分支"
        raise GitError(message, "先推送这个分支，或用 KB_BRANCH 换一个") from error


def export(branch: Branch, commit: str, folder: Path) -> None:
    """Write kb/ and site_config/ of ``commit`` into ``folder`` (new): plain files and nothing else.

    What an editor pushes is not trusted: a link or a path that leads away is refused. Raises ReleaseError, GitError.
    """
    folder.mkdir(parents=True)
    there = git(branch.repository, "ls-tree", "--name-only", commit, *CONTENT).split()
    if "kb" not in there:
        raise ReleaseError(f"提交 {commit[:SHORT]} 里没有 kb 文件夹", "文章放在 kb/<类别>/ 里，提交后再推送")
    command = [*GIT, "-C", branch.repository, "archive", "--format=tar", commit, "--", *there]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as archive:
        assert archive.stdout is not None
        try:
            with tarfile.open(fileobj=archive.stdout, mode="r|") as files:
                for member in files:
                    _write(files, member, folder)
        except tarfile.TarError as error:
            raise GitError(f"提交 {commit[:SHORT]} 导不出来", "在仓库里运行 git fsck 看看") from error
        finally:
            archive.stdout.close()


def _write(files: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> None:
    path = PurePosixPath(member.name)
    if member.isdir():
        return
    if not member.isreg() or path.is_absolute() or ".." in path.parts or path.parts[0] not in CONTENT:
        raise ReleaseError(f"{member.name} 不是普通文件", "kb/ 和 site_config/ 里只放普通文件，不要用链接")
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    content = files.extractfile(member)
    target.write_bytes(content.read() if content else b"")


def standing_on(root: Root) -> str:
    """The commit that the tree stands on, with +dirty when kb/ or site_config/ differ from it; ``nogit`` without git."""
    try:
        head = git(root.path, "rev-parse", f"--short={SHORT}", "HEAD")
        return head + ("+dirty" if git(root.path, "status", "--porcelain", "--", *CONTENT) else "")
    except GitError:
        return "nogit"
