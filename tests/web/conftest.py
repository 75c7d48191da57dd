"""The application over a release of tests/data/good."""

from __future__ import annotations

import shutil

import pytest
from flask.testing import FlaskClient
from flask_openapi3 import OpenAPI

from app import create_app
from core.paths import Root
from publishing.build import publish
from tests.conftest import GOOD


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> OpenAPI:
    folder = tmp_path_factory.mktemp("web") / "good"
    shutil.copytree(GOOD, folder)
    root = Root.at(folder)
    publish(root)
    return create_app(root)


@pytest.fixture
def client(app: OpenAPI) -> FlaskClient:
    return app.test_client()
