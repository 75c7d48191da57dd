"""Does another provider know this person? OpenID Connect: the code flow with PKCE, state and nonce, by configuration."""

from __future__ import annotations

import logging
from typing import Any, cast

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.flask_client import OAuth, OAuthError
from flask import Blueprint, Flask, current_app, redirect, request, session, url_for
from joserfc.errors import JoseError
from requests import RequestException
from werkzeug.wrappers import Response

from core.errors import AccountError
from core.settings import Settings
from records.roles import highest
from records.signing_in import Vouched
from web.context import request_id
from web.desk.guard import open_to_all, signs
from web.desk.security import safe_next
from web.desk.signing import come_in
from web.errors import problem

log = logging.getLogger("kb.web")
oidc = Blueprint("oidc", __name__, url_prefix="/desk/oidc")
_PATIENCE = 5  # seconds for each answer of the provider; a person is waiting
_NEXT = "next"
_LONGEST_SUBJECT = 255  # OpenID Connect Core, section 2
_AWAY = ("OIDC_AWAY", "单位登录现在连不上", "稍后再试；有密码的，用登录名和密码登录")
_FAILED = ("OIDC_FAILED", "单位登录没有成功", "回登录页，再点一次“用单位账号登录”")


class Provider:
    """The one that the settings name. Nothing is asked of it before somebody wants to sign in."""

    def __init__(self, app: Flask, settings: Settings) -> None:
        self.issuer, self._client_id, self._claim = (
            settings.oidc_issuer,
            settings.oidc_client_id,
            settings.oidc_role_claim,
        )
        self._client = OAuth(app).register(
            "kb",
            client_id=self._client_id,
            client_secret=settings.oidc_client_secret.get_secret_value() or None,
            server_metadata_url=self.issuer.rstrip("/") + "/.well-known/openid-configuration",
            client_kwargs={
                "scope": settings.oidc_scope,
                "code_challenge_method": "S256",
                "default_timeout": _PATIENCE,
            },
        )

    def lead(self, back: str) -> Response:
        """To the provider, and from there to ``back``. Raises RequestException, ValueError when it is away or another one."""
        if self._client.load_server_metadata().get("issuer") != self.issuer:
            raise ValueError("the provider calls itself something else")
        return cast(Response, self._client.authorize_redirect(back))

    def told(self) -> Vouched:
        """Who has come back. Raises AuthlibBaseError, JoseError when what came is not from the provider, or not for us, and
        RequestException, ValueError when it is away."""
        token = self._client.authorize_access_token(
            claims_options={
                "iss": {"essential": True, "value": self.issuer},
                "aud": {"essential": True, "value": self._client_id},
            }
        )
        claims: dict[str, Any] | None = token.get("userinfo")
        subject = claims.get("sub") if claims else None
        if claims is None or not isinstance(subject, str) or not 0 < len(subject) <= _LONGEST_SUBJECT:
            raise OAuthError("no_id_token")
        login, name = (str(claims.get(key) or "") for key in ("preferred_username", "name"))
        return Vouched(self.issuer, subject, login, name, highest(_found(claims, self._claim)))


def register(app: Flask, settings: Settings) -> None:
    """With KB_OIDC_ISSUER there is a provider; without, its addresses say that there is none."""
    if settings.oidc_issuer:
        app.extensions["kb-oidc"] = Provider(app, settings)
    app.register_blueprint(oidc)


@oidc.get("/start")
@open_to_all()
def start() -> Response:
    """To the provider."""
    provider = _provider()
    if provider is None:
        return _none()
    # One way in at a time: whoever tries again and again does not fill the cookie.
    session.clear()
    session[_NEXT] = safe_next(request.args.get("next"))
    try:
        return provider.lead(url_for("oidc.callback", _external=True))
    except (RequestException, ValueError, RuntimeError, KeyError) as error:
        return _away(error)


@oidc.get("/callback")
@open_to_all()
def callback() -> Response:
    """Back from the provider."""
    provider = _provider()
    if provider is None:
        return _none()
    place = safe_next(session.get(_NEXT))
    try:
        vouched = provider.told()
    except (AuthlibBaseError, JoseError) as error:
        log.warning("sign-in failed", extra={"request_id": request_id(), "reason": type(error).__name__})
        return problem(400, *_FAILED)
    except (RequestException, ValueError, RuntimeError, KeyError) as error:
        return _away(error)
    try:
        _, token = signs().by_word(vouched)
    except AccountError as error:
        return problem(403, error.code, error.message, error.fix)
    come_in(token)
    return redirect(place, 303)


def _provider() -> Provider | None:
    return cast("Provider | None", current_app.extensions.get("kb-oidc"))


def _none() -> Response:
    return problem(404, "NOT_FOUND", "这里没有开单位登录", "用登录名和密码登录；要开的话设 KB_OIDC_ISSUER")


def _away(error: Exception) -> Response:
    log.error("provider is away", extra={"request_id": request_id(), "reason": type(error).__name__})
    return problem(503, *_AWAY)


def _found(claims: dict[str, Any], name: str) -> object:
    """The claim ``name``, or the one that its parts lead to: ``realm_access.roles``."""
    if name in claims:
        return claims[name]
    found: Any = claims
    for part in name.split("."):
        found = found.get(part) if isinstance(found, dict) else None
    return found
