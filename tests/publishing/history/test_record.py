"""Is every change taken down once, whatever breaks off in between?"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from datetime import date

import pytest

from core.errors import HistoryError
from core.paths import Root
from publishing.history.entries import Gone, Live, Switch
from publishing.history.read import open_history
from publishing.history.record import record_live
from publishing.history.store import history_folder
from tests.git import Repository
from tests.publishing.history.conftest import GoLive, write


def told(root: Root) -> list[tuple[str, str]]:
    """(release, what) of every line after the first release."""
    lines = open_history(root).lines
    assert [line.seq for line in lines] == list(range(1, len(lines) + 1))
    found = []
    for line in lines:
        if isinstance(line, Live):
            found.append((line.release, f"{line.article}: {line.said.texts['web'].text}"))
        elif isinstance(line, Gone):
            found.append((line.release, f"{line.article} {line.reason}"))
        else:
            found.append((line.release, "switch"))
    return found


def test_only_what_changed_is_appended(root: Root, go_live: GoLive) -> None:
    go_live(root, "r1", "2026-05-01T09:00")
    record_live(root)
    write(root, "a/one.md", "一的第二版。")
    go_live(root, "r2", "2026-05-02T09:00")
    record_live(root)
    assert told(root) == [
        ("r1", "one: 一的第一版。"),
        ("r1", "two: 二的第一版。"),
        ("r1", "switch"),
        ("r2", "one: 一的第二版。"),
        ("r2", "switch"),
    ]


def test_only_channels_with_another_text_are_said_to_have_changed(root: Root, go_live: GoLive) -> None:
    write(root, "a/one.md", "一的第一版。", answers="{phone: 电话说一。}")
    go_live(root, "r1", "2026-05-01T09:00")
    record_live(root)
    write(root, "a/one.md", "一的第一版。", answers="{phone: 电话说二。}")
    go_live(root, "r2", "2026-05-02T09:00")
    last = open_history(root).lines[-2]
    assert isinstance(last, Live)
    assert "phone" in last.changed
    assert "web" not in last.changed
    assert last.said.texts["sms"].borrowed_from == "phone"


def test_words_that_are_committed_and_approved_later_are_an_entry_and_other_commits_are_not(
    root: Root, go_live: GoLive
) -> None:
    go_live(root, "r1", "2026-05-01T09:00")
    record_live(root)
    repository = Repository(root.path)
    commits = [repository.commit(), repository.commit("审核", trailers=("Reviewed-by: 李四",))]
    for number in (2, 3):
        go_live(root, f"r{number}", f"2026-05-0{number}T09:00")
        record_live(root)
    lines = [line for line in open_history(root).lines if isinstance(line, Live) and line.article == "one"]
    assert [(v.release, v.said.article_commit, v.said.approvers, v.changed != []) for v in lines] == [
        ("r1", "", [], True),
        ("r2", commits[0], ["李四"], False),
    ]


def test_recording_twice_changes_nothing(root: Root, go_live: GoLive) -> None:
    go_live(root, "r1", "2026-05-01T09:00")
    record_live(root)
    raw = (history_folder(root) / "2026.jsonl").read_bytes()
    record_live(root)
    assert (history_folder(root) / "2026.jsonl").read_bytes() == raw


def test_a_crash_between_switch_and_record_is_made_good_with_the_time_of_the_switch(
    root: Root, go_live: GoLive
) -> None:
    go_live(root, "r1", "2026-05-01T09:00")
    line = open_history(root).lines[-1]
    assert line.time.astimezone().isoformat(timespec="minutes").startswith("2026-05-01T09:00")


@pytest.mark.parametrize(
    ("fields", "day", "reason"),
    [
        ({"status": "archived"}, date(2026, 5, 2), "archived"),
        ({"status": "draft"}, date(2026, 5, 2), "draft"),
        ({"valid_to": "2026-05-01"}, date(2026, 5, 2), "expired"),
        ({"valid_from": "2026-06-01"}, date(2026, 5, 2), "not_yet"),
        (None, date(2026, 5, 2), "deleted"),
    ],
)
def test_going_away_and_coming_back_are_entries(
    root: Root, go_live: GoLive, fields: dict[str, str] | None, day: date, reason: str
) -> None:
    go_live(root, "r1", "2026-05-01T09:00")
    record_live(root)
    if fields is None:
        (root.kb / "a" / "one.md").unlink()
    else:
        write(root, "a/one.md", "一的第一版。", **fields)
    go_live(root, "r2", "2026-05-02T09:00", day)
    record_live(root)
    write(root, "a/one.md", "一的第一版。")
    go_live(root, "r3", "2026-05-03T09:00")
    assert told(root)[3:] == [
        ("r2", f"one {reason}"),
        ("r2", "switch"),
        ("r3", "one: 一的第一版。"),
        ("r3", "switch"),
    ]


def test_a_rollback_takes_down_the_texts_as_they_became_live_again(root: Root, go_live: GoLive) -> None:
    go_live(root, "r1", "2026-05-01T09:00")
    record_live(root)
    write(root, "a/one.md", "一的第二版。")
    (root.kb / "a" / "two.md").unlink()
    go_live(root, "r2", "2026-05-02T09:00")
    record_live(root)
    go_live(root, "r1", "2026-05-02T10:00")
    record_live(root)
    assert told(root)[-3:] == [("r1", "one: 一的第一版。"), ("r1", "two: 二的第一版。"), ("r1", "switch")]


@pytest.mark.parametrize(
    "torn", [b'{"seq": 6, "kind": "li', '{"seq": 6, "说'.encode()[:-1], b"\0" * 40, b"{}\n", b"[]\nx"]
)
def test_a_torn_end_is_set_aside_and_told(root: Root, go_live: GoLive, torn: bytes) -> None:
    go_live(root, "r1", "2026-05-01T09:00")
    record_live(root)
    path = history_folder(root) / "2026.jsonl"
    whole = path.read_bytes()
    path.write_bytes(whole + torn)
    write(root, "a/one.md", "一的第二版。")
    go_live(root, "r2", "2026-05-02T09:00")
    record_live(root)
    assert (history_folder(root) / "2026-1.torn").read_bytes() == torn
    assert path.read_bytes().startswith(whole)
    assert told(root)[3:] == [("r2", "one: 一的第二版。"), ("r2", "switch")]
    assert "2026-1.torn" in open_history(root).notes[0]


def test_an_append_that_was_broken_off_at_any_byte_is_made_good(root: Root, go_live: GoLive) -> None:
    go_live(root, "r1", "2026-05-01T09:00")
    record_live(root)
    path = history_folder(root) / "2026.jsonl"
    before = len(path.read_bytes())
    write(root, "a/one.md", "一的第二版。")
    write(root, "a/two.md", "二的第二版。")
    go_live(root, "r2", "2026-05-02T09:00")
    record_live(root)
    whole = path.read_bytes()
    for size in range(before, len(whole), 97):
        path.write_bytes(whole[:size])
        record_live(root)
        assert path.read_bytes() == whole, size


def test_a_line_in_the_middle_that_cannot_be_read_is_told_and_left(root: Root, go_live: GoLive) -> None:
    go_live(root, "r1", "2026-05-01T09:00")
    record_live(root)
    path = history_folder(root) / "2026.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(lines[0] + b"garbage\n" + lines[2])
    found = open_history(root)
    assert len(found.lines) == 2
    assert found.notes == ["var/history/2026.jsonl 第 2 行读不出来，请用备份核对"]
    path.write_bytes(lines[0] + lines[2])
    assert open_history(root).notes == ["var/history/2026.jsonl 第 2 行之前缺了记录，请用备份核对"]


def test_a_new_year_has_a_file_of_its_own_and_a_clock_set_back_writes_to_no_earlier_one(
    root: Root, go_live: GoLive
) -> None:
    for name, time in (("r1", "2026-12-31T12:00"), ("r2", "2027-01-02T12:00"), ("r3", "2026-06-01T12:00")):
        write(root, "a/one.md", f"{name}。")
        go_live(root, name, time)
        record_live(root)
    files = sorted(history_folder(root).glob("*.jsonl"))
    assert [(p.name, p.read_bytes().count(b"\n")) for p in files] == [("2026.jsonl", 3), ("2027.jsonl", 4)]
    assert [line.release for line in open_history(root).lines if isinstance(line, Switch)] == ["r1", "r2", "r3"]


def test_a_release_that_kept_no_texts_is_told(root: Root, go_live: GoLive) -> None:
    go_live(root, "r1", "2026-05-01T09:00").texts.unlink()
    record_live(root)
    assert [line.model_dump(include={"seq", "known"}) for line in open_history(root).lines] == [
        {"seq": 1, "known": False}
    ]


def test_a_disk_that_cannot_be_written_is_one_sentence_and_the_next_call_makes_it_good(
    root: Root, go_live: GoLive
) -> None:
    go_live(root, "r1", "2026-05-01T09:00")
    (root.var / "history").write_text("a file where a folder should be", "utf-8")
    with pytest.raises(HistoryError, match="r1 已经上线，但历史没有写下"):
        record_live(root)
    (root.var / "history").unlink()
    assert told(root)[-1] == ("r1", "switch")


def test_a_full_disk_leaves_no_half_line(root: Root, go_live: GoLive) -> None:
    """A real full disk: a tiny tmpfs in a namespace of its own."""
    go_live(root, "r1", "2026-05-01T09:00")
    record_live(root)
    write(root, "a/one.md", "一的第二版。" * 3000)
    go_live(root, "r2", "2026-05-02T09:00")
    kept = root.path / "kept"
    shutil.move(root.var, kept)
    root.var.mkdir()
    script = (
        f"mount -t tmpfs -o size=800k tmpfs {root.var} && cp -a {kept}/. {root.var}/;"
        f" dd if=/dev/zero of={root.var}/ballast bs=1k 2>/dev/null;"
        f' {sys.executable} -m cli history one --root {root.path} --json; echo "exit $?";'
        f" tail -c 1 {root.var}/history/2026.jsonl | od -An -c; rm {root.var}/ballast;"
        f" {sys.executable} -m cli history one --root {root.path} --json"
    )
    done = subprocess.run(["unshare", "-Urm", "sh", "-c", script], capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    before, _, after = done.stdout.partition("exit 0")
    assert [v["release"] for v in json.loads(before)] == ["r1"]
    assert "历史这会儿不能写" in done.stderr
    end, _, healed = after.strip().partition("\n")
    assert end == r"\n"
    assert [v["release"] for v in json.loads(healed)] == ["r1", "r2"]


def test_two_at_once_write_each_line_once(root: Root, go_live: GoLive) -> None:
    go_live(root, "r1", "2026-05-01T09:00")
    command = [sys.executable, "-m", "cli", "history", "one", "--root", str(root.path)]
    both = [subprocess.Popen(command, stdout=subprocess.DEVNULL) for _ in range(3)]
    assert [process.wait() for process in both] == [0, 0, 0]
    assert len(told(root)) == 3


def test_lines_of_a_later_version_are_never_set_aside(root: Root, go_live: GoLive) -> None:
    go_live(root, "r1", "2026-05-01T09:00")
    record_live(root)
    path = history_folder(root) / "2026.jsonl"
    later = path.read_bytes() + b'{"seq": 4, "kind": "something new"}\n'
    path.write_bytes(later)
    go_live(root, "r2", "2026-05-02T09:00")
    with pytest.raises(HistoryError, match="更新版本的程序"):
        record_live(root)
    assert path.read_bytes() == later
