"""What do tests start from? A small good knowledge base, copied so that each test may break its own."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from core.paths import Root
from search.tokenizer import Chain
from search.tokenizer.segment import Segmenter

pytest_plugins = ["tests.databases"]
GOOD = Path(__file__).parent / "data" / "good"
REPOSITORY = Path(__file__).parent.parent


def pytest_addoption(parser: pytest.Parser) -> None:
    """``make soak`` runs each test of a fault many times."""
    parser.addoption("--rounds", type=int, default=1, help="how often each fault happens")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "turn" in metafunc.fixturenames:
        metafunc.parametrize("turn", range(metafunc.config.getoption("--rounds")))


@pytest.fixture(scope="session")
def caches(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for jieba's cache, so that it is made once a run."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="session")
def chain(caches: Path) -> Chain:
    """The analysis chain with a few words of its own."""
    return Chain(Segmenter(["百万医疗", "交强险"], caches), ["怎么", "的", "吗"])


@pytest.fixture
def good(tmp_path: Path) -> Root:
    """A copy of tests/data/good: eight articles, everything configured."""
    shutil.copytree(GOOD, tmp_path / "good")
    return Root.at(tmp_path / "good")


@pytest.fixture
def make_root(tmp_path: Path) -> Callable[[dict[str, str | bytes]], Root]:
    """A root with just these files (path → text or bytes)."""

    def make(files: dict[str, str | bytes]) -> Root:
        folder = tmp_path / "made"
        (folder / "kb").mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return Root.at(folder)

    return make
