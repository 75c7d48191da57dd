"""Which other sites may ask us from a browser? Those of KB_ALLOWED_ORIGINS, for the few calls that the widget makes.

Without credentials: nothing here knows who asks, so an allowed site learns nothing but public answers.
"""

from __future__ import annotations

from flask import Flask, Response, request

_CALLS = {"/api/v1/answer": "POST", "/api/v1/trail": "POST", "/api/v1/suggest": "GET"}
_KEPT_SECONDS = 600


def register(app: Flask, allowed: frozenset[str]) -> None:
    """Let pages of ``allowed`` read the answers of those calls; a browser keeps them from all others."""

    @app.after_request
    def cross(response: Response) -> Response:
        method = _CALLS.get(request.path)
        if method is None:
            return response
        response.vary.add("Origin")
        origin = request.headers.get("Origin", "")
        if origin not in allowed:
            return response
        response.headers["Access-Control-Allow-Origin"] = origin
        if request.method == "OPTIONS":
            response.headers["Access-Control-Allow-Methods"] = method
            response.headers["Access-Control-Allow-Headers"] = "Content-Type"
            response.headers["Access-Control-Max-Age"] = str(_KEPT_SECONDS)
        return response
