"""Is the commit that last changed a file found, with who approved it?"""

from __future__ import annotations

from pathlib import Path

from articles.last_commits import last_commits
from core.paths import Root
from tests.git import LI, ZHANG, Repository

ONE = "kb/a/one.md"
REVIEWED = f"Reviewed-by: {LI}"


def made(path: Path, folder: str = "") -> tuple[Root, Repository]:
    """A repository with two articles, committed without approval."""
    root = Root(path / folder)
    write(root, ONE, "1\n")
    write(root, "kb/a/理赔 两.md", "1\n")
    repository = Repository(path)
    repository.commit("第一批")
    return root, repository


def write(root: Root, name: str, text: str) -> None:
    path = root.path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def test_each_file_has_the_commit_that_last_changed_it(tmp_path: Path) -> None:
    root, repository = made(tmp_path)
    first = repository.git("rev-parse", "HEAD")
    write(root, ONE, "2\n")
    second = repository.commit(trailers=(REVIEWED, "Reviewed-by: 赵六"))
    found = last_commits(root)
    assert (found[ONE].commit, found[ONE].approvers) == (second, (LI, "赵六"))
    assert (found["kb/a/理赔 两.md"].commit, found["kb/a/理赔 两.md"].approvers) == (first, ())
    assert last_commits(root, first)[ONE].commit == first
    assert last_commits(root, "nothing") == {}


def test_nobody_approves_a_change_of_their_own(tmp_path: Path) -> None:
    root, repository = made(tmp_path)
    write(root, ONE, "2\n")
    repository.commit(trailers=(f"Reviewed-by: {ZHANG}",))
    assert last_commits(root)[ONE].approvers == ()


def test_an_empty_commit_approves_what_came_before_it_once(tmp_path: Path) -> None:
    root, repository = made(tmp_path)
    write(root, ONE, "2\n")
    second = repository.commit()
    repository.commit("审核", author=LI, trailers=(REVIEWED,))
    repository.commit("又审核", trailers=("Reviewed-by: 赵六",))
    assert (last_commits(root)[ONE].commit, last_commits(root)[ONE].approvers) == (second, (LI,))
    write(root, ONE, "3\n")
    repository.commit()
    assert last_commits(root)[ONE].approvers == ()


def test_an_empty_commit_approves_nothing_of_another_branch(tmp_path: Path) -> None:
    root, repository = made(tmp_path)
    repository.git("checkout", "-q", "-b", "other")
    write(root, "kb/a/other.md", "1\n")
    repository.commit()
    repository.git("checkout", "-q", "main")
    write(root, ONE, "2\n")
    repository.commit()
    repository.commit("审核", trailers=(REVIEWED,))
    repository.git("merge", "-q", "--no-edit", "other")
    assert last_commits(root)[ONE].approvers == (LI,)
    assert last_commits(root)["kb/a/other.md"].approvers == ()


def test_a_merge_approves_what_it_brings_and_is_no_change(tmp_path: Path) -> None:
    root, repository = made(tmp_path)
    repository.git("checkout", "-q", "-b", "other")
    write(root, ONE, "2\n")
    second = repository.commit()
    repository.git("checkout", "-q", "main")
    repository.git("merge", "-q", "--no-ff", "-m", f"合并\n\n{REVIEWED}", "other")
    found = last_commits(root)
    assert (found[ONE].commit, found[ONE].approvers) == (second, (LI,))
    assert found["kb/a/理赔 两.md"].approvers == ()


def test_a_merge_that_makes_a_text_of_its_own_is_a_change(tmp_path: Path) -> None:
    root, repository = made(tmp_path)
    repository.git("checkout", "-q", "-b", "other")
    write(root, ONE, "其他\n")
    repository.commit(trailers=(REVIEWED,))
    repository.git("checkout", "-q", "main")
    write(root, ONE, "这边\n")
    repository.commit()
    repository.git("merge", "-q", "-s", "ours", "--no-commit", "other")
    write(root, ONE, "两边合起来\n")
    merged = repository.commit("合并")
    found = last_commits(root)
    assert (found[ONE].commit, found[ONE].approvers) == (merged, ())


def test_a_root_below_the_repository(tmp_path: Path) -> None:
    root, _ = made(tmp_path, "below")
    assert set(last_commits(root)) == {ONE, "kb/a/理赔 两.md"}
    write(root, ONE, "2")
    assert set(last_commits(root)) == {"kb/a/理赔 两.md"}


def test_what_is_not_committed_was_approved_by_nobody(tmp_path: Path) -> None:
    root, repository = made(tmp_path)
    write(root, ONE, "2")
    repository.git("mv", "kb/a/理赔 两.md", "kb/a/three.md")
    write(root, "kb/a/new.md", "1")
    assert last_commits(root) == {}


def test_without_git_nothing_is_known(tmp_path: Path) -> None:
    write(Root(tmp_path), ONE, "1")
    assert last_commits(Root(tmp_path)) == {}


def test_a_bare_repository_knows_as_much(tmp_path: Path) -> None:
    root, repository = made(tmp_path / "tree")
    repository.git("clone", "-q", "--bare", ".", str(tmp_path / "bare.git"))
    assert last_commits(Root(tmp_path / "bare.git"), "main") == last_commits(root)


def test_a_name_that_would_steer_a_terminal_is_cleaned(tmp_path: Path) -> None:
    root, repository = made(tmp_path)
    write(root, ONE, "2")
    repository.commit(trailers=("Reviewed-by: a\x1b[31mb\x01c",))
    assert last_commits(root)[ONE].approvers == ("a[31mbc",)
