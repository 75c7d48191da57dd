"""A real OpenID Connect provider on loopback: discovery, code flow with PKCE, tokens signed with a key of its own."""

from __future__ import annotations

import base64
import hashlib
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from flask import Flask, Response, jsonify, redirect, request
from joserfc import jwt
from joserfc.jwk import ECKey
from werkzeug.serving import make_server
from werkzeug.wrappers import Response as AnyResponse

Claims = dict[str, Any]


@dataclass
class Provider:
    """claims: of whoever signs in there next; spoil: what to do to a token before it is signed; signer: another key;
    header: of the token; refuse: says no to whoever asks; down: answers nothing else than 503;
    got: the scopes and clients of the requests that came."""

    issuer: str = ""
    claims: Claims = field(default_factory=lambda: {"sub": "u1", "preferred_username": "wang", "name": "王五"})
    spoil: Callable[[Claims], Claims | None] = lambda claims: claims
    key: ECKey = field(default_factory=lambda: new_key("one"))
    signer: ECKey | None = None
    header: dict[str, str] = field(default_factory=dict)
    refuse: bool = False
    down: bool = False
    calls_itself: str = ""
    got: list[dict[str, str]] = field(default_factory=list)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)


def new_key(name: str) -> ECKey:
    return ECKey.generate_key("P-256", {"kid": name, "use": "sig", "alg": "ES256"}, private=True)


CLIENT, SECRET = "kefu-desk", "a secret of the client"


def _application(provider: Provider) -> Flask:
    app = Flask("provider")

    @app.before_request
    def down() -> tuple[str, int] | None:
        return ("", 503) if provider.down else None

    @app.get("/.well-known/openid-configuration")
    def discovery() -> Response:
        at = provider.issuer
        return jsonify(
            issuer=provider.calls_itself or at,
            authorization_endpoint=f"{at}/authorize",
            token_endpoint=f"{at}/token",
            jwks_uri=f"{at}/jwks",
            response_types_supported=["code"],
            subject_types_supported=["public"],
            id_token_signing_alg_values_supported=["ES256"],
        )

    @app.get("/authorize")
    def authorize() -> AnyResponse:
        asked = request.args.to_dict()
        provider.got.append(asked)
        assert asked["response_type"] == "code"
        assert asked["code_challenge_method"] == "S256"
        if provider.refuse:
            answer = {"error": "access_denied", "state": asked["state"]}
        else:
            code = secrets.token_urlsafe(16)
            provider.codes[code] = asked
            answer = {"code": code, "state": asked["state"]}
        return redirect(f"{asked['redirect_uri']}?{urlencode(answer)}")

    @app.post("/token")
    def token() -> tuple[Response, int]:
        asked = provider.codes.pop(request.form.get("code", ""), None)
        login = request.authorization
        proof = hashlib.sha256(request.form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(proof).rstrip(b"=").decode()
        right = (
            asked is not None
            and asked["code_challenge"] == challenge
            and asked["redirect_uri"] == request.form.get("redirect_uri")
            and login is not None
            and (login.username, login.password) == (CLIENT, SECRET)
        )
        if asked is None or not right:
            return jsonify(error="invalid_grant"), 400
        now = int(time.time())
        claims = {"iss": provider.issuer, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": asked["nonce"]}
        spoiled = provider.spoil({**claims, **provider.claims})
        told: dict[str, object] = {"access_token": secrets.token_urlsafe(16), "token_type": "Bearer", "expires_in": 300}
        if spoiled is not None:
            key = provider.signer or provider.key
            header = {"alg": "ES256", "kid": provider.key.kid or "", **provider.header}
            told["id_token"] = jwt.encode(header, spoiled, key)
        return jsonify(told), 200

    @app.get("/jwks")
    def jwks() -> Response:
        return jsonify(keys=[provider.key.as_dict(private=False)])

    return app


@contextmanager
def identity_provider() -> Iterator[Provider]:
    """A provider on a free port."""
    provider = Provider()
    server = make_server("127.0.0.1", 0, _application(provider), threaded=True)
    provider.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
