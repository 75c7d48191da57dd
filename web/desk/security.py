"""What keeps others from acting in an agent's name? A cookie that only this site reads, and a CSRF token with every change."""

from __future__ import annotations

import re

from flask import Flask, Response, request
from flask.sessions import SecureCookieSessionInterface
from flask_wtf.csrf import CSRFError, CSRFProtect, generate_csrf

from core.keys import shared_key
from core.paths import Root
from core.settings import Settings
from web.errors import problem

HOME = "/desk"
COOKIE = "kb_desk"
# A place of the desk; browsers read a backslash as a slash and drop control characters.
_PLACE = re.compile(r"/desk(?:[/?][!-\[\]-~]*)?")
_csrf = CSRFProtect()


class _Cookies(SecureCookieSessionInterface):
    """Signed by Flask; only over https when the request came so, or when the settings say so."""

    def get_cookie_secure(self, app: Flask) -> bool:
        return bool(app.config["SESSION_COOKIE_SECURE"]) or request.is_secure


def register(app: Flask, root: Root, settings: Settings) -> None:
    """Cookies and tokens of ``app``; their key lies in var/, so that a restart signs nobody out."""
    app.secret_key = shared_key(root.var / "desk.key")
    app.session_interface = _Cookies()
    app.config.update(
        SESSION_COOKIE_NAME=COOKIE,
        SESSION_COOKIE_PATH=HOME,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        WTF_CSRF_CHECK_DEFAULT=False,  # the guard asks for it
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session: the desk stays open for a whole shift
    )
    _csrf.init_app(app)

    @app.errorhandler(CSRFError)
    def no_token(_error: CSRFError) -> Response:
        return problem(400, "CSRF", "这一页放得太久，或不是从本站发出的", "刷新页面，再做一次")


def protect() -> None:
    """Refuse the current request when it has no CSRF token: in the form, or in the header X-CSRFToken."""
    _csrf.protect()


def csrf_token() -> str:
    """The token for this browser."""
    return str(generate_csrf())


def safe_next(place: str | None) -> str:
    """``place`` when it is one of the desk, else where the desk begins: nobody is led to another site."""
    return place if place and len(place) <= 2000 and _PLACE.fullmatch(place) else HOME
