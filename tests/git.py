"""A real git repository for tests, with an identity that no machine has."""

from __future__ import annotations

import subprocess
from pathlib import Path


class Repository:
    """The work tree at ``path``, made with its files as the first commit; var/ is ignored."""

    def __init__(self, path: Path, message: str = "articles") -> None:
        self.path = path
        self.git("init", "-q")
        (path / ".gitignore").write_text("var/\n", "utf-8")
        self.commit(message)

    def git(self, *arguments: str) -> str:
        """What git prints."""
        identity = ["-c", "user.name=编辑", "-c", "user.email=editor@example.invalid", "-c", "commit.gpgsign=false"]
        command = ["git", "-C", str(self.path), *identity, *arguments]
        return subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8").stdout.strip()

    def commit(self, message: str, *approvers: str) -> str:
        """Commit everything; the full name of the commit."""
        trailers = "".join(f"\nReviewed-by: {approver}" for approver in approvers)
        self.git("add", "-A")
        self.git("commit", "-q", "-m", f"{message}\n{trailers}")
        return self.git("rev-parse", "HEAD")
