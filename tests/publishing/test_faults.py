"""What serves after a fault? The old or the new release, whole; the next publish works; the editor reads one sentence.

Each test does what it names to a real publish. ``make test`` does so once, ``make soak`` many times.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import shutil
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from core.errors import IndexMismatch, ReleaseError
from core.paths import Root
from publishing import queue
from publishing.build import publish
from publishing.git import Branch
from publishing.layout import current, releases, releases_folder
from publishing.progress import GATE, INDEX, STEPS, SWITCH
from publishing.rollback import roll_back
from tests.publishing.sites import At, answer, commit, die, in_child, kb, leftovers, live_name, says, wait_for


def next_publish_works(root: Root) -> None:
    answer(root, "之后又改了")
    assert publish(root)[1]
    live_name(root)
    assert says(root, "之后又改了")
    assert leftovers(root) == []


@pytest.mark.parametrize("step", STEPS)
def test_killed_as_a_step_begins(live: Root, step: str, turn: int) -> None:
    before = live_name(live)
    answer(live, f"第 {turn} 种办法")
    assert in_child(lambda: publish(live, At(step, die))) == -signal.SIGKILL
    is_new = STEPS.index(step) > STEPS.index(SWITCH)
    assert (live_name(live) != before) == is_new
    assert says(live, f"第 {turn} 种办法") == is_new
    assert publish(live)[1] is not is_new
    assert says(live, f"第 {turn} 种办法")
    assert all("live_since" in release.state() for release in releases(live))
    next_publish_works(live)


def test_killed_at_any_moment(live: Root, turn: int) -> None:
    before = live_name(live)
    answer(live, f"第 {turn} 种办法")
    child = multiprocessing.get_context("fork").Process(target=publish, args=(live,))
    child.start()
    child.join(random.Random(turn).uniform(0.0, 0.6))
    child.kill()
    child.join()
    assert (live_name(live) != before) == says(live, f"第 {turn} 种办法")
    next_publish_works(live)


def test_disk_full(live: Root, turn: int) -> None:
    """A real full disk: a small tmpfs in a namespace of its own, with less and less room from turn to turn."""
    if subprocess.run(["unshare", "-Urm", "true"], capture_output=True, check=False).returncode:
        pytest.fail(
            "这个测试要建一个小磁盘：允许非特权用户命名空间（sysctl kernel.unprivileged_userns_clone=1），或用 root 运行"
        )
    before = live_name(live)
    kept = live.path / "kept"
    live.var.rename(kept)
    live.var.mkdir()
    answer(live, "写不下的答案")
    room = max(300 - 37 * turn, 0) % 300
    script = (
        f"mount -t tmpfs -o size=40m tmpfs {live.var} && cp -a {kept}/. {live.var}/"
        f" && head -c {room}k /dev/zero > {live.var}/room;"
        f" head -c 64m /dev/zero > {live.var}/ballast 2>/dev/null; rm {live.var}/room;"
        f" {sys.executable} -m cli publish --root {live.path}; code=$?;"
        f" rm {live.var}/ballast; cp -a {live.var} {live.path}/after; exit $code"
    )
    done = subprocess.run(["unshare", "-Urm", "sh", "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr
    assert "DISK: 发布写不下去（磁盘满了）" in done.stderr
    assert "原来的站点照常服务" in done.stderr
    assert "Traceback" not in done.stderr
    live.var.rmdir()
    (live.path / "after").rename(live.var)
    assert live_name(live) == before
    assert leftovers(live) == []
    next_publish_works(live)


def test_broken_article(live: Root, turn: int) -> None:
    before = live_name(live)
    bad = live.kb / "policy" / f"bad-{turn}.md"
    bad.write_text("没有字段", "utf-8")
    done = kb("publish", "--root", str(live.path))
    assert done.exit_code == 1
    assert done.stderr.splitlines()[-2].startswith(f"kb/policy/bad-{turn}.md:1: K106 ")
    assert done.stderr.splitlines()[-1] == "CONTENT: 内容有 1 处错误。逐条改好后再来一次；原来的站点照常服务"
    assert live_name(live) == before
    listed = kb("releases", "--root", str(live.path))
    assert "最近一次发布没有成功" in listed.stderr
    bad.unlink()
    next_publish_works(live)
    assert kb("releases", "--root", str(live.path)).stderr == ""


def test_two_publishes_at_once(live: Root, turn: int) -> None:
    answer(live, f"第 {turn} 种办法")
    command = [sys.executable, "-m", "cli", "publish", "--root", str(live.path)]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    told = [process.communicate(timeout=120) for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert len(releases(live)) == 2
    assert sorted(out.split()[0] for out, _ in told) == ["已发布", "没有改动，仍是"]
    live_name(live)
    next_publish_works(live)


def test_the_live_release_is_deleted(live: Root, turn: int) -> None:
    first = live_name(live)
    answer(live, f"第 {turn} 种办法")
    shutil.rmtree(publish(live)[0].path)
    assert current(live) is None
    (live.kb / "policy" / "bad.md").write_text("没有字段", "utf-8")
    done = kb("publish", "--root", str(live.path))
    assert done.exit_code == 1
    assert f"正在服务的发布不见了，先切回 {first}" in done.stderr
    assert live_name(live) == first
    (live.kb / "policy" / "bad.md").unlink()
    next_publish_works(live)


def test_every_release_is_deleted(live: Root, turn: int) -> None:
    del turn
    shutil.rmtree(live.var / "releases")
    done = kb("publish", "--root", str(live.path))
    assert done.exit_code == 0
    assert "正在服务的发布不见了" in done.stderr
    live_name(live)


def test_a_clock_that_jumps(live: Root, turn: int) -> None:
    """Backwards by years, to the same moment twice, and forwards: names stay apart, the order is that of publishing."""
    start = datetime(2030, 1, 1, tzinfo=UTC) + timedelta(days=turn)
    moments = [start, start - timedelta(days=2000), start - timedelta(days=2000), start + timedelta(days=4000), start]
    names = []
    for number, moment in enumerate(moments):
        answer(live, f"第 {number} 种办法")
        names.append(publish(live, rebuild=True, clock=partial(_at, moment))[0].name)
        os.utime(releases(live)[-1].path, (moment.timestamp(), moment.timestamp()))
        assert live_name(live) == names[-1]
        assert says(live, f"第 {number} 种办法")
    assert len(set(names)) == len(names)
    assert [release.name for release in releases(live)] == names
    assert roll_back(live).name == names[-2]
    next_publish_works(live)


def test_a_worker_that_starts_in_the_middle(git_site: Root, turn: int) -> None:
    """It waits for the publish that runs, then does what has been asked for."""
    answer(git_site, f"第 {turn} 种办法")
    there, go_on = git_site.path.parent / "there", git_site.path.parent / "go-on"

    def pause() -> None:
        there.touch()
        wait_for(go_on.exists)

    publishing = multiprocessing.get_context("fork").Process(target=publish, args=(git_site, At(INDEX, pause)))
    publishing.start()
    wait_for(there.exists)
    commit(git_site, "new")
    queue.put(git_site, Branch(str(git_site.path), "main"))
    command = [sys.executable, "-m", "cli", "worker", "--root", str(git_site.path)]
    worker = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert worker.stderr is not None
    assert "worker started" in worker.stderr.readline()
    assert queue.waiting(git_site)
    go_on.touch()
    publishing.join(60)
    assert publishing.exitcode == 0
    wait_for(lambda: not queue.waiting(git_site))
    worker.terminate()
    assert worker.wait(20) == 0
    worker.stderr.close()
    assert "+dirty" not in live_name(git_site)
    assert says(git_site, f"第 {turn} 种办法")
    next_publish_works(git_site)


def test_a_file_that_is_saved_during_the_publish(live: Root, turn: int) -> None:
    before = live_name(live)
    answer(live, f"第 {turn} 种办法")
    with pytest.raises(ReleaseError, match="发布途中有文件又改了"):
        publish(live, At(GATE, lambda: answer(live, "又改了")))
    assert live_name(live) == before
    next_publish_works(live)


def test_an_index_that_does_not_open_is_never_live(live: Root, turn: int) -> None:
    before = live_name(live)
    answer(live, f"第 {turn} 种办法")

    def damage() -> None:
        for path in releases_folder(live).glob("*.partial/public/index/records.jsonl"):
            path.write_text("x", "utf-8")

    with pytest.raises(IndexMismatch, match="原来的站点照常服务"):
        publish(live, At(GATE, damage))
    assert live_name(live) == before
    next_publish_works(live)


def _at(moment: datetime) -> datetime:
    return moment
