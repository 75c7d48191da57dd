"""The application over a release of tests/data/good."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from flask_openapi3 import OpenAPI

from app import create_app
from core.paths import Root
from core.settings import Settings
from publishing.build import publish
from records.database import Database
from records.migrating import bring_up
from tests.conftest import GOOD
from web.live import Holder


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> OpenAPI:
    folder = tmp_path_factory.mktemp("web") / "good"
    shutil.copytree(GOOD, folder)
    root = Root.at(folder)
    publish(root)
    given = Settings(limits=0)
    bring_up(Database(root, given))
    return create_app(root, given=given)


@pytest.fixture
def client(app: OpenAPI) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def site(app: OpenAPI, tmp_path: Path) -> Root:
    """A site of its own with one release, and without a database."""
    holder: Holder = app.extensions["kb-holder"]
    # The database may be in use: its files come and go.
    ignore = shutil.ignore_patterns("kb.sqlite3*")
    shutil.copytree(holder.root.path, tmp_path / "site", symlinks=True, ignore=ignore)
    return Root.at(tmp_path / "site")
