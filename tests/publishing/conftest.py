"""A release of tests/data/good, made once for every test that only reads it, and copies of it for those that change it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from core.paths import Root
from publishing.build import publish
from publishing.hook import install
from publishing.layout import Release
from tests.conftest import GOOD
from tests.publishing.sites import commit, git


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> tuple[Root, Release]:
    folder = tmp_path_factory.mktemp("published") / "good"
    shutil.copytree(GOOD, folder)
    root = Root.at(folder)
    release, built = publish(root)
    assert built
    return root, release


@pytest.fixture
def live(published: tuple[Root, Release], tmp_path: Path) -> Root:
    """A site of its own with one release."""
    folder = tmp_path / "live"
    shutil.copytree(published[0].path, folder, symlinks=True)
    return Root.at(folder)


@pytest.fixture
def git_site(live: Root) -> Root:
    """The same, in a git repository on branch main with a bare one, ``site.git``, beside it, whose hook publishes."""
    git(live.path, "init", "-q", "-b", "main")
    (live.path / ".gitignore").write_text("var/\n", "utf-8")
    commit(live, "articles")
    bare = live.path.parent / "site.git"
    git(live.path, "clone", "-q", "--bare", str(live.path), str(bare))
    git(live.path, "remote", "add", "origin", str(bare))
    install(live, bare, "main")
    return live
