"""Real databases for tests: SQLite in a file, Debian's own PostgreSQL server, started once a run, and its Redis."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from pydantic import SecretStr
from pytest_postgresql.executors import PostgreSQLExecutor
from pytest_postgresql.janitor import DatabaseJanitor

from bench.latency import free_port
from core.settings import Settings

PG_CTL = Path(__file__).parent / "pg_ctl.sh"
_NUMBERS = count()


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[PostgreSQLExecutor]:
    """A server on a free port of loopback, with its files where the user that it runs as may write."""
    if not list(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl")):
        pytest.fail("这些测试要 PostgreSQL：运行 sh scripts/servers.sh，或 apt install postgresql")
    folder = Path(tempfile.mkdtemp(prefix="kb-postgresql-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "nobody", "nogroup")
    server = PostgreSQLExecutor(
        executable=str(PG_CTL),
        host="127.0.0.1",
        port=free_port(),
        datadir=str(folder / "data"),
        unixsocketdir=str(folder),
        logfile=str(folder / "log"),
        startparams="-w",
        dbname="kb",
        # Durable by default; here nothing has to outlive the run.
        postgres_options="-c synchronous_commit=off -c full_page_writes=off",
    )
    try:
        server.start()
        server.wait_for_postgres()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgresql_url(postgresql_server: PostgreSQLExecutor) -> Iterator[str]:
    """The address of an empty database."""
    server, name = postgresql_server, f"kb{next(_NUMBERS)}"
    janitor = DatabaseJanitor(user=server.user, host=server.host, port=server.port, dbname=name)
    janitor.init()
    yield f"postgresql://{server.user}@{server.host}:{server.port}/{name}"
    janitor.drop()


@pytest.fixture(params=["sqlite", "postgresql"])
def on_both(request: pytest.FixtureRequest) -> Settings:
    """Settings with an empty database of each kind, and without rate limits."""
    url = request.getfixturevalue("postgresql_url") if request.param == "postgresql" else ""
    return Settings(database_url=SecretStr(url), limits=0)


@pytest.fixture
def redis_url() -> Iterator[str]:
    """The address of an empty Redis that keeps nothing on the disk."""
    if shutil.which("redis-server") is None:
        pytest.fail("这个测试要 Redis：运行 sh scripts/servers.sh，或 apt install redis-server")
    port = free_port()
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    try:
        assert any("Ready to accept connections" in line for line in server.stdout)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        server.kill()
        server.communicate()
