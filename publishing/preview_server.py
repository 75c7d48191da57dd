"""How does an editor's browser get the preview? MkDocs' live reload for the pages, the given API for /api/, on loopback only."""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable, Iterable
from html import escape
from pathlib import Path
from typing import Any

from mkdocs.livereload import LiveReloadServer

from core.errors import PreviewError
from core.paths import Root
from publishing.preview import Preview

HOST = "127.0.0.1"
USUAL_PORT = 8100
_HERE = {"127.0.0.1", "localhost"}
_STYLE = Path(__file__).parent / "site" / "preview.css"
_EMPTY = (
    '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="robots" content="noindex">'
    "<title>预览</title></head><body><p>预览：还没有可以看的页面。改好上面的错误，存盘后会自动刷新。</p></body></html>"
)
_FIXED = {
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class _Server(LiveReloadServer):
    """Says its address as soon as it can be opened."""

    def __init__(self, tell: Callable[[str], None], builder: Callable[[], None], port: int, folder: str) -> None:
        super().__init__(builder, HOST, port, folder)
        self._tell = tell

    def server_activate(self) -> None:
        """Listen."""
        super().server_activate()
        self._tell(f"预览：{self.url}  （存盘自动刷新，按 Ctrl+C 停止）")


class PreviewServer:
    """One preview and its server."""

    def __init__(self, root: Root, port: int, tell: Callable[[str], None], api: Callable[[Root], Wsgi]) -> None:
        """api: makes the application that answers /api/ from the live release of a root."""
        # Its messages are English lines about sockets; the editor gets ours.
        logging.getLogger("mkdocs.livereload").addHandler(logging.NullHandler())
        logging.getLogger("mkdocs.livereload").propagate = False
        self._make_api = api
        self._api: Wsgi | None = None
        self._preview = Preview(root, tell, self._searchable)
        self._nothing = root.var / "preview" / "nothing"
        self._nothing.mkdir(parents=True, exist_ok=True)
        (self._nothing / "index.html").write_text(_EMPTY, encoding="utf-8")
        self._server = _Server(tell, self.build, port, str(self._nothing))
        self._server.error_handler = self._missing
        self._server.set_app(self._serve)
        for folder in (root.kb, root.config):
            if folder.is_dir():
                self._server.watch(str(folder))

    def run(self) -> None:
        """Serve, and build again after every change, until somebody presses Ctrl+C."""
        try:
            self._server.serve()  # type: ignore[no-untyped-call]
        except OSError as error:
            raise PreviewError(
                f"地址 {self._server.url} 不能用（{error.strerror}）", "再来一次，或用 --port 换一个"
            ) from error
        finally:
            self._server.shutdown()

    def build(self) -> None:
        """Read and build everything as it stands now."""
        self._preview.build()
        self._server.root = str(self._preview.site or self._nothing)

    def _searchable(self, root: Root) -> None:
        self._api = self._make_api(root)

    def _missing(self, code: int) -> bytes | None:  # noqa: ARG002 - the library calls it with the status
        page = Path(self._server.root) / "404.html"
        return page.read_bytes() if page.is_file() else _EMPTY.encode()

    def _serve(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        """Every answer: only for this machine (a page elsewhere could give this address its own name), with _FIXED."""
        began: list[Any] = []

        def begin(status: str, headers: list[tuple[str, str]], *_more: Any) -> None:
            began[:] = [status, {k.title(): v for k, v in headers}]

        if environ.get("HTTP_HOST", "").rsplit(":", 1)[0] in _HERE:
            body = self._body(environ, begin)
        else:
            body = "预览只给这台电脑看".encode()
            begin("403 Forbidden", [("Content-Type", "text/plain; charset=utf-8")])
        status, headers = began
        if headers.get("Content-Type", "").startswith("text/html"):
            body = self._with_mistakes(body)
            headers["Content-Type"] = "text/html; charset=utf-8"
        start(status, list({**headers, **_FIXED, "Content-Length": str(len(body))}.items()))
        return [body]

    def _body(self, environ: dict[str, Any], begin: Callable[..., Any]) -> bytes:
        if not environ["PATH_INFO"].startswith("/api/"):
            return _all(self._server.serve_request(environ, begin))
        if self._api is not None:
            return _all(self._api(environ, begin))
        begin("503 Service Unavailable", [("Content-Type", "application/problem+json")])
        return '{"title": "搜索还在准备", "status": 503, "detail": "几秒后再试"}'.encode()

    def _with_mistakes(self, page: bytes) -> bytes:
        """``page`` with everything that is wrong on top of it."""
        wrong = self._preview.wrong
        if not wrong:
            return page
        items = "".join(f"<li><code>{escape(line)}</code></li>" for line in wrong)
        told = f"<b>有 {len(wrong)} 处错误，下面还是上一次没错的样子。</b>改好存盘，页面会自动刷新。"
        style = "" if self._preview.site else f"<style>{_STYLE.read_text('utf-8')}</style>"
        panel = f'{style}<div class="pv-wrong" role="alert">{told}<ol>{items}</ol></div>'.encode()
        head, body, rest = page.partition(b"<body")
        end = rest.find(b">") + 1
        return head + body + rest[:end] + panel + rest[end:] if body else panel + page


def _all(parts: Iterable[bytes]) -> bytes:
    try:
        return b"".join(parts)
    finally:
        close = getattr(parts, "close", None)
        if close is not None:
            close()


def free_port(wanted: int | None) -> int:
    """``wanted``; without it the usual port, or any free one when that is taken.

    Raises PreviewError when nobody can listen on ``wanted``.
    """
    for port in [wanted] if wanted else [USUAL_PORT, 0]:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except OSError:
                continue
            found: int = probe.getsockname()[1]
            return found
    raise PreviewError(f"端口 {wanted} 不能用", "用 --port 换一个，或不写让它自己找")
