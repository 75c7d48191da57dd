"""Is the OpenAPI document true? schemathesis calls everything that it names."""

from __future__ import annotations

from typing import Any

import schemathesis
from flask.testing import FlaskClient
from flask_openapi3 import OpenAPI
from hypothesis import HealthCheck, given, settings
from schemathesis.core.result import Ok


def test_every_call_does_what_the_document_says(app: OpenAPI) -> None:
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
    operations = [result.ok() for result in schema.get_all_operations() if isinstance(result, Ok)]
    assert len(operations) == 9
    modes = (schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE)
    for operation in operations:
        # Any text is a fine path, so only query parameters and bodies can be wrong.
        for mode in modes if len(list(operation.query)) or operation.body else modes[:1]:
            cases = operation.as_strategy(generation_mode=mode)

            @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
            @given(case=cases)
            def call(case: schemathesis.Case[Any]) -> None:
                case.call_and_validate()

            call()


def test_document_is_made_from_the_code(client: FlaskClient) -> None:
    document = client.get("/api/v1/openapi.json").get_json()
    assert document["openapi"].startswith("3.1")
    assert set(document["paths"]) == {
        "/api/v1/search",
        "/api/v1/suggest",
        "/api/v1/articles/{id}",
        "/api/v1/articles/{id}/similar",
        "/api/v1/categories",
        "/api/v1/answer",
        "/api/v1/trail",
        "/api/v1/votes",
        "/api/v1/events",
    }
    body = document["components"]["schemas"]["AnswerBody"]["properties"]
    assert body["channel"]["enum"][:2] == ["web", "phone"]
    assert body["category"]["enum"] == [None, "", "policy", "claims"]
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
