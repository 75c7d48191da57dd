"""A database of each kind with its tables, and who counts what happens to events."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.paths import Root
from core.settings import Settings
from records.database import Database
from records.migrating import bring_up
from records.service import Records


@pytest.fixture
def database(on_both: Settings, tmp_path: Path) -> Iterator[Database]:
    """With its tables."""
    database = Database(Root(tmp_path), on_both)
    bring_up(database)
    yield database
    database.close()


@pytest.fixture
def told() -> Counter[tuple[str, str]]:
    """How many events were written (by kind) or lost (by reason)."""
    return Counter()


@pytest.fixture
def records(database: Database, told: Counter[tuple[str, str]]) -> Records:
    return Records(database, lambda what, why, number: told.update({(what, why): number}))
