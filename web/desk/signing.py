"""How does somebody get in and out? The pages to sign in, out, and to change a password, and who one is."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, Response, current_app, jsonify, redirect, request, send_from_directory, session, url_for
from werkzeug.wrappers import Response as AnyResponse

from core.errors import AccountError
from records.passwords import LONGEST, SHORTEST
from records.roles import GRANTS, PERMISSIONS, ROLE_NAMES
from records.signing_in import TRIES
from web.desk.guard import TOKEN, account, needs, open_to_all, signed_in, signs
from web.desk.pages import draw
from web.desk.security import csrf_token, safe_next

desk = Blueprint("desk", __name__, url_prefix="/desk", template_folder="../templates")
_STATIC = Path(__file__).parent.parent / "static" / "desk"
_WRONG = f"登录名或密码不对，或账号已停用、已锁定（连错 {TRIES} 次锁 15 分钟）。忘了密码，请管理员重置。"


@desk.route("/sign-in", methods=["GET", "POST"])
@open_to_all()
def sign_in() -> AnyResponse:
    """The form, and what becomes of it. Whoever is in already goes on."""
    place = safe_next(request.values.get("next"))
    if request.method == "GET":
        return redirect(place, 303) if signed_in() is not None else _form(place)
    login, password = request.form.get("login", ""), request.form.get("password", "")
    if not login.strip() or not password:
        return _form(place, 400, "请填登录名和密码。", login)
    came = signs().by_password(login, password)
    if came is None:
        return _form(place, 401, _WRONG, login)
    come_in(came[1])
    return redirect(url_for("desk.password", next=place) if came[0].must_change else place, 303)


@desk.post("/sign-out")
@needs("answer", page=True, early=True)
def sign_out() -> AnyResponse:
    """Out, on this browser."""
    signs().sign_out(session[TOKEN])
    session.clear()
    return redirect(url_for("desk.sign_in"), 303)


@desk.route("/password", methods=["GET", "POST"])
@needs("answer", page=True, early=True)
def password() -> AnyResponse:
    """A new password; it signs everybody else out who uses this account."""
    place = safe_next(request.values.get("next"))
    if request.method == "GET":
        return _password_form(place)
    old, new, again = (request.form.get(name, "") for name in ("old", "new", "again"))
    if account().external:
        return _password_form(place, 400)
    if new != again:
        return _password_form(place, 400, "两次输入的新密码不一样。")
    try:
        token = signs().change_password(account(), old, new)
    except AccountError as error:
        return _password_form(place, 400, f"{error}。")
    if token is None:
        return _password_form(place, 401, f"现在的密码不对，或账号已锁定（连错 {TRIES} 次锁 15 分钟）。")
    come_in(token)
    return redirect(place, 303)


@desk.get("/me")
@needs("answer", early=True)
def me() -> Response:
    """Who is signed in, what they may do, and the token that every change has to send (X-CSRFToken)."""
    who = account()
    return jsonify(
        login=who.login,
        name=who.name,
        role=who.role,
        role_name=ROLE_NAMES[who.role],
        permissions=[permission for permission in PERMISSIONS if permission in GRANTS[who.role]],
        must_change=who.must_change,
        csrf=csrf_token(),
    )


@desk.get("/static/<path:name>")
@open_to_all(page=False)
def static(name: str) -> Response:
    """Scripts and styles of the desk; revalidated on every visit."""
    return send_from_directory(_STATIC, name, max_age=0)


def come_in(token: str) -> None:
    """The browser has this session from now on; nothing of the one before is left in its cookie."""
    session.clear()
    session[TOKEN] = token


def _form(place: str, status: int = 200, wrong: str = "", login: str = "") -> Response:
    provider = "kb-oidc" in current_app.extensions
    return draw("sign-in.html", status, place=place, wrong=wrong, login=login[:64], provider=provider)


def _password_form(place: str, status: int = 200, wrong: str = "") -> Response:
    return draw("password.html", status, place=place, wrong=wrong, shortest=SHORTEST, longest=LONGEST)
