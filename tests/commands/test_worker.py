"""Does the worker do its jobs, alone or beside a server, and stop when it is told?"""

from __future__ import annotations

import http.client
import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bench.latency import served
from core.errors import WorkerError
from core.paths import Root
from core.settings import Settings
from publishing import queue
from publishing.build import publish, publish_branch
from publishing.git import Branch
from publishing.lock import worker_lock
from records.database import Database
from records.events import Event, write
from records.migrating import bring_up
from records.tables import EventRow
from tests.publishing.sites import answer, commit, git, says, wait_for


@pytest.fixture
def site(good: Root) -> Root:
    git(good.path, "init", "-q", "-b", "main")
    (good.path / ".gitignore").write_text("var/\n", "utf-8")
    commit(good, "articles")
    publish(good)
    return good


@contextmanager
def working(root: Root) -> Iterator[subprocess.Popen[str]]:
    command = ["env", "KB_LOG_LEVEL=info", sys.executable, "-m", "cli", "worker", "--root", str(root.path)]
    worker = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        yield worker
    finally:
        worker.kill()
        worker.communicate()


def line(worker: subprocess.Popen[str]) -> dict[str, object]:
    assert worker.stderr is not None
    parsed: dict[str, object] = json.loads(worker.stderr.readline())
    return parsed


def test_it_publishes_what_is_asked_for_and_goes_on_after_a_broken_article(site: Root) -> None:
    branch = Branch(str(site.path), "main")
    with working(site) as worker:
        assert line(worker)["message"] == "worker started"
        with pytest.raises(WorkerError, match="已经有一个"), worker_lock(site):
            pass
        (site.kb / "policy" / "bad.md").write_text("没有字段", "utf-8")
        commit(site, "broken")
        queue.put(site, branch)
        failed = line(worker)
        assert (failed["message"], failed["code"]) == ("job failed", "CONTENT")
        assert str(failed["problems"]).startswith("['kb/policy/bad.md:1: K106")
        assert queue.waiting(site) == []
        (site.kb / "policy" / "bad.md").unlink()
        answer(site, "后台发布的")
        commit(site, "mended")
        queue.put(site, branch)
        queue.put(site, branch)
        assert line(worker)["message"] == "job done"
        assert says(site, "后台发布的")
        worker.send_signal(signal.SIGTERM)
        assert line(worker)["message"] == "worker stopped"
        assert worker.wait(20) == 0


def test_a_server_brings_one_with_it_and_takes_it_away(site: Root) -> None:
    publish_branch(site, Branch(str(site.path), "main"))  # so that the server publishes that branch and no working tree
    with served(site) as (port, _):
        wait_for(lambda: _is_taken(site))
        answer(site, "排队的")
        commit(site, "new")
        queue.put(site, Branch(str(site.path), "main"))
        wait_for(lambda: says(site, "排队的"))
        wait_for(lambda: "排队的" in _get(port, "/policy/new/"))
    assert not _is_taken(site)


def test_it_purges_what_is_too_old(site: Root) -> None:
    database = Database(site, Settings())
    bring_up(database)
    with database.writing() as connection:
        write(connection, [Event("view", "r1", at=datetime.now(UTC) - timedelta(days=999)), Event("view", "r2")])
    with working(site) as worker:
        assert line(worker)["message"] == "worker started"
        assert line(worker)["job"] == "purge of old records"
    with database.reading() as connection:
        assert list(connection.execute(select(EventRow.release)).scalars()) == ["r2"]


def _is_taken(root: Root) -> bool:
    try:
        with worker_lock(root):
            return False
    except WorkerError:
        return True


def _get(port: int, path: str) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    connection.request("GET", path)
    text = connection.getresponse().read().decode()
    connection.close()
    return text


def test_one_that_is_beside_a_server_ends_with_it(site: Root, tmp_path: Path) -> None:
    """The server is killed, and can tell nobody."""
    log = tmp_path / "log"
    code = (
        "import subprocess, sys, time\n"
        f"worker = [sys.executable, '-m', 'cli', 'worker', '--beside', '--root', {str(site.path)!r}]\n"
        f"subprocess.Popen(worker, stderr=open({str(log)!r}, 'w'))\n"
        "time.sleep(600)\n"
    )
    server = subprocess.Popen([sys.executable, "-c", code])
    wait_for(lambda: log.is_file() and "worker started" in log.read_text("utf-8"))
    server.kill()
    server.wait()
    wait_for(lambda: not _is_taken(site))
