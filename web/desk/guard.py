"""Who may call this? Every address of the desk says so with a decorator; one that says nothing is closed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from flask import Flask, current_app, g, redirect, request, session, url_for
from werkzeug.wrappers import Response

from records.accounts import Account, Accounts
from records.roles import Permission, Role, may
from records.signing_in import SignIns
from web.desk.security import protect, safe_next
from web.errors import problem

View = TypeVar("View", bound=Callable[..., Any])
TOKEN = "token"  # where the session cookie holds the token of records/sessions.py
_SAFE = {"GET", "HEAD", "OPTIONS"}


@dataclass(frozen=True)
class Guard:
    """what: the role or permission that is needed, None for everybody; page: refusals are pages, not JSON;
    early: also with a first password that has not been changed."""

    what: Role | Permission | None
    page: bool
    early: bool


def needs(what: Role | Permission, *, page: bool = False, early: bool = False) -> Callable[[View], View]:
    """Only for who is signed in and may do ``what``. A page leads others to sign in, a call answers 401 or 403."""
    return _marked(Guard(what, page, early))


def open_to_all(*, page: bool = True) -> Callable[[View], View]:
    """For everybody, signed in or not."""
    return _marked(Guard(None, page, early=True))


def guard_of(app: Flask, endpoint: str | None) -> Guard | None:
    return getattr(app.view_functions.get(endpoint or ""), "kb_guard", None)


def account() -> Account:
    """Who is signed in, in a view that ``needs`` something."""
    return cast(Account, g.account)


def signed_in() -> Account | None:
    """Who is signed in, if anybody. Raises DatabaseError when nobody can say."""
    if "account" not in g:
        token = session.get(TOKEN)
        g.account = signs().whose(token) if isinstance(token, str) else None
    return cast(Account | None, g.account)


def signs() -> SignIns:
    return cast(SignIns, current_app.extensions["kb-sign-ins"])


def accounts() -> Accounts:
    return cast(Accounts, current_app.extensions["kb-accounts"])


def register(app: Flask) -> None:
    """Ask before every request to the desk who it is, and for a CSRF token where something changes."""

    @app.before_request
    def check() -> Response | None:
        guard = guard_of(current_app, request.endpoint)
        if guard is None:
            rule = request.url_rule.rule if request.url_rule else ""
            return _forbidden() if rule == "/desk" or rule.startswith("/desk/") else None
        refused = _refusal(guard)
        if refused is None and request.method not in _SAFE:
            protect()
        return refused


def _refusal(guard: Guard) -> Response | None:
    if guard.what is None:
        return None
    who = signed_in()
    if who is None:
        if not guard.page:
            return problem(401, "NOT_SIGNED_IN", "没有登录，或登录已经结束", "重新登录，再试一次")
        here = request.full_path.rstrip("?") if request.method in _SAFE else ""
        return redirect(url_for("desk.sign_in", next=safe_next(here)), 303)
    if who.must_change and not guard.early:
        if not guard.page:
            return problem(403, "MUST_CHANGE", "第一次登录的密码还没有改", "先改密码，再试一次")
        return redirect(url_for("desk.password"), 303)
    return None if may(who.role, guard.what) else _forbidden()


def _forbidden() -> Response:
    return problem(403, "FORBIDDEN", "您的角色不能用这里", "需要的话，请管理员改您的角色")


def _marked(guard: Guard) -> Callable[[View], View]:
    def mark(view: View) -> View:
        view.kb_guard = guard  # type: ignore[attr-defined]
        return view

    return mark
