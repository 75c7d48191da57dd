"""A real git repository for tests: commits by whom, with which trailers."""

from __future__ import annotations

import subprocess
from pathlib import Path

# Whatever the machine's own configuration says, and whichever hook started the tests.
_CLEAN = ["env", "-i", "GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_NOSYSTEM=1", "LC_ALL=C.UTF-8"]
ZHANG = "张三 <zhang@example.invalid>"
LI = "李四 <li@example.invalid>"


class Repository:
    """The working tree at ``path``, made a repository on a branch called main."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.git("init", "-q", "-b", "main")
        self.git("config", "user.name", "张三")
        self.git("config", "user.email", "zhang@example.invalid")
        (path / ".gitignore").write_text("var/\n", "utf-8")

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """``git ARGUMENTS``, whatever comes of it."""
        command = [*_CLEAN, f"PATH={_path()}", f"HOME={self.path.parent}", "git", "-C", str(self.path), *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    def git(self, *arguments: str) -> str:
        """What ``git ARGUMENTS`` prints; it must succeed."""
        done = self.run(*arguments)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def commit(self, message: str = "改", *, author: str = ZHANG, trailers: tuple[str, ...] = ()) -> str:
        """Commit everything that there is, even nothing; the hash."""
        self.git("add", "-A")
        extra = [part for trailer in trailers for part in ("--trailer", trailer)]
        self.git("commit", "-q", "--allow-empty", "--no-verify", "-m", message, f"--author={author}", *extra)
        return self.git("rev-parse", "HEAD")


def _path() -> str:
    return subprocess.run(["sh", "-c", "echo $PATH"], capture_output=True, text=True, check=True).stdout.strip()


def replace(path: Path, old: str, new: str) -> None:
    """Change a file as an editor would; ``old`` must be there."""
    text = path.read_text("utf-8")
    assert old in text, old
    path.write_text(text.replace(old, new), "utf-8")
