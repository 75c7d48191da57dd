"""Do all processes share one key that nobody else can read?"""

from __future__ import annotations

import multiprocessing
import stat
from pathlib import Path

from core.keys import shared_key


def test_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "var" / "session.key"
    key = shared_key(path)
    assert len(key) == 32
    assert shared_key(path) == key
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [p.name for p in path.parent.iterdir()] == ["session.key"]


def test_processes_that_come_at_once_get_the_same(tmp_path: Path) -> None:
    with multiprocessing.get_context("fork").Pool(4) as pool:
        keys = pool.map(shared_key, [tmp_path / "key"] * 16, chunksize=1)
    assert len(set(keys)) == 1


def test_a_torn_key_is_made_anew(tmp_path: Path) -> None:
    (tmp_path / "key").write_bytes(b"half")
    assert len(shared_key(tmp_path / "key")) == 32


def test_a_place_that_cannot_be_written_costs_nothing_but_memory(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert len(shared_key(tmp_path / "file" / "key")) == 32
