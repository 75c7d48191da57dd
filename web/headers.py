"""Which headers does every response carry? Security, the release, the request's id."""

from __future__ import annotations

from flask import Flask, Response, g, request

_FIXED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=()",
}
# What pages of other sites load.
_FOR_OTHERS = {"/widget.js"}


def policy(scripts: tuple[str, ...] = (), styles: str = "'self'") -> str:
    """The content security policy: everything from here; inline scripts only by hash."""
    allowed = {
        "default-src": "'none'",
        "script-src": " ".join(("'self'", *scripts)),
        "style-src": styles,
        "img-src": "'self' data:",
        "connect-src": "'self'",
        "manifest-src": "'self'",
        "worker-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }
    return "; ".join(f"{what} {where}" for what, where in allowed.items())


def register(app: Flask) -> None:
    """Put the headers on every response of ``app``."""

    @app.after_request
    def headers(response: Response) -> Response:
        for name, value in _FIXED.items():
            response.headers.setdefault(name, value)
        if request.path in _FOR_OTHERS:
            response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        live = g.get("live")
        if live is not None:
            response.headers["X-KB-Release"] = live.release.name
        scripts = live.inline_scripts if live is not None and not request.path.startswith("/api/") else ()
        response.headers.setdefault("Content-Security-Policy", policy(scripts))
        response.headers["X-Request-Id"] = g.get("request_id", "")
        return response
