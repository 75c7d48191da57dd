"""How is it served? gunicorn: loaded once, then forked, so that workers share what was read."""

from __future__ import annotations

import gc
import shutil
import socket
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from gunicorn import util
from gunicorn.app.base import BaseApplication

from commands.beside import Beside
from core.errors import ServeError
from core.paths import Root
from core.settings import Settings, share_metrics

THREADS = 4
_MEMORY = Path("/dev/shm")


def check_address(host: str, port: int) -> None:
    """Raises ServeError when nobody can listen there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError as error:
            raise ServeError(f"没有权限使用端口 {port}", "用 KB_PORT 换一个 1024 以上的端口") from error
        except OSError as error:
            message = f"地址 {host}:{port} 不能用（{error.strerror}）"
            raise ServeError(message, "可能已被占用：停掉那个程序，或用 KB_PORT 换一个端口") from error


def application(root: Root, log_level: str | None = None) -> Any:
    """The application behind door 1 for the live release of ``root``. Named and not imported: nothing imports the doors."""
    create: Callable[[Root, str | None], Any] = util.import_app("app:create_app")
    return create(root, log_level)


class Server(BaseApplication):  # type: ignore[misc]
    """The release of ``root`` behind gunicorn."""

    def __init__(self, root: Root, settings: Settings, tell: Callable[[str], None]) -> None:
        self._root, self._settings, self._tell = root, settings, tell
        self._beside = Beside(root)
        # In memory: a process dies that counts in a mapped file on a full disk.
        self._metrics = Path(tempfile.mkdtemp(prefix="kb-metrics-", dir=_MEMORY if _MEMORY.is_dir() else None))
        share_metrics(self._metrics)
        super().__init__()

    def load_config(self) -> None:
        """gunicorn's settings from ours."""
        host = f"[{self._settings.host}]" if ":" in self._settings.host else self._settings.host
        ours: dict[str, Any] = {
            "bind": f"{host}:{self._settings.port}",
            "workers": self._settings.workers,
            "worker_class": "gthread",
            "threads": THREADS,
            "preload_app": True,
            "limit_request_line": 8190,  # a question of 500 Han characters takes nine bytes each
            "loglevel": "warning",
            "graceful_timeout": 10,
            "when_ready": lambda _server: self._ready(f"http://{host}:{self._settings.port}/"),
            "on_exit": lambda _server: self._end(),
        }
        for name, value in ours.items():
            self.cfg.set(name, value)

    def _ready(self, address: str) -> None:
        self._tell(f"已启动：{address}  （按 Ctrl+C 停止）")
        self._beside.start()

    def _end(self) -> None:
        self._beside.stop()
        shutil.rmtree(self._metrics, ignore_errors=True)

    def load(self) -> Any:
        """The application, once, before the fork; what was read by then is kept out of the collector's way."""
        app = application(self._root, self._settings.log_level)
        gc.collect()
        gc.freeze()
        return app
