"""Is the process alive, and can it answer?"""

from __future__ import annotations

from flask import Blueprint, Response, jsonify

from web.context import live

health = Blueprint("health", __name__)


@health.get("/healthz")
def healthz() -> Response:
    """The process is alive."""
    return _fresh(jsonify(status="ok"))


@health.get("/readyz")
def readyz() -> Response:
    """A release is open."""
    return _fresh(jsonify(status="ok", release=live().release.name, articles=len(live().articles)))


def _fresh(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response
