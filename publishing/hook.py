"""How does a push publish? A ``post-receive`` hook in a bare repository, which publishes one branch and tells the pusher."""

from __future__ import annotations

import re
import shlex
import sys
from pathlib import Path

from core.errors import GitError, HookError
from core.paths import Root
from publishing.git import git

_OURS = "# Installed by kb hook install."
_SCRIPT = """\
#!/bin/sh
{ours} A push to {branch} publishes the site; the pusher sees how it goes. Other branches publish nothing.
unset $(git rev-parse --local-env-vars)
pushed=""
while read -r _old new ref; do
    if [ "$ref" = {ref} ]; then pushed="$new"; fi
done
case "$pushed" in *[!0]*) ;; *) exit 0 ;; esac
export LC_ALL=C.UTF-8
exec {command}
"""


def install(root: Root, repository: Path, branch: str) -> Path:
    """Write the hook of ``repository``; the file. A hook of ours is replaced, any other is left alone.

    Raises HookError.
    """
    try:
        bare = git(repository, "rev-parse", "--is-bare-repository") == "true"
        folder = Path(git(repository, "rev-parse", "--absolute-git-dir")) / "hooks"
        git(repository, "check-ref-format", "--branch", branch)
    except GitError as error:
        raise HookError(
            f"{repository} 不是 git 仓库，或者分支名“{branch}”不能用", "先 git init --bare 建一个"
        ) from error
    if not bare:
        raise HookError(f"{repository} 有工作区，不适合接收推送", "用 git clone --bare 建一个裸仓库，往那里推送")
    path = folder / "post-receive"
    try:
        if path.exists() and _OURS not in path.read_text("utf-8", errors="replace"):
            raise HookError(f"{path} 已经有别的内容", "把它挪开，或自己在里面调用 kb publish --repository")
        folder.mkdir(exist_ok=True)
        path.write_text(_script(root, folder.parent, branch), encoding="utf-8")
        path.chmod(0o755)
    except OSError as error:
        raise HookError(f"{path} 写不进去（{error.strerror}）", "检查权限") from error
    return path


def _script(root: Root, repository: Path, branch: str) -> str:
    command = [sys.executable, "-m", "cli", "publish", "--root", str(root.path)]
    command += ["--repository", str(repository), "--branch", branch]
    return _SCRIPT.format(
        ours=_OURS,
        branch=re.sub(r"[^\w./-]", "?", branch),
        ref=shlex.quote(f"refs/heads/{branch}"),
        command=shlex.join(command),
    )
