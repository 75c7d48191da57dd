"""Is the OpenAPI document true? schemathesis calls everything that it names."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from flask.testing import FlaskClient
from flask_openapi3 import OpenAPI
from hypothesis import settings

schema = schemathesis.pytest.from_fixture("openapi_schema")


@pytest.fixture
def openapi_schema(app: OpenAPI) -> object:
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)


@schema.parametrize()
@settings(max_examples=60, deadline=None)
def test_every_call_does_what_the_document_says(case: schemathesis.Case[Any]) -> None:
    case.call_and_validate()


def test_document_is_made_from_the_code(client: FlaskClient) -> None:
    document = client.get("/api/v1/openapi.json").get_json()
    assert document["openapi"].startswith("3.1")
    assert set(document["paths"]) == {
        "/api/v1/search",
        "/api/v1/suggest",
        "/api/v1/articles/{id}",
        "/api/v1/categories",
    }
    parameters = {p["name"]: p for p in document["paths"]["/api/v1/search"]["get"]["parameters"]}
    assert parameters["category"]["schema"]["enum"] == ["policy", "claims"]
    assert parameters["q"]["schema"]["maxLength"] == 500


def test_page_to_try_it_needs_no_other_host(client: FlaskClient) -> None:
    page = client.get("/api/v1/docs")
    text = page.get_data(as_text=True)
    assert page.status_code == 200
    assert "://" not in text
    for path in ("docs/swagger/js/swagger-ui-bundle.js", "docs/swagger/css/swagger-ui.css", "static/docs.js"):
        assert path in text
        assert client.get(f"/api/v1/{path}").status_code == 200
