"""A real mail server and a real web server on loopback, that remember what they got."""

from __future__ import annotations

import json
import threading
from asyncio import Server
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult


@dataclass
class Letters:
    """got: (addresses, message) of each mail; logins: what clients logged in with; refused: an address that is not taken."""

    url: str = ""
    got: list[tuple[list[str], EmailMessage]] = field(default_factory=list)
    logins: list[tuple[bytes, bytes]] = field(default_factory=list)
    refused: str = ""

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:  # noqa: N802
        if address == self.refused:
            return "550 no such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        parsed = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(parsed, EmailMessage)
        self.got.append((list(envelope.rcpt_tos), parsed))
        return "250 OK"


class _AnyPort(Controller):
    """A controller that asks itself on the port that it was given."""

    def _trigger_server(self) -> None:
        assert isinstance(self.server, Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]


@contextmanager
def mail_server(host: str = "127.0.0.1", password: bytes | None = None) -> Iterator[Letters]:
    """A mail server; with a password it takes mails only from those who log in with it."""
    letters = Letters()

    def check(_server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:
        letters.logins.append((data.login, data.password))
        return AuthResult(success=data.password == password, handled=password == data.password)

    options: dict[str, Any] = {"authenticator": check, "auth_require_tls": False, "auth_required": True}
    controller = _AnyPort(letters, hostname=host, port=0, **(options if password is not None else {}))
    controller.start()
    try:
        letters.url = f"{host}:{controller.port}"
        yield letters
    finally:
        controller.stop()


@dataclass
class Posts:
    """got: (path, content) of each POST; status, answer, headers: what it answers."""

    url: str = ""
    got: list[tuple[str, Any]] = field(default_factory=list)
    status: int = 200
    answer: bytes = b'{"errcode": 0, "errmsg": "ok"}'
    headers: dict[str, str] = field(default_factory=dict)


@contextmanager
def web_server() -> Iterator[Posts]:
    """A web server that takes JSON by POST."""
    posts = Posts()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            posts.got.append((self.path, json.loads(body)))
            self.send_response(posts.status)
            for name, value in posts.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(posts.answer)

        def do_GET(self) -> None:
            posts.got.append((self.path, None))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(posts.answer)

        def log_message(self, *_arguments: object) -> None:
            """Nothing on the screen."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        posts.url = f"http://127.0.0.1:{server.server_port}"
        yield posts
        server.shutdown()
