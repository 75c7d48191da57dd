"""What can be called, and how do I try it? The OpenAPI document and a page that makes calls from it."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import flask_openapi3_swagger
from flask import Blueprint, Response, current_app, jsonify, render_template, send_from_directory

from articles.channel_texts import WEB
from web.context import live
from web.headers import policy

docs = Blueprint("docs", __name__, url_prefix="/api/v1", template_folder="../templates", static_folder="../static")
_SWAGGER = Path(flask_openapi3_swagger.__file__).parent / "templates" / "swagger"


@docs.get("/openapi.json")
def openapi() -> Response:
    """OpenAPI 3.1, made from the code; categories and channels are those of the live release."""
    document: dict[str, Any] = copy.deepcopy(current_app.api_doc)  # type: ignore[attr-defined]
    for call in (call for path in document["paths"].values() for call in path.values()):
        # The library adds a 400 of its own shape to calls that have none.
        if "application/json" in call["responses"].get("400", {}).get("content", {}):
            del call["responses"]["400"]
    now = live()
    for parameter in document["paths"]["/api/v1/search"]["get"]["parameters"]:
        if parameter["name"] == "category":
            parameter["schema"] = {"type": "string", "enum": list(now.categories)}
    body = document["components"]["schemas"]["AnswerBody"]["properties"]
    body["channel"]["enum"] = [WEB, *now.said.channels]
    body["category"] = {"description": body["category"]["description"], "enum": [None, "", *now.categories]}
    response = jsonify(document)
    response.headers["Cache-Control"] = "public, max-age=60"
    return response


@docs.get("/docs")
def page() -> Response:
    """The page to try it. Swagger UI sets style attributes, which this page alone allows."""
    response = Response(render_template("api.html"), content_type="text/html; charset=utf-8")
    response.headers["Content-Security-Policy"] = policy(styles="'self' 'unsafe-inline'")
    return response


@docs.get("/docs/swagger/<path:name>")
def swagger(name: str) -> Response:
    """Swagger UI's own files, from the installed package."""
    return send_from_directory(_SWAGGER, name, max_age=86400)
