"""The real site of this repository, served by kb serve, in a real Chromium."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from bench.latency import free_port, served
from bench.weight import ARGUMENTS
from core.paths import Root
from publishing.build import publish
from publishing.layout import current
from tests.browser.looks import SIZES
from tests.conftest import REPOSITORY


@dataclass(frozen=True)
class Site:
    """A running site: its address, the folder of its static files, and the port of the other site that may ask it."""

    url: str
    files: Path
    friend: int


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("site") / "site"
    shutil.copytree(built(tmp_path_factory.getbasetemp()), folder, symlinks=True)
    root = Root.at(folder)
    friend = free_port()
    with served(root, KB_ALLOWED_ORIGINS=f"http://localhost:{friend}") as (port, _):
        release = current(root)
        assert release is not None
        yield Site(f"http://127.0.0.1:{port}", release.site, friend)


def built(own: Path) -> Path:
    """The folder of the site with its first release; the processes that share the tests build it once for all of them."""
    base = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    folder = base / "built-site"
    with (base / "built-site.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            partial = base / "built-site.partial"
            shutil.rmtree(partial, ignore_errors=True)
            for name in ("kb", "site_config"):
                shutil.copytree(REPOSITORY / name, partial / name)
            publish(Root.at(partial))
            partial.rename(folder)
    return folder


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = shutil.which("chromium")
    assert path, "chromium is missing: sh scripts/browser.sh installs it"
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def page(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[Page]:
    """A fresh visitor, on a phone (see looks.py); nothing may be asked of another host or be refused by the policy."""
    size = getattr(request, "param", "phone")
    # Without sw.js: it would answer for the network that tests cut or listen to (test_offline.py has it).
    context = chromium.new_context(
        viewport=SIZES[size], has_touch=size == "phone", locale="zh-CN", service_workers="block"
    )
    page = context.new_page()
    page.set_default_timeout(8000)
    hosts: set[str] = set()
    complaints: list[str] = []
    page.on("request", lambda r: hosts.add(r.url.split("/")[2].split(":")[0]) if r.url.startswith("http") else None)
    page.on("console", lambda m: complaints.append(m.text) if "Content Security Policy" in m.text else None)
    page.on("pageerror", lambda e: complaints.append(str(e)))
    yield page
    context.close()
    assert hosts <= {"127.0.0.1"}
    assert complaints == []
