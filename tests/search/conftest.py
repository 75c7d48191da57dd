"""A search over tests/data/good."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from articles.checking import load_checked
from core.paths import Root
from search.local import open_local
from search.service import SearchService
from tests.conftest import GOOD


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchService]:
    import shutil

    folder = tmp_path_factory.mktemp("search") / "good"
    shutil.copytree(GOOD, folder)
    yield open_local(load_checked(Root.at(Path(folder))))
