"""Does CODEOWNERS say who answers for which file?"""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli import main
from core.paths import Root
from tests.conftest import REPOSITORY
from tests.git import Repository, replace

OWNERS = 'owners:\n  理赔组: { handle: "@us/claims" }\n  保全组: { handle: "team@example.invalid", email: a@example.invalid }\n'


def owners(root: Root, *options: str) -> Result:
    return CliRunner().invoke(main, ["owners", *options, "--root", str(root.path)])


@pytest.fixture
def named(good: Root) -> Root:
    (good.config / "owners.yml").write_text(OWNERS, "utf-8")
    return good


def test_a_folder_belongs_to_most_and_exceptions_follow(named: Root) -> None:
    replace(named.kb / "policy" / "reissue.md", "owner: 保全组", "owner: 理赔组")
    (named.kb / "policy" / "more words.yml").write_text(
        "- { id: a-a, question: 问题一是什么？, answer: 答, owner: 保全组 }\n"
        "- { id: b-b, question: 问题二是什么？, answer: 答, owner: 理赔组 }\n"
        "- { id: c-c, question: 问题三是什么？, answer: 答, owner: 保全组 }\n",
        "utf-8",
    )
    done = owners(named, "--print")
    assert done.exit_code == 0
    assert done.stdout.splitlines()[1:] == [
        "",
        "/kb/claims/ @us/claims",
        "",
        "/kb/policy/ team@example.invalid",
        "/kb/policy/more\\ words.yml @us/claims team@example.invalid",
        "/kb/policy/reissue.md @us/claims",
    ]
    assert not (named.path / ".github").exists()


def test_it_is_written_and_a_stale_one_is_told(named: Root) -> None:
    assert owners(named, "--check").exit_code == 1
    assert owners(named).exit_code == 0
    assert owners(named, "--check").exit_code == 0
    replace(named.kb / "policy" / "reissue.md", "owner: 保全组", "owner: 理赔组")
    stale = owners(named, "--check")
    assert stale.exit_code == 1
    assert "运行 kb owners，再提交" in stale.stderr


def test_paths_start_at_the_top_of_the_repository(named: Root, tmp_path: Path) -> None:
    Repository(tmp_path)
    assert owners(named).exit_code == 0
    assert "/good/kb/claims/ @us/claims\n" in (tmp_path / ".github" / "CODEOWNERS").read_text("utf-8")


def test_an_owner_without_a_handle_is_named(good: Root) -> None:
    done = owners(good, "--print")
    assert done.exit_code == 0
    assert "owners.yml 里没有“理赔组”的 handle" in done.stderr
    assert "kb/" not in done.stdout.replace("kb owners", "")


def test_a_wrong_handle_is_a_problem_with_its_line(good: Root) -> None:
    (good.config / "owners.yml").write_text("owners:\n  理赔组:\n    handle: claims team\n", "utf-8")
    done = owners(good)
    assert done.exit_code == 1
    assert "site_config/owners.yml:3: K303" in done.stderr


def test_the_one_of_this_repository_is_fresh() -> None:
    done = owners(Root.at(REPOSITORY), "--check")
    assert done.exit_code == 0, done.stderr
    assert done.stderr == ""
