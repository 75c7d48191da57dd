"""Does every response carry its headers, and does the policy let only the site's own scripts run?"""

from __future__ import annotations

import json
import logging
import re

import pytest
from flask.testing import FlaskClient

from core.logs import JsonLines

PATHS = ["/", "/claims/first-steps/", "/none/", "/api/v1/categories", "/api/v1/search", "/healthz", "/api/v1/docs"]


@pytest.mark.parametrize("path", PATHS)
def test_security_headers(client: FlaskClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"]
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe-inline" not in policy.split("style-src")[0]
    assert "unsafe-eval" not in policy


@pytest.mark.parametrize("path", ["/", "/claims/", "/claims/first-steps/", "/ask/", "/none/"])
def test_pages_need_nothing_that_the_policy_forbids(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    text = response.get_data(as_text=True)
    assert not re.search(r"<[^>]+\sstyle=", text)
    assert "<style" not in text
    assert not re.search(r"<[^>]+\son[a-z]+=", text)


def test_release_is_named(client: FlaskClient) -> None:
    assert client.get("/").headers["X-KB-Release"] == client.get("/api/v1/categories").headers["X-KB-Release"] != ""


def test_request_id_of_a_proxy_is_kept_when_harmless(client: FlaskClient) -> None:
    assert client.get("/healthz", headers={"X-Request-Id": "abc-12345"}).headers["X-Request-Id"] == "abc-12345"
    odd = client.get("/healthz", headers={"X-Request-Id": "<script>alert(1)</script>"}).headers["X-Request-Id"]
    assert re.fullmatch(r"[0-9a-f]{32}", odd)


def test_log_lines_are_json_without_the_query(client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger("kb").propagate = True
    with caplog.at_level(logging.INFO, logger="kb.access"):
        client.get("/api/v1/search?q=my-secret-question")
    line = JsonLines().format(caplog.records[-1])
    parsed = json.loads(line)
    assert (parsed["path"], parsed["status"]) == ("/api/v1/search", 200)
    assert "my-secret-question" not in line


def test_a_crash_is_a_problem_without_its_inside(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    from search.service import SearchService

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("inner words")

    monkeypatch.setattr(SearchService, "search", broken)
    response = client.get("/api/v1/search?q=a")
    assert (response.status_code, response.get_json()["code"]) == (500, "INTERNAL")
    assert "inner words" not in response.get_data(as_text=True)
