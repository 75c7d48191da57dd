"""Is the commit that last touched a file found, with who approved it?"""

from __future__ import annotations

from pathlib import Path

from articles.last_commits import LastCommit, last_commits
from tests.git import Repository


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def test_each_file_has_the_commit_that_last_touched_it(tmp_path: Path) -> None:
    write(tmp_path / "kb/a/one.md", "1")
    write(tmp_path / "kb/a/理赔 两.md", "1")
    repository = Repository(tmp_path)
    first = repository.git("rev-parse", "HEAD")
    write(tmp_path / "kb/a/one.md", "2")
    second = repository.commit("更正", "王五 <w@example.invalid>", "赵六")
    found = last_commits(tmp_path)
    assert (found["kb/a/one.md"].commit, found["kb/a/one.md"].approvers) == (
        second,
        ("王五 <w@example.invalid>", "赵六"),
    )
    assert (found["kb/a/理赔 两.md"].commit, found["kb/a/理赔 两.md"].approvers) == (first, ())
    assert last_commits(tmp_path, first)["kb/a/one.md"].commit == first


def test_a_root_below_the_repository(tmp_path: Path) -> None:
    write(tmp_path / "below/kb/a/one.md", "1")
    Repository(tmp_path)
    assert list(last_commits(tmp_path / "below")) == ["kb/a/one.md"]
    write(tmp_path / "below/kb/a/one.md", "2")
    assert last_commits(tmp_path / "below") == {}


def test_what_is_not_committed_was_approved_by_nobody(tmp_path: Path) -> None:
    write(tmp_path / "kb/a/one.md", "1")
    write(tmp_path / "kb/a/two.md", "1")
    repository = Repository(tmp_path)
    write(tmp_path / "kb/a/one.md", "2")
    repository.git("mv", "kb/a/two.md", "kb/a/three.md")
    write(tmp_path / "kb/a/new.md", "1")
    assert last_commits(tmp_path) == {}


def test_a_merge_counts_where_it_made_a_text_of_its_own(tmp_path: Path) -> None:
    write(tmp_path / "kb/a/one.md", "1\n")
    repository = Repository(tmp_path)
    main = repository.git("branch", "--show-current")
    repository.git("checkout", "-q", "-b", "other")
    write(tmp_path / "kb/a/one.md", "其他\n")
    repository.commit("other", "王五")
    repository.git("checkout", "-q", main)
    write(tmp_path / "kb/a/one.md", "这边\n")
    repository.commit("ours")
    repository.git("merge", "-q", "-s", "ours", "--no-commit", "other")
    write(tmp_path / "kb/a/one.md", "两边合起来\n")
    merged = repository.commit("merge", "赵六")
    assert last_commits(tmp_path)["kb/a/one.md"].commit == merged


def test_without_git_nothing_is_known(tmp_path: Path) -> None:
    write(tmp_path / "kb/a/one.md", "1")
    assert last_commits(tmp_path) == {}


def test_a_message_with_odd_characters_breaks_nothing(tmp_path: Path) -> None:
    write(tmp_path / "kb/a/one.md", "1")
    repository = Repository(tmp_path, "message \x01 with \x02 odd\n\nReviewed-by: a\x01b\x02c")
    head = repository.git("rev-parse", "HEAD")
    assert last_commits(tmp_path) == {"kb/a/one.md": LastCommit(head, ("abc",))}
