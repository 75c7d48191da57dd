"""Are many files changed all or none?"""

from __future__ import annotations

from pathlib import Path

import pytest

from articles.tables.saving import Change, save
from core.errors import TableError


def files(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_new_changed_and_deleted(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"1")
    (tmp_path / "b").write_bytes(b"2")
    (tmp_path / "a").chmod(0o640)
    save(
        [
            Change(tmp_path / "a", b"1", b"one"),
            Change(tmp_path / "b", b"2", None),
            Change(tmp_path / "new/c", None, b"3"),
        ]
    )
    assert files(tmp_path) == {"a": b"one", "new/c": b"3"}
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o640


def test_a_failure_in_the_middle_puts_everything_back(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"1")
    (tmp_path / "b").write_bytes(b"2")
    changes = [
        Change(tmp_path / "a", b"1", b"one"),
        Change(tmp_path / "b", b"2", None),
        Change(tmp_path / "deep/er/c", None, b"3"),
        # To be deleted, and not there: fails when everything before it has been done.
        Change(tmp_path / "x", None, None),
    ]
    before = files(tmp_path)
    with pytest.raises(TableError, match="什么也没有改"):
        save(changes)
    assert files(tmp_path) == before
    assert not (tmp_path / "deep").exists()


def test_nothing_is_written_when_one_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"1")
    (tmp_path / "file").write_bytes(b"")
    before = files(tmp_path)
    with pytest.raises(TableError, match="什么也没有改") as told:
        save([Change(tmp_path / "a", b"1", b"one"), Change(tmp_path / "file/b", None, b"2")])
    assert told.value.fix
    assert files(tmp_path) == before


@pytest.mark.parametrize("before", [b"old", None])
def test_a_file_that_somebody_changed_meanwhile_is_left_alone(tmp_path: Path, before: bytes | None) -> None:
    (tmp_path / "a").write_bytes(b"1")
    (tmp_path / "b").write_bytes(b"somebody else's")
    with pytest.raises(TableError, match="被别人改了"):
        save([Change(tmp_path / "a", b"1", b"one"), Change(tmp_path / "b", before, b"2")])
    assert files(tmp_path) == {"a": b"1", "b": b"somebody else's"}


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"1")
    (tmp_path / "link").symlink_to("real")
    save([Change(tmp_path / "link", b"1", b"2")])
    assert (tmp_path / "link").is_symlink()
    assert files(tmp_path) == {"real": b"2", "link": b"2"}
