"""How much may one visitor ask for? Limits by connection (on the desk by account) and endpoint, tight for what is stored."""

from __future__ import annotations

import hashlib
import math
import secrets
import time
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address
from typing import Any

from flask import Flask, Response, g, request
from flask_limiter import Limiter
from flask_limiter.errors import RateLimitExceeded

from core.settings import Settings
from records.accounts import folded
from web import metrics
from web.errors import problem

# How many requests within a second, minute or hour. Many people may share an address: an office, a mobile network.
LIMITS: dict[str, dict[str, int]] = {
    "api.search": {"second": 20, "minute": 300},
    "api.suggest": {"second": 40, "minute": 1200},
    "api.article": {"second": 40, "minute": 600},
    "api.similar": {"second": 40, "minute": 600},
    "api.categories": {"second": 40, "minute": 600},
    "answers.answer": {"second": 10, "minute": 120},
    "answers.trail": {"second": 10, "minute": 120},
    "records.vote": {"minute": 20, "hour": 200},
    "records.happened": {"second": 20, "minute": 300},
    "docs.openapi": {"minute": 60},
    "hooks.pushed": {"minute": 60},
}
# The same for what is sent from the pages before the desk. A whole office may begin its shift behind one address.
SIGN_INS: dict[str, dict[str, int]] = {
    "desk.sign_in": {"minute": 60, "hour": 600},
    "desk.password": {"minute": 20, "hour": 100},
    "oidc.start": {"minute": 60, "hour": 600},
    "oidc.callback": {"minute": 60, "hour": 600},
}
# The same for the calls of the desk, by account: a whole office works behind one address.
DESK: dict[str, dict[str, int]] = {
    "answering.search": {"second": 20, "minute": 600},
    "answering.opened": {"second": 10, "minute": 300},
    "answering.history": {"second": 2, "minute": 30},
    "answering.reply": {"second": 20, "minute": 600},
    "contacts.copied": {"second": 10, "minute": 120},
    "contacts.preview": {"second": 10, "minute": 120},
    "contacts.close": {"second": 5, "minute": 60},
    "reads.opened": {"second": 10, "minute": 120},
    "reads.changes": {"second": 20, "minute": 300},
    "reads.pins": {"second": 10, "minute": 120},
    "reads.pin": {"second": 10, "minute": 120},
    "reads.unpin": {"second": 10, "minute": 120},
    "marks.mark": {"second": 5, "minute": 30},
    "marks.gap": {"second": 5, "minute": 60},
    "urgency.stop_this": {"second": 5, "minute": 60},
    "urgency.now": {"second": 10, "minute": 120},
}
PER_LOGIN = {"minute": 10}  # tries to sign in as one account, from wherever they come
_NO_ANSWER = 0.5  # seconds to wait for Redis; then this process counts for itself


def register(app: Flask, settings: Settings) -> None:
    """Put the limits on the endpoints of ``app``, which has to have them already; ``KB_LIMITS`` times as many, none with 0."""
    if not settings.limits:
        return
    url = settings.limits_url.get_secret_value()
    options: dict[str, Any] = {"socket_connect_timeout": _NO_ANSWER, "socket_timeout": _NO_ANSWER} if url else {}
    key = hashlib.sha256(url.encode()).digest() if url else secrets.token_bytes(32)
    limiter = Limiter(
        _visitor(key),
        app=app,
        storage_uri=url or "memory://",
        storage_options=options,
        in_memory_fallback_enabled=bool(url),
        key_prefix="kb",
    )

    def put(endpoint: str, limits: dict[str, int], **options: Any) -> None:
        text = ";".join(f"{number * settings.limits}/{unit}" for unit, number in limits.items())
        view: Callable[..., Any] = app.view_functions[endpoint]
        app.view_functions[endpoint] = limiter.limit(text, **options)(view)

    for endpoint, limits in LIMITS.items():
        put(endpoint, limits)
    for endpoint, limits in SIGN_INS.items():
        put(endpoint, limits, **({"methods": ["POST"]} if endpoint.startswith("desk.") else {}))
    for endpoint, limits in DESK.items():
        put(endpoint, limits, key_func=_account)
    put("desk.sign_in", PER_LOGIN, methods=["POST"], key_func=_login(key))

    @app.errorhandler(RateLimitExceeded)
    def too_many(_error: RateLimitExceeded) -> Response:
        metrics.limited()
        current = limiter.current_limit
        wait = max(1, math.ceil(current.reset_at - time.time())) if current is not None else 60
        response = problem(429, "TOO_MANY", "操作太快了", f"请过 {wait} 秒再试")
        response.headers["Retry-After"] = str(wait)
        return response


def _account() -> str:
    """Who is signed in: the guard lets nobody else come so far."""
    return f"account-{g.account.id}"


def _login(key: bytes) -> Callable[[], str]:
    """Which account is tried, as a hash: it may be a password that was typed in the wrong place."""

    def login() -> str:
        typed = folded(request.form.get("login", ""))
        return "login-" + hashlib.blake2b(typed.encode("utf-8", "replace"), key=key, digest_size=16).hexdigest()

    return login


def _visitor(key: bytes) -> Callable[[], str]:
    """Who asks, as a hash: no address stands in a log or in Redis. One who has IPv6 has at least a /64 of it."""

    def visitor() -> str:
        address = request.remote_addr or ""
        try:
            parsed = ip_address(address)
            if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped is None:
                address = parsed.packed[:8].hex()
        except ValueError:  # a socket of the file system
            pass
        return hashlib.blake2b(address.encode(), key=key, digest_size=16).hexdigest()

    return visitor
