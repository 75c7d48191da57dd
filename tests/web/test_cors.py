"""May a page of another site ask, and only such as we allow, and only what the widget asks?"""

from __future__ import annotations

from typing import cast

import pytest
from flask.testing import FlaskClient
from flask_openapi3 import OpenAPI

from app import create_app
from core.settings import Settings
from web.live import Holder

SITE = "https://www.example.com"
CALLS = {"/api/v1/answer": "POST", "/api/v1/trail": "POST", "/api/v1/suggest?q=a": "GET"}


@pytest.fixture(scope="module")
def allowing(app: OpenAPI) -> FlaskClient:
    root = cast(Holder, app.extensions["kb-holder"]).root
    return create_app(root, given=Settings(limits=0, allowed_origins=f"{SITE}, http://intranet:8080/")).test_client()


@pytest.mark.parametrize(("path", "method"), CALLS.items())
def test_an_allowed_site_may_ask(allowing: FlaskClient, path: str, method: str) -> None:
    ahead = {"Origin": SITE, "Access-Control-Request-Method": method, "Access-Control-Request-Headers": "content-type"}
    preflight = allowing.open(path, method="OPTIONS", headers=ahead)
    assert preflight.status_code == 200
    assert preflight.headers["Access-Control-Allow-Origin"] == SITE
    assert preflight.headers["Access-Control-Allow-Methods"] == method
    assert preflight.headers["Access-Control-Allow-Headers"] == "Content-Type"
    response = allowing.open(
        path, method=method, json={"question": "退"} if method == "POST" else None, headers={"Origin": SITE}
    )
    assert response.headers["Access-Control-Allow-Origin"] == SITE
    assert "Origin" in response.headers["Vary"]
    assert "Access-Control-Allow-Credentials" not in response.headers


@pytest.mark.parametrize("origin", ["https://evil.example", "null", f"{SITE}.evil.example", f"{SITE}:444", "", "*"])
@pytest.mark.parametrize("method", ["OPTIONS", "POST"])
def test_another_site_may_not(allowing: FlaskClient, origin: str, method: str) -> None:
    response = allowing.open("/api/v1/answer", method=method, json={"question": "退"}, headers={"Origin": origin})
    assert not [name for name, _ in response.headers if name.startswith("Access-Control")]
    assert "Origin" in response.headers["Vary"]


@pytest.mark.parametrize("path", ["/api/v1/search?q=a", "/api/v1/categories", "/", "/healthz", "/widget.js"])
def test_nothing_else_is_read_by_others(allowing: FlaskClient, path: str) -> None:
    response = allowing.get(path, headers={"Origin": SITE})
    assert "Access-Control-Allow-Origin" not in response.headers


def test_a_refusal_can_be_read_too(allowing: FlaskClient) -> None:
    response = allowing.post("/api/v1/answer", json={}, headers={"Origin": SITE})
    assert response.status_code == 400
    assert response.headers["Access-Control-Allow-Origin"] == SITE


def test_nobody_is_allowed_unless_somebody_says_so(client: FlaskClient) -> None:
    response = client.post("/api/v1/answer", json={"question": "退"}, headers={"Origin": SITE})
    assert response.status_code == 200
    assert "Access-Control-Allow-Origin" not in response.headers


def test_only_the_widget_is_loaded_by_other_sites(client: FlaskClient) -> None:
    assert client.get("/widget.js").headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    for path in ("/", "/assets/site.css", "/api/v1/categories", "/none"):
        assert client.get(path).headers["Cross-Origin-Resource-Policy"] == "same-origin"
