"""A release of tests/data/good, made once for every test that only reads it."""

from __future__ import annotations

import shutil

import pytest

from core.paths import Root
from publishing.build import publish
from publishing.layout import Release
from tests.conftest import GOOD


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> tuple[Root, Release]:
    folder = tmp_path_factory.mktemp("published") / "good"
    shutil.copytree(GOOD, folder)
    root = Root.at(folder)
    release, built = publish(root)
    assert built
    return root, release
