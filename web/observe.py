"""What happened, for whoever runs it? One JSON line a request, each with an id; a customer's words are never in it."""

from __future__ import annotations

import logging
import re
import time
import uuid

from flask import Flask, Response, g, request

access = logging.getLogger("kb.access")
_ID = re.compile(r"^[A-Za-z0-9._-]{8,64}$")


def register(app: Flask) -> None:
    """Give every request an id (a proxy's own, when it is harmless) and log it when it is done."""

    @app.before_request
    def begin() -> None:
        given = request.headers.get("X-Request-Id", "")
        g.request_id = given if _ID.match(given) else uuid.uuid4().hex
        g.began = time.perf_counter()

    @app.after_request
    def end(response: Response) -> Response:
        took = (time.perf_counter() - g.get("began", time.perf_counter())) * 1000
        access.info(
            "request",
            extra={
                "request_id": g.get("request_id", ""),
                "method": request.method,
                "path": request.path,
                "status": response.status_code,
                "ms": round(took, 2),
            },
        )
        return response
