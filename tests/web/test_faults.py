"""Does a real server go on when its database cannot? Customers search and read, whoever votes is told, a metric counts it."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text

from bench.latency import free_port, served
from core.paths import Root
from core.settings import Settings
from records.database import Database
from records.migrating import bring_up
from tests.publishing.sites import wait_for
from tests.web.figures import figure_in
from tests.web.test_metrics import ask
from web.public.records import NOT_STORED

VOTE = {"visitor": "anne-0123456789abcdefghij", "article": "first-steps", "solved": False, "words": "我的话"}


def reads(port: int) -> None:
    for path in ("/api/v1/search?q=%E9%80%80%E4%BF%9D", "/claims/first-steps/", "/api/v1/articles/first-steps"):
        assert ask(port, "GET", path)[0] == 200, path


def lost(port: int, reason: str) -> tuple[float, float]:
    """How many events and votes."""
    told = ask(port, "GET", "/metrics")[1]
    return tuple(figure_in(told, f"kb_{what}_lost_total", reason=reason) for what in ("events", "votes"))  # type: ignore[return-value]


def rows(root: Root, question: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(root.var / "kb.sqlite3")) as connection:
        return connection.execute(question).fetchall()


def test_a_storm_is_one_vote_and_what_was_searched_last_is_written_at_the_end(site: Root) -> None:
    with served(site, KB_WORKERS="2") as (port, _), ThreadPoolExecutor(16) as people:
        told = list(people.map(lambda _: ask(port, "POST", "/api/v1/votes", VOTE)[0], range(100)))
        assert told == [200] * 100
        reads(port)
    assert rows(site, "SELECT article, solved, words FROM votes") == [("first-steps", 0, "我的话")]
    assert rows(site, "SELECT count(*) FROM events WHERE kind = 'vote'") == [(1,)]
    assert rows(site, "SELECT query FROM events WHERE kind = 'search'") == [("退保",)]


@contextmanager
def on_small_disk(site: Root) -> Iterator[tuple[int, Path]]:
    """A server whose var/ is a disk of its own; (port, folder): ``fill`` or ``free`` in that folder does so, ``done`` follows."""
    if subprocess.run(["unshare", "-Urm", "true"], capture_output=True, check=False).returncode:
        pytest.fail(
            "这个测试要建一个小磁盘：允许非特权用户命名空间（sysctl kernel.unprivileged_userns_clone=1），或用 root 运行"
        )
    port, signs = free_port(), site.path / "signs"
    signs.mkdir()
    kept = site.path / "kept"
    site.var.rename(kept)
    site.var.mkdir()
    script = (
        f"mount -t tmpfs -o size=40m tmpfs {site.var} && cp -a {kept}/. {site.var}/ || exit 1;"
        f" {sys.executable} -m cli serve --root {site.path} & server=$!;"
        f" trap 'kill $server; wait $server; exit' TERM;"
        f" while sleep 0.05; do"
        f" if rm {signs}/fill; then head -c 64m /dev/zero > {site.var}/ballast; touch {signs}/done; fi;"
        f" if rm {signs}/free; then rm {site.var}/ballast; touch {signs}/done; fi;"
        f" done"
    )
    process = subprocess.Popen(
        ["env", f"KB_PORT={port}", "KB_LIMITS=0", "unshare", "-Urm", "sh", "-c", script], stderr=subprocess.DEVNULL
    )
    try:
        wait_for(lambda: process.poll() is not None or _answers(port))
        assert process.poll() is None
        yield port, signs
    finally:
        process.terminate()
        process.wait(30)


def _answers(port: int) -> bool:
    try:
        return ask(port, "GET", "/readyz")[0] == 200
    except OSError:
        return False


def _do(signs: Path, what: str) -> None:
    (signs / what).touch()
    wait_for((signs / "done").exists)
    (signs / "done").unlink()


def test_a_full_disk(site: Root) -> None:
    with on_small_disk(site) as (port, signs):
        assert ask(port, "POST", "/api/v1/votes", VOTE)[0] == 200
        wait_for(lambda: figure_in(ask(port, "GET", "/metrics")[1], "kb_events_written_total", kind="vote") == 1)
        _do(signs, "fill")
        reads(port)
        status, told = ask(port, "POST", "/api/v1/votes", {**VOTE, "words": "又写了一句"})
        assert (status, NOT_STORED.replace('"', '\\"') in told) == (503, True)
        wait_for(lambda: lost(port, "disk") == (1, 1))
        _do(signs, "free")
        status, told = ask(port, "POST", "/api/v1/votes", {**VOTE, "words": "又写了一句"})
        assert (status, "又写了一句" in told) == (200, True)
        reads(port)
        wait_for(lambda: figure_in(ask(port, "GET", "/metrics")[1], "kb_events_written_total", kind="search") == 1)


def serve(site: Root, **settings: str) -> subprocess.CompletedProcess[str]:
    """A server that is expected to end by itself."""
    given = [f"KB_PORT={free_port()}", *(f"{name}={value}" for name, value in settings.items())]
    command = ["env", *given, sys.executable, "-m", "cli", "serve", "--root", str(site.path)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


def test_a_schema_of_a_newer_program_is_refused_in_a_sentence(site: Root) -> None:
    database = Database(site, Settings())
    bring_up(database)
    with database.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    done = serve(site)
    assert done.returncode == 1
    assert done.stderr.strip().splitlines()[-1].startswith("DATABASE: 数据库是更新的程序建的（版本 9999）")
    assert "Traceback" not in done.stderr
    assert list(site.var.glob("kb.sqlite3.before-*")) == []


def test_an_address_of_a_database_that_cannot_be_read_is_refused_without_its_password(site: Root) -> None:
    for url in ("mysql://kb:a-password@host/kb", "postgresql://kb:a-password@host:port/kb"):
        done = serve(site, KB_DATABASE_URL=url)
        assert done.returncode == 1
        assert done.stderr.strip().splitlines()[-1].startswith("SETTINGS: 设置不对：KB_DATABASE_URL")
        assert "a-password" not in done.stderr
        assert "Traceback" not in done.stderr


@pytest.mark.parametrize("what", ["no database", "no server", "a folder"])
def test_a_database_that_cannot_be_opened_keeps_nobody_from_reading(site: Root, what: str) -> None:
    file = site.var / "kb.sqlite3"
    if what == "no database":
        file.write_text("something else entirely" * 100, "utf-8")
    if what == "a folder":
        file.mkdir()
    url = "postgresql://kb:a-password@127.0.0.1:1/kb" if what == "no server" else ""
    reason = "other" if what == "no database" else "missing"
    with served(site, KB_DATABASE_URL=url) as (port, _):
        reads(port)
        status, told = ask(port, "POST", "/api/v1/votes", VOTE)
        assert (status, "a-password" in told) == (503, False)
        wait_for(lambda: lost(port, reason) == (1, 1))


def test_a_server_on_postgresql(site: Root, postgresql_url: str) -> None:
    with served(site, KB_DATABASE_URL=postgresql_url, KB_WORKERS="2") as (port, _), ThreadPoolExecutor(16) as people:
        assert set(people.map(lambda _: ask(port, "POST", "/api/v1/votes", VOTE)[0], range(100))) == {200}
        reads(port)
    database = Database(site, Settings.model_validate({"database_url": postgresql_url}))
    with database.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM votes")).scalar_one() == 1
        assert connection.execute(text("SELECT query FROM events WHERE kind = 'search'")).scalar_one() == "退保"
    database.close()
    assert not (site.var / "kb.sqlite3").exists()
