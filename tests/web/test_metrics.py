"""Who may read the metrics, what do they say, and do they hold for all processes together?"""

from __future__ import annotations

import http.client
import json
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from flask_openapi3 import OpenAPI
from prometheus_client.parser import text_string_to_metric_families

from app import create_app
from bench.latency import served
from core.paths import Root
from core.settings import Settings
from tests.publishing.sites import wait_for
from tests.web.figures import figure, figure_in

TOKEN = "a token of the tests"


@pytest.fixture
def guarded(app: OpenAPI) -> FlaskClient:
    given = Settings.model_validate({"metrics_token": TOKEN, "limits": 0})
    return create_app(app.extensions["kb-holder"].root, given=given).test_client()


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.8.8", "::1"])
def test_this_machine_may(client: FlaskClient, address: str) -> None:
    response = client.get("/metrics", environ_base={"REMOTE_ADDR": address})
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-store"
    assert list(text_string_to_metric_families(response.get_data(as_text=True)))


REFUSED = [
    ("192.0.2.1", {}),
    ("10.0.0.1", {"Authorization": "Bearer "}),
    ("", {}),
    ("127.0.0.1", {"X-Forwarded-For": "192.0.2.1"}),
    ("127.0.0.1", {"X-Forwarded-For": "127.0.0.1"}),
    ("127.0.0.1", {"Forwarded": "for=192.0.2.1"}),
    ("127.0.0.1", {"X-Real-IP": "192.0.2.1"}),
]


@pytest.mark.parametrize(("address", "headers"), REFUSED)
def test_others_may_not(client: FlaskClient, address: str, headers: dict[str, str]) -> None:
    response = client.get("/metrics", environ_base={"REMOTE_ADDR": address}, headers=headers)
    assert (response.status_code, response.get_json()["code"]) == (403, "FORBIDDEN")
    assert response.content_type == "application/problem+json"


@pytest.mark.parametrize(
    ("given", "status"),
    [
        (f"Bearer {TOKEN}", 200),
        (f"bearer {TOKEN}", 200),
        (f"Basic {TOKEN}", 403),
        (f"Bearer {TOKEN}x", 403),
        ("Bearer ", 403),
        ("Bearer 口令".encode().decode("latin-1"), 403),
        (TOKEN, 403),
        ("", 403),
    ],
)
def test_with_the_token(guarded: FlaskClient, given: str, status: int) -> None:
    response = guarded.get("/metrics", environ_base={"REMOTE_ADDR": "192.0.2.1"}, headers={"Authorization": given})
    assert response.status_code == status


def test_what_is_counted(client: FlaskClient, app: OpenAPI) -> None:
    names = [
        ("kb_requests_total", {"endpoint": "api.search", "status": "200"}),
        ("kb_requests_total", {"endpoint": "api.search", "status": "400"}),
        ("kb_requests_total", {"endpoint": "site.page", "status": "404"}),
        ("kb_request_seconds_count", {"endpoint": "api.search"}),
        ("kb_events_written_total", {"kind": "search"}),
    ]
    app.extensions["kb-records"].flush()
    before = [figure(client, name, **labels) for name, labels in names]
    client.get("/api/v1/search?q=my-secret-question")
    client.get("/api/v1/search?q=")
    client.get("/my-secret-page/")
    app.extensions["kb-records"].flush()
    after = [figure(client, name, **labels) for name, labels in names]
    assert [b - a for a, b in zip(before, after, strict=True)] == [1, 1, 1, 2, 1]
    text = client.get("/metrics").get_data(as_text=True)
    assert "my-secret" not in text
    assert figure_in(text, "kb_release", release=client.get("/readyz").get_json()["release"]) == 1


def ask(port: int, method: str, path: str, body: object = None) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    sent = None if body is None else json.dumps(body)
    connection.request(method, path, sent, {"Content-Type": "application/json"} if sent else {})
    response = connection.getresponse()
    told = response.status, response.read().decode()
    connection.close()
    return told


def test_all_processes_are_counted_together(site: Root) -> None:
    with served(site, KB_WORKERS="2") as (port, _):
        for number in range(40):
            assert ask(port, "GET", f"/api/v1/search?q={quote('退保')}{number}")[0] == 200
        vote = {"visitor": "anne-0123456789abcdefghij", "article": "first-steps", "solved": True}
        assert ask(port, "POST", "/api/v1/votes", vote)[0] == 200

        def text() -> str:
            return ask(port, "GET", "/metrics")[1]

        wait_for(lambda: figure_in(text(), "kb_events_written_total", kind="search") == 40)
        wait_for(lambda: figure_in(text(), "kb_events_written_total", kind="vote") == 1)
        assert {figure_in(text(), "kb_requests_total", endpoint="api.search", status="200") for _ in range(10)} == {40}
        assert figure_in(text(), "kb_votes_total", solved="yes") == 1
        assert figure_in(text(), "kb_release") == 1
