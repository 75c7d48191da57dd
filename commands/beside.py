"""How does ``kb serve`` bring its worker with it? A child process that is started again when it dies, and ended at the end."""

from __future__ import annotations

import subprocess
import sys
import threading

from core.paths import Root

_AGAIN_AFTER = 5.0
_PATIENCE = 5.0


class Beside:
    """The worker of one server."""

    def __init__(self, root: Root) -> None:
        self._command = [sys.executable, "-m", "cli", "worker", "--beside", "--root", str(root.path)]
        self._stopping = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Returns at once."""
        threading.Thread(target=self._keep, daemon=True).start()

    def stop(self) -> None:
        """End it; a publish that it is in the middle of is swept away by the next one."""
        self._stopping.set()
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()

    def _keep(self) -> None:
        while not self._stopping.is_set():
            self._process = subprocess.Popen(self._command, stdin=subprocess.DEVNULL)
            self._process.wait()
            self._stopping.wait(_AGAIN_AFTER)
