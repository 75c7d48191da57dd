"""Does the hook that kb hooks install writes refuse a broken commit, and nothing else? Real commits through real hooks."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli import main
from core.paths import Root
from tests.git import Repository, replace


def hooks(root: Root, action: str = "install") -> Result:
    return CliRunner().invoke(main, ["hooks", action, "--root", str(root.path)])


def with_kb(root: Root) -> None:
    """Put the kb command where the hook looks for it first."""
    command = root.path / ".venv" / "bin" / "kb"
    command.parent.mkdir(parents=True)
    command.symlink_to(Path(sys.executable).parent / "kb")


@pytest.fixture
def repository(good: Root) -> Repository:
    made = Repository(good.path)
    (good.path / ".gitignore").write_text("var/\n.venv/\n", "utf-8")
    made.commit("起点")
    with_kb(good)
    assert hooks(good).exit_code == 0
    return made


def commit(repository: Repository) -> subprocess.CompletedProcess[str]:
    return repository.run("commit", "-q", "-m", "改")


def test_a_broken_article_is_refused_and_a_mended_one_is_not(good: Root, repository: Repository) -> None:
    before = repository.git("rev-parse", "HEAD")
    article = good.kb / "policy" / "reissue.md"
    replace(article, "topic: 补发", "topic: 没有的主题")
    repository.git("add", "-A")
    refused = commit(repository)
    assert refused.returncode == 1
    assert "kb/policy/reissue.md:5: K406 保单查询下没有子主题“没有的主题”" in refused.stdout + refused.stderr
    assert "没有提交：上面的错误改好后，git add 再提交一次" in refused.stderr
    assert repository.git("rev-parse", "HEAD") == before
    replace(article, "topic: 没有的主题", "topic: 补发")
    replace(article, "phone: 带身份证", "phone: 请带身份证")
    repository.git("add", "-A")
    assert commit(repository).returncode == 0
    assert repository.git("rev-parse", "HEAD") != before


def test_what_is_checked_is_what_will_be_committed(good: Root, repository: Repository) -> None:
    article = good.kb / "policy" / "reissue.md"
    replace(article, "topic: 补发", "topic: 没有的主题")
    repository.git("add", "-A")
    replace(article, "topic: 没有的主题", "topic: 补发")  # mended in the folder, not in what is added
    assert commit(repository).returncode == 1
    repository.git("add", "-A")
    (good.kb / "policy" / "unfinished.md").write_text("还没写好，也没有 add", "utf-8")
    replace(article, "phone: 带身份证", "phone: 请带身份证")
    repository.git("add", "kb/policy/reissue.md")
    assert commit(repository).returncode == 0


def test_a_commit_without_articles_is_not_checked(good: Root, repository: Repository) -> None:
    replace(good.kb / "policy" / "reissue.md", "topic: 补发", "topic: 没有的主题")
    repository.git("add", "-A")
    repository.git("commit", "-q", "--no-verify", "-m", "急用")
    (good.path / "notes.txt").write_text("别的", "utf-8")
    repository.git("add", "-A")
    assert commit(repository).returncode == 0


def test_a_broken_configuration_is_refused_too(good: Root, repository: Repository) -> None:
    replace(good.config / "brand.yml", "name: 示例保险", "nome: 示例保险")
    repository.git("add", "-A")
    assert commit(repository).returncode == 1


def test_a_knowledge_base_in_a_folder_of_its_repository(good: Root, tmp_path: Path) -> None:
    outer = tmp_path / "outer"
    outer.mkdir()
    good.path.rename(outer / "our kb")
    root = Root.at(outer / "our kb")
    repository = Repository(outer)
    (outer / ".gitignore").write_text(".venv/\n", "utf-8")
    repository.commit("起点")
    with_kb(root)
    assert hooks(root).exit_code == 0
    replace(root.kb / "policy" / "reissue.md", "topic: 补发", "topic: 没有的主题")
    repository.git("add", "-A")
    refused = commit(repository)
    assert refused.returncode == 1
    assert "kb/policy/reissue.md:5: K406" in refused.stdout + refused.stderr
    replace(root.kb / "policy" / "reissue.md", "topic: 没有的主题\n", "topic: 补发\ntags: [改]\n")
    repository.git("add", "-A")
    assert commit(repository).returncode == 0


def test_installing_again_removing_and_a_hook_of_somebody_else(good: Root, repository: Repository) -> None:
    hook = good.path / ".git" / "hooks" / "pre-commit"
    assert hooks(good).exit_code == 0
    assert "已卸下" in hooks(good, "remove").stdout
    assert not hook.exists()
    assert "没有装过" in hooks(good, "remove").stdout
    hook.write_text("#!/bin/sh\nexit 0\n", "utf-8")
    for action in ("install", "remove"):
        refused = hooks(good, action)
        assert refused.exit_code == 1
        assert "已经有一个别的 pre-commit 钩子" in refused.stderr
    assert hook.read_text("utf-8") == "#!/bin/sh\nexit 0\n"
    assert repository.git("status", "--porcelain") == ""


def test_without_a_repository(good: Root) -> None:
    refused = hooks(good)
    assert refused.exit_code == 1
    assert "不在 git 仓库里" in refused.stderr
