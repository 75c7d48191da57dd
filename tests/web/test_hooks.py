"""Who may ask for a publish over HTTP? Who signs with the secret, once for each push; nothing is ever built here."""

from __future__ import annotations

import hashlib
import hmac
import json

import pytest
from flask.testing import FlaskClient
from pydantic import SecretStr
from werkzeug.test import TestResponse

from app import create_app
from core.paths import Root
from core.settings import Settings
from publishing import queue
from publishing.git import Branch
from publishing.layout import releases
from web.hooks import LARGEST

SECRET = "a secret of the tests"
BODY = json.dumps({"ref": "refs/heads/main", "after": "1" * 40}).encode()


def client_of(site: Root, secret: str = SECRET) -> FlaskClient:
    given = Settings(hook_secret=SecretStr(secret), repository="/srv/kb.git")
    return create_app(site, given=given).test_client()


def signed(body: bytes, secret: str = SECRET, **headers: str) -> dict[str, str]:
    signature = "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    return {
        "X-Hub-Signature-256": signature,
        "X-GitHub-Event": "push",
        "Content-Type": "application/json",
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }


def send(client: FlaskClient, body: bytes, headers: dict[str, str]) -> TestResponse:
    return client.post("/hooks/publish", data=body, headers=headers)


def test_a_signed_push_is_queued_and_nothing_is_built(site: Root) -> None:
    response = send(client_of(site), BODY, signed(BODY))
    assert (response.status_code, response.get_json()["queued"]) == (202, True)
    assert [request.branch for request in queue.waiting(site)] == [Branch("/srv/kb.git", "main")]
    assert queue.waiting(site)[0].branch.fetch
    assert len(releases(site)) == 1


def test_gitlab_sends_the_secret_itself(site: Root) -> None:
    headers = {"X-Gitlab-Event": "Push Hook", "X-Gitlab-Token": SECRET, "X-Gitlab-Event-UUID": "1"}
    headers["Content-Type"] = "application/json"
    client = client_of(site)
    assert send(client, BODY, headers).status_code == 202
    assert send(client, BODY, headers).status_code == 409
    assert send(client, BODY, {**headers, "X-Gitlab-Event-UUID": "2"}).status_code == 202
    assert send(client, BODY, {**headers, "X-Gitlab-Token": SECRET + "x"}).status_code == 403


FORGED = {
    "no signature": {"X-GitHub-Event": "push", "Content-Type": "application/json"},
    "another secret": signed(BODY, "another secret of the tests"),
    "another body": signed(BODY + b" "),
    "a signature that is none": {**signed(BODY), "X-Hub-Signature-256": "sha256=签名"},
    "an empty signature beside a token": {**signed(BODY), "X-Hub-Signature-256": "", "X-Gitlab-Token": SECRET},
    "the old kind of signature": {"X-Hub-Signature": "sha1=" + "0" * 40, "Content-Type": "application/json"},
}


@pytest.mark.parametrize("headers", FORGED.values(), ids=FORGED)
def test_forged(site: Root, headers: dict[str, str]) -> None:
    latin = {name: value.encode().decode("latin-1") for name, value in headers.items()}
    response = send(client_of(site), BODY, latin)
    assert (response.status_code, response.get_json()["code"]) == (403, "BAD_SIGNATURE")
    assert response.content_type == "application/problem+json"
    assert queue.waiting(site) == []


def test_replayed(site: Root) -> None:
    client = client_of(site)
    assert send(client, BODY, signed(BODY)).status_code == 202
    queue.remove(queue.waiting(site))
    again = send(client_of(site), BODY, signed(BODY, X_GitHub_Delivery="another"))  # in another process, too
    assert (again.status_code, again.get_json()["code"]) == (409, "REPLAYED")
    assert queue.waiting(site) == []


def test_too_large(site: Root) -> None:
    body = b'{"ref": "' + b"x" * LARGEST + b'"}'
    response = send(client_of(site), body, signed(body))
    assert (response.status_code, response.get_json()["code"]) == (413, "TOO_LARGE")
    assert queue.waiting(site) == []


@pytest.mark.parametrize("body", [b"", b"[]", b"null", b"{", b"\xff", b"[" * 100_000])
def test_what_cannot_be_read(site: Root, body: bytes) -> None:
    response = send(client_of(site), body, signed(body))
    assert (response.status_code, response.get_json()["code"]) == (400, "BAD_REQUEST")


def test_what_is_not_json(site: Root) -> None:
    response = send(client_of(site), BODY, signed(BODY, Content_Type="application/x-www-form-urlencoded"))
    assert (response.status_code, response.get_json()["code"]) == (415, "NOT_JSON")


@pytest.mark.parametrize(
    ("body", "event"),
    [
        (BODY, "ping"),
        (BODY, "pull_request"),
        (json.dumps({"ref": "refs/heads/drafts", "after": "1" * 40}).encode(), "push"),
        (json.dumps({"ref": "refs/heads/main", "after": "0" * 40}).encode(), "push"),
        (json.dumps({"ref": ["refs/heads/main"], "after": {}}).encode(), "push"),
    ],
)
def test_what_publishes_nothing(site: Root, body: bytes, event: str) -> None:
    response = send(client_of(site), body, signed(body, X_GitHub_Event=event))
    assert (response.status_code, response.get_json()["queued"]) == (200, False)
    assert queue.waiting(site) == []


def test_switched_off_without_a_secret(site: Root) -> None:
    response = send(client_of(site, ""), BODY, signed(BODY, ""))
    assert (response.status_code, response.get_json()["code"]) == (404, "NOT_FOUND")
    assert client_of(site).get("/hooks/publish").status_code == 404


def test_a_queue_that_cannot_be_written_is_said(site: Root) -> None:
    client = client_of(site)
    (site.var / "queue").write_text("a file where a folder should be", "utf-8")
    response = send(client, BODY, signed(BODY))
    assert (response.status_code, response.get_json()["code"]) == (503, "QUEUE")
    (site.var / "queue").unlink()
    assert send(client, BODY, signed(BODY)).status_code == 202  # it was not taken for a replay
