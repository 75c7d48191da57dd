"""Does a real push publish, tell the pusher how it goes, and refuse what is broken or hostile?"""

from __future__ import annotations

import json
import os
import signal
import subprocess
from pathlib import Path

import pytest

from core.errors import GitError, HookError, ReleaseError
from core.paths import Root
from publishing import queue
from publishing.build import publish, publish_branch, publish_origin
from publishing.due import work_off
from publishing.git import Branch
from publishing.hook import install
from publishing.layout import current, releases
from publishing.progress import INDEX, STEPS
from publishing.source import origin
from tests.publishing.sites import At, answer, commit, die, git, in_child, kb, leftovers, live_name, push, says


def bare(root: Root) -> Path:
    return root.path.parent / "site.git"


def test_a_push_is_a_publication(git_site: Root) -> None:
    answer(git_site, "推送的办法")
    commit(git_site, "new")
    told = push(git_site)
    for number, step in enumerate(STEPS, 1):
        assert f"remote: [{number}/{len(STEPS)}] {step}" in told
    assert f"remote: 已发布 {live_name(git_site)}：6 篇文章" in told
    assert says(git_site, "推送的办法")
    live = current(git_site)
    assert live is not None
    assert live.name.startswith(git(git_site.path, "rev-parse", "--short=12", "HEAD").stdout.strip() + "-")
    assert "+dirty" not in live.name
    assert queue.waiting(git_site) == []


def test_what_is_not_committed_is_not_published(git_site: Root) -> None:
    commit(git_site, "nothing")
    answer(git_site, "还没写完")
    push(git_site)
    assert not says(git_site, "还没写完")


def test_the_same_commit_again_is_nothing_new(git_site: Root) -> None:
    commit(git_site, "once")
    assert "已发布" in push(git_site)
    before = live_name(git_site)
    commit(git_site, "no article changed")
    assert "没有改动，仍是" in push(git_site)
    assert live_name(git_site) == before


def test_a_broken_article_is_told_to_the_pusher(git_site: Root, turn: int) -> None:
    before = live_name(git_site)
    (git_site.kb / "policy" / "bad.md").write_text("没有字段", "utf-8")
    (git_site.kb / "policy" / "worse.yml").write_text("- {id: w}\n", "utf-8")
    commit(git_site, f"broken {turn}")
    told = [line.removeprefix("remote: ").strip() for line in push(git_site).splitlines() if "remote:" in line]
    assert any(line.startswith("kb/policy/bad.md:1: K106 ") for line in told)
    assert any(line.startswith("kb/policy/worse.yml:1: K302 ") for line in told)
    assert told[-1] == "CONTENT: 内容有 3 处错误。逐条改好后再来一次；原来的站点照常服务"
    assert live_name(git_site) == before
    assert leftovers(git_site) == []
    assert queue.waiting(git_site) == []
    git(git_site.path, "rm", "-qf", "kb/policy/bad.md", "kb/policy/worse.yml")
    answer(git_site, "改好的办法")
    commit(git_site, "mended")
    assert "已发布" in push(git_site)
    assert says(git_site, "改好的办法")


def test_only_the_branch_publishes(git_site: Root) -> None:
    before = live_name(git_site)
    answer(git_site, "草稿分支")
    commit(git_site, "on a branch")
    assert "remote: [1" not in push(git_site, "drafts")
    assert live_name(git_site) == before
    git(git_site.path, "push", "-q", "origin", ":drafts")
    git(bare(git_site), "config", "receive.denyDeleteCurrent", "ignore")
    assert "remote: [1" not in git(git_site.path, "push", "origin", ":main").stderr
    assert live_name(git_site) == before


def test_two_pushes_at_once_end_with_the_newer_one(git_site: Root) -> None:
    clones = []
    for name in ("one", "two"):
        clone = git_site.path.parent / name
        git(git_site.path.parent, "clone", "-q", str(bare(git_site)), str(clone))
        clones.append(Root.at(clone))
    answer(clones[0], "先推的")
    commit(clones[0], "one")
    first = subprocess.Popen(
        ["git", "-C", str(clones[0].path), "push", "-q", "origin", "main"], stderr=subprocess.PIPE, text=True
    )
    assert first.stderr is not None
    assert "[1/7]" in first.stderr.readline()
    git(clones[1].path, "pull", "-q", "--rebase")
    answer(clones[1], "后推的")
    commit(clones[1], "two")
    push(clones[1])
    first.stderr.read()
    assert first.wait(60) == 0
    live_name(git_site)
    assert says(git_site, "后推的")


def test_a_hook_that_is_killed_is_finished_by_the_worker(git_site: Root, turn: int) -> None:
    before = live_name(git_site)
    answer(git_site, f"第 {turn} 种办法")
    commit(git_site, "new")
    (bare(git_site) / "hooks" / "post-receive").chmod(0o644)
    push(git_site)
    branch = Branch(str(bare(git_site)), "main")
    assert in_child(lambda: publish_branch(git_site, branch, At(INDEX, die))) == -signal.SIGKILL
    assert live_name(git_site) == before
    assert len(queue.waiting(git_site)) == 1
    assert work_off(git_site) is not None
    assert says(git_site, f"第 {turn} 种办法")
    assert queue.waiting(git_site) == []
    assert work_off(git_site) is None
    assert leftovers(git_site) == []


def test_what_a_commit_must_not_hold(git_site: Root) -> None:
    before = live_name(git_site)
    branch = Branch(str(git_site.path), "main")
    (git_site.kb / "policy" / "passwords.md").symlink_to("/etc/passwd")
    commit(git_site, "a link that leads away")
    with pytest.raises(ReleaseError, match=r"kb/policy/passwords\.md 不是普通文件"):
        publish_branch(git_site, branch)
    git(git_site.path, "rm", "-rqf", "kb")
    git(git_site.path, "commit", "-qm", "no articles")
    with pytest.raises(ReleaseError, match="里没有 kb 文件夹"):
        publish_branch(git_site, branch)
    assert live_name(git_site) == before
    assert leftovers(git_site) == []


def test_a_site_that_was_pushed_is_served_from_its_branch_and_not_from_the_working_tree(git_site: Root) -> None:
    answer(git_site, "推送的办法")
    commit(git_site, "new")
    push(git_site)
    live = current(git_site)
    assert live is not None
    assert origin(live) == Branch(str(bare(git_site)), "main")
    answer(git_site, "工作区里还没写完的")
    assert publish_origin(git_site) == (live, False)
    assert publish(git_site)[1]  # by hand is by hand
    assert says(git_site, "工作区里还没写完的")
    assert "+dirty" in live_name(git_site)


def test_a_branch_that_is_not_there(git_site: Root) -> None:
    done = kb("publish", "--root", str(git_site.path), "--repository", str(bare(git_site)), "--branch", "none")
    assert done.exit_code == 1
    assert "GIT: " in done.stderr
    assert "里没有 none 分支" in done.stderr
    done = kb("publish", "--root", str(git_site.path), "--repository", str(git_site.path / "none"))
    assert done.stderr.splitlines()[-1].startswith("GIT: git 读不了")


def test_a_remote_is_asked_first(git_site: Root) -> None:
    """The server has a clone; a web hook only says that there is something new."""
    clone = git_site.path.parent / "server"
    git(git_site.path.parent, "clone", "-q", str(bare(git_site)), str(clone))
    (bare(git_site) / "hooks" / "post-receive").unlink()
    answer(git_site, "远处的办法")
    commit(git_site, "new")
    push(git_site)
    site = Root(clone, git_site.var)
    publish_branch(site, Branch(str(clone), "main", fetch=True))
    assert says(git_site, "远处的办法")
    git(clone, "remote", "set-url", "origin", str(clone / "nowhere"))
    queue.put(site, Branch(str(clone), "main", fetch=True))
    with pytest.raises(GitError, match="git 读不了"):
        work_off(site)
    assert len(queue.waiting(site)) == 1  # the network may come back


def test_install_refuses_what_it_should_not_touch(git_site: Root, tmp_path: Path) -> None:
    root = ("--root", str(git_site.path))
    assert "不是 git 仓库" in kb("hook", "install", str(tmp_path / "none"), *root).stderr
    assert "有工作区" in kb("hook", "install", str(git_site.path), *root).stderr
    with pytest.raises(HookError, match="分支名"):
        install(git_site, bare(git_site), "-x;rm")
    assert kb("hook", "install", str(bare(git_site)), *root).exit_code == 0  # ours is replaced
    path = bare(git_site) / "hooks" / "post-receive"
    assert os.access(path, os.X_OK)
    path.write_text("#!/bin/sh\necho mine\n", "utf-8")
    assert "已经有别的内容" in kb("hook", "install", str(bare(git_site)), *root).stderr
    assert path.read_text("utf-8") == "#!/bin/sh\necho mine\n"


def test_a_file_of_the_queue_that_says_nothing_is_thrown_away(live: Root) -> None:
    queue.folder(live).mkdir()
    for name, text in {"a": "", "b": "[]", "c": json.dumps({"what": 1})}.items():
        (queue.folder(live) / f"{name}.json").write_text(text, "utf-8")
    assert queue.waiting(live) == []
    assert list(queue.folder(live).iterdir()) == []
    assert len(releases(live)) == 1
