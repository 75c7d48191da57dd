"""Who may send something? A page of this site, a page of an origin that the settings name, or a program that is no browser."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Response, current_app, request

from web.errors import problem


def refusal() -> Response | None:
    """Why the current POST is refused: not JSON, which a form of a strange page could send, or from a strange page; None when it is not."""
    if request.method != "POST":
        return None
    if request.mimetype != "application/json":
        return problem(415, "NOT_JSON", "内容不是 JSON", "用 application/json 发送")
    if not _is_ours(current_app.extensions["kb-origins"]):
        return problem(403, "FOREIGN_ORIGIN", "不接受别的网站发来的内容", "在本站的页面上操作")
    return None


def _is_ours(allowed: frozenset[str]) -> bool:
    """A browser says where a page comes from, and no script can make it lie. New ones even say whether that is here."""
    origin, site = request.headers.get("Origin"), request.headers.get("Sec-Fetch-Site")
    if origin is not None and origin.lower() in allowed:
        return True
    if site is not None:
        return site == "same-origin"
    return origin is None or urlsplit(origin).netloc.lower() == request.host.lower()
