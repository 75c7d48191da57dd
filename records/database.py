"""Where is the database, and how is it opened? SQLite in var/ by default, PostgreSQL by URL; errors are told apart here."""

from __future__ import annotations

import fcntl
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection, Engine, NullPool, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from core.errors import DatabaseError, SettingsError
from core.paths import Root
from core.settings import Settings

FILE = "kb.sqlite3"
PATIENCE = 2  # seconds to wait for a lock: a person is waiting, too
_SQLITE = {"SQLITE_BUSY": "locked", "SQLITE_LOCKED": "locked", "SQLITE_FULL": "disk", "SQLITE_IOERR": "disk"}
_POSTGRESQL = {"55P03": "locked", "57014": "locked", "40P01": "locked", "53100": "disk", "42P01": "missing"}
_SENTENCES = {
    "locked": ("数据库被别的程序占着", "稍后再试"),
    "disk": ("数据库写不下去（磁盘满了，或读写出错）", "腾出空间，检查磁盘"),
    "missing": ("数据库不在，或连不上", "检查 var 文件夹和 KB_DATABASE_URL，再重新启动 kb serve"),
    "other": ("数据库出了问题", "看日志里的原因"),
}


class Database:
    """The one database of ``root``. Nothing is opened before it is used, so that it may be made before a fork.

    file: where SQLite keeps it; None with PostgreSQL.
    """

    def __init__(self, root: Root, settings: Settings) -> None:
        """Raises SettingsError when KB_DATABASE_URL cannot be read."""
        url = settings.database_url.get_secret_value()
        self.file = None if url else root.var / FILE
        self._engine = _postgresql(url) if self.file is None else _sqlite(self.file)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction, kept when the block ends well. Raises DatabaseError."""
        with _told(), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A look that waits for no writer. Raises DatabaseError."""
        with _told(), self._engine.connect().execution_options(kb_reading=True) as connection:
            yield connection

    def close(self) -> None:
        """Let go of idle connections; the next use opens new ones."""
        self._engine.dispose()


def connect(file: Path, mode: str = "rw") -> sqlite3.Connection:
    """SQLite at ``file``, never made when it is not there; what is deleted is overwritten. Raises sqlite3.Error."""
    connection = sqlite3.connect(
        f"file:{quote(str(file))}?mode={mode}",
        uri=True,
        timeout=PATIENCE,
        isolation_level=None,
        check_same_thread=False,
    )
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")
    return connection


def create(file: Path) -> None:
    """An empty database that readers and a writer can use at once, readable by its owner alone. Raises DatabaseError."""
    with _told():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        with closing(connect(file)) as connection:
            connection.execute("PRAGMA journal_mode = WAL")


@contextmanager
def alone(file: Path) -> Iterator[None]:
    """One launcher at a time, however long its migration takes: SQLite's own locks give up after ``PATIENCE``.

    Raises DatabaseError.
    """
    with _told():
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.with_name(f"{file.name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def _sqlite(file: Path) -> Engine:
    """A connection for each transaction: a file that was deleted or replaced is noticed at the next one."""
    engine = create_engine("sqlite://", creator=lambda: connect(file), poolclass=NullPool, hide_parameters=True)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A writer asks for its lock at once and waits for it; asking later fails without waiting.
        reads = connection.get_execution_options().get("kb_reading")
        connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")

    return engine


def _postgresql(url: str) -> Engine:
    try:
        address = make_url(url).set(drivername="postgresql+psycopg")
    except (ArgumentError, ValueError):
        raise SettingsError(
            "设置不对：KB_DATABASE_URL 读不懂", "写成 postgresql://用户:密码@主机:5432/数据库名"
        ) from None
    options = f"-c lock_timeout={PATIENCE}s -c statement_timeout=10s -c timezone=UTC"
    return create_engine(
        address,
        connect_args={"connect_timeout": PATIENCE, "options": options},
        pool_size=4,
        pool_timeout=PATIENCE,
        pool_pre_ping=True,
        hide_parameters=True,
    )


@contextmanager
def _told() -> Iterator[None]:
    """Whatever goes wrong as DatabaseError. The words that were to be written are in no message."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error, OSError) as error:
        reason = _reason(error)
        raise DatabaseError(*_SENTENCES[reason], reason=reason) from error


def _reason(error: Exception) -> str:
    original = getattr(error, "orig", None) or error
    if isinstance(error, PoolTimeout):
        return "locked"
    if isinstance(original, OSError):
        return "disk"
    if isinstance(original, sqlite3.Error):
        name = getattr(original, "sqlite_errorname", "")
        if name == "SQLITE_CANTOPEN" or "no such table" in str(original):
            return "missing"
        return next((reason for start, reason in _SQLITE.items() if name.startswith(start)), "other")
    state = getattr(original, "sqlstate", None)
    if state is None and type(original).__name__ == "OperationalError":  # no server answered
        return "missing"
    return _POSTGRESQL.get(state or "", "other")
