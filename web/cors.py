"""Which other sites may ask us from a browser? Those of KB_ALLOWED_ORIGINS, for the few calls that the widget makes.

Without credentials: nothing here knows who asks, so an allowed site learns nothing but public answers.
"""

from __future__ import annotations

import re

from flask import Flask, Response, request

from core.errors import SettingsError

_ORIGIN = re.compile(r"https?://(?:[a-z0-9.-]+|\[[0-9a-f:]+\])(?::\d{1,5})?")
_CALLS = {"/api/v1/answer": "POST", "/api/v1/trail": "POST", "/api/v1/suggest": "GET"}
_KEPT_SECONDS = 600


def origins(text: str) -> frozenset[str]:
    """The origins in ``text``, commas between them. Raises SettingsError for one that is none (``*`` is none)."""
    found = [part.strip().lower().removesuffix("/") for part in text.split(",") if part.strip()]
    wrong = [origin for origin in found if not _ORIGIN.fullmatch(origin)]
    if wrong:
        raise SettingsError(
            f"设置不对：KB_ALLOWED_ORIGINS={'，'.join(wrong)}", "写成 https://www.example.com，几个之间用逗号，不能写 *"
        )
    return frozenset(found)


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
