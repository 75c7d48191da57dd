"""Are pages served, moved, gone and missing as they should be?"""

from __future__ import annotations

import gzip
import json
import re

import pytest
from flask.testing import FlaskClient


def test_home_and_article(client: FlaskClient) -> None:
    home = client.get("/")
    assert home.status_code == 200
    assert "示例保险" in home.get_data(as_text=True)
    page = client.get("/claims/first-steps/")
    assert "先看人" in page.get_data(as_text=True)
    assert page.headers["Content-Type"].startswith("text/html")


def test_compressed_where_the_browser_takes_it(client: FlaskClient) -> None:
    plain = client.get("/claims/first-steps/", headers={"Accept-Encoding": "identity"})
    packed = client.get("/claims/first-steps/", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Vary"] == "Accept-Encoding"
    assert packed.headers["ETag"] != plain.headers["ETag"]


def test_revalidated(client: FlaskClient) -> None:
    first = client.get("/")
    assert first.headers["Cache-Control"] == "no-cache"
    assert client.get("/", headers={"If-None-Match": first.headers["ETag"]}).status_code == 304


@pytest.mark.parametrize(
    ("path", "to"),
    [
        ("/claims/first-steps", "/claims/first-steps/"),
        ("/policy/first-steps/", "/claims/first-steps/"),
        ("/old-category/reissue", "/policy/reissue/"),
        ("/claims/first-steps?a=1", "/claims/first-steps/?a=1"),
        ("/search/?q=a", "/ask/?q=a"),
    ],
)
def test_moved(client: FlaskClient, path: str, to: str) -> None:
    response = client.get(path)
    assert (response.status_code, response.headers["Location"]) == (301, to)


def test_archived_is_gone_and_names_what_replaced_it(client: FlaskClient) -> None:
    response = client.get("/policy/old-reissue/")
    assert response.status_code == 410
    text = response.get_data(as_text=True)
    assert "policy/reissue/" in text
    assert "这段旧文不再公开" not in text


@pytest.mark.parametrize(
    "path",
    [
        "/none/",
        "/claims/none/",
        "/a/b/c/d",
        "/..%2f..%2fmanifest.json",
        "/../manifest.json",
        "/%2e%2e/index/index.json",
        "/a%00b",
        "/" + "x" * 300,
        "/index.html.gz",
        "//evil.example/%2e%2e",
        "/policy/short.yml",
        "/index.html/",
        "/assets/site.css/",
    ],
)
def test_missing(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code in {404, 308}, response.status
    if response.status_code == 404:
        assert "<html" in response.get_data(as_text=True)


def test_no_redirect_leads_to_another_host(client: FlaskClient) -> None:
    for path in (
        "//evil.example",
        "//evil.example/..",
        "//evil.example/first-steps",
        "/\\evil.example/",
        "/claims//x.example",
    ):
        location = client.get("/", environ_overrides={"PATH_INFO": path}).headers.get("Location", "")
        assert location == "" or location.startswith("/claims/"), path


def test_no_page_names_another_host(client: FlaskClient) -> None:
    import re

    for path in ("/", "/claims/", "/claims/first-steps/", "/ask/", "/none/"):
        text = client.get(path).get_data(as_text=True)
        loads = re.findall(r'(?:src|href|action|srcset|content)="((?:https?:)?//[^"]+)"', text)
        assert [url for url in loads if "127.0.0.1:8000" not in url] == [], path


def test_the_service_worker_is_asked_for_anew_each_time(client: FlaskClient) -> None:
    response = client.get("/sw.js")
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-cache"
    assert response.headers["Content-Type"].startswith("text/javascript")
    assert "worker-src 'self'" in response.headers["Content-Security-Policy"]
    script = response.get_data(as_text=True)
    assert script.count("\n") < 150
    assert "{{" not in script
    assert "{%" not in script
    files, pages = (json.loads(found) for found in re.findall(r"^const (?:FILES|PAGES) = (.*);$", script, re.MULTILINE))
    assert len(files) > 10
    for path in (*files, *pages):
        assert client.get(f"/{path}").status_code == 200, path
