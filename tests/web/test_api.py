"""Do the public calls answer, and refuse only what they say they refuse?"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, quote_from_bytes

import pytest
from flask.testing import FlaskClient


def get(client: FlaskClient, path: str) -> tuple[int, Any]:
    response = client.get(path)
    return response.status_code, response.get_json(silent=True)


def test_search_says_what_matched(client: FlaskClient) -> None:
    status, body = get(client, "/api/v1/search?q=" + quote("追尾先报警吗"))
    assert status == 200
    first = body["results"][0]
    assert first["id"] == "first-steps"
    assert first["category_name"] == "理赔进度"
    assert first["url"] == "/claims/first-steps/"
    assert first["answer"] == "先看人，再拨 40000 报案。"
    assert first["matched"]["kind"] == "similar"
    assert "追尾" in first["matched"]["words"]
    assert body["total"] >= 1
    assert {"key": "claims", "name": "理赔进度", "count": body["facets"]["category"][0]["count"]} in body["facets"][
        "category"
    ]


def test_search_says_how_sure_it_is_and_why(client: FlaskClient) -> None:
    _, body = get(client, "/api/v1/search?explain=1&q=" + quote("追尾先报警吗"))
    assert body["band"] in {"answer", "choose", "unsure"}
    assert 0 <= body["probability"] <= 1
    assert body["guess"][0]["key"] == "claims"
    assert body["guess"][0]["name"] == "理赔进度"
    first = body["results"][0]
    parts = sum(part["question"] + part["article"] for part in first["explain"])
    assert first["score"] == pytest.approx(parts, abs=0.02)
    assert get(client, "/api/v1/search?q=" + quote("追尾"))[1]["results"][0]["explain"] == []


def test_similar_articles(client: FlaskClient) -> None:
    status, body = get(client, "/api/v1/articles/surrender/similar")
    assert status == 200
    assert body["similar"]
    assert "surrender" not in [hit["id"] for hit in body["similar"]]
    assert get(client, "/api/v1/articles/agent-only/similar")[0] == 404


def test_search_filters(client: FlaskClient) -> None:
    _, body = get(client, "/api/v1/search?category=policy&q=" + quote("保单 材料 报案"))
    assert {r["category"] for r in body["results"]} == {"policy"}
    _, body = get(client, "/api/v1/search?product=motor&q=" + quote("保单 材料 报案"))
    assert [r["id"] for r in body["results"]] == ["first-steps"]
    assert get(client, "/api/v1/search?product=boat&q=x")[1]["results"] == []


BAD = [
    ("/api/v1/search", "BAD_Q"),
    ("/api/v1/search?q=", "BAD_Q"),
    ("/api/v1/search?q=%20%09", "BAD_Q"),
    ("/api/v1/search?q=" + "a" * 501, "BAD_Q"),
    ("/api/v1/search?q=a&limit=0", "BAD_LIMIT"),
    ("/api/v1/search?q=a&limit=51", "BAD_LIMIT"),
    ("/api/v1/search?q=a&limit=x", "BAD_LIMIT"),
    ("/api/v1/search?q=a&category=none", "UNKNOWN_CATEGORY"),
    ("/api/v1/suggest?q=", "BAD_Q"),
    ("/api/v1/suggest?q=a&limit=-1", "BAD_LIMIT"),
]


@pytest.mark.parametrize(("path", "code"), BAD)
def test_refusals(client: FlaskClient, path: str, code: str) -> None:
    response = client.get(path)
    body = response.get_json()
    assert (response.status_code, body["code"]) == (400, code)
    assert response.content_type == "application/problem+json"
    assert body["request_id"] == response.headers["X-Request-Id"]
    assert body["title"]
    assert body["detail"]


ODD = [
    "退", "👍", "%00", "%01%1f", quote('*:()"~^[]{}'), "AND", "a%20OR%20b", "%ED%A0%80", "%FF%FE", "q%3Aq", "..%2F..%2Fetc",
    "a" * 500, quote("退" * 500), "%E2%80%8B",
]  # fmt: skip


@pytest.mark.parametrize("query", ODD)
@pytest.mark.parametrize("call", ["search", "suggest"])
def test_odd_queries_are_text(client: FlaskClient, call: str, query: str) -> None:
    assert get(client, f"/api/v1/{call}?q={query}")[0] == 200


def test_raw_bytes_in_a_query_do_no_harm(client: FlaskClient) -> None:
    assert get(client, "/api/v1/search?q=" + quote_from_bytes(bytes(range(128, 256))))[0] == 200


def test_article(client: FlaskClient) -> None:
    status, body = get(client, "/api/v1/articles/first-steps")
    assert status == 200
    assert body["steps"][1] == {
        "title": "查勘",
        "text": "我们派人到现场。",
        "who": "company",
        "within": 2,
        "unit": "小时",
    }
    assert body["related"] == ["claim-days"]
    assert "agent_notes" not in body


def test_an_article_gives_its_flow_to_programs(client: FlaskClient) -> None:
    """Whoever follows it comes from the first question to an article or to a human."""
    asks = {ask["key"]: ask for ask in get(client, "/api/v1/articles/surrender")[1]["ask"]}
    assert list(asks) == ["when", "kind"]
    first = asks["when"]["choices"][0]
    assert (first["next"], first["url"]) == ("kind", "/policy/surrender/#ask-kind")
    last = asks[first["next"]]["choices"]
    assert [(c["article"], c["to"]) for c in last] == [("surrender", None), ("reissue", None), (None, "human")]
    for choice in last:
        assert client.get(choice["url"].split("#")[0]).status_code == 200
    assert get(client, "/api/v1/articles/first-steps")[1]["ask"] == []


def test_article_that_is_gone_names_its_successor(client: FlaskClient) -> None:
    status, body = get(client, "/api/v1/articles/old-reissue")
    assert (status, body["code"], body["replaced_by"]) == (410, "ARTICLE_GONE", "/policy/reissue/")


@pytest.mark.parametrize("name", ["none", "agent-only", "draft-one", "..", "%2e%2e%2fetc", "a%00b"])
def test_article_that_is_not_there(client: FlaskClient, name: str) -> None:
    assert client.get(f"/api/v1/articles/{name}").status_code == 404


def test_categories(client: FlaskClient) -> None:
    _, body = get(client, "/api/v1/categories")
    assert [(c["key"], c["name"], c["articles"]) for c in body["categories"]] == [
        ("policy", "保单查询", 2),
        ("claims", "理赔进度", 3),
    ]


def test_answers_may_be_kept_and_revalidated(client: FlaskClient) -> None:
    path = "/api/v1/search?q=" + quote("退保")
    first = client.get(path)
    assert "max-age" in first.headers["Cache-Control"]
    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("path", ["/api/v1/search", "/api/v1/articles/first-steps", "/", "/healthz"])
def test_other_methods_are_refused(client: FlaskClient, path: str) -> None:
    response = client.post(path)
    assert response.status_code == 405
    assert response.get_json()["code"] == "METHOD_NOT_ALLOWED"
    assert "GET" in response.headers["Allow"]


def test_unknown_call(client: FlaskClient) -> None:
    response = client.get("/api/v1/nothing")
    assert (response.status_code, response.get_json()["code"]) == (404, "NOT_FOUND")


def test_health(client: FlaskClient) -> None:
    assert get(client, "/healthz") == (200, {"status": "ok"})
    status, body = get(client, "/readyz")
    assert (status, body["articles"]) == (200, 5)
