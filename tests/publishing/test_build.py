"""Is a release made whole or not at all?"""

from __future__ import annotations

import gzip
import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from core.errors import ProblemsFound, ReleaseError
from core.paths import Root
from publishing.build import KEPT, STEPS, publish
from publishing.layout import Release, current, releases_folder


def test_release_holds_site_index_data_and_manifest(published: tuple[Root, Release]) -> None:
    root, release = published
    live = current(root)
    assert live is not None
    assert live.name == release.name
    assert (release.site / "index.html").is_file()
    assert (release.site / "claims" / "first-steps" / "index.html").is_file()
    assert (release.index / "index.json").is_file()
    manifest = release.manifest()
    assert manifest["articles"] == 5
    assert manifest["gate"]["self_first"] == 1.0
    assert {a["id"] for a in json.loads((release.data / "articles.json").read_text("utf-8"))} == {
        "first-steps",
        "claim-days",
        "hospital",
        "surrender",
        "reissue",
    }


def test_compressed_twins_hold_the_same(published: tuple[Root, Release]) -> None:
    twins = list(published[1].site.rglob("*.gz"))
    assert len(twins) > 5
    for twin in twins:
        assert gzip.decompress(twin.read_bytes()) == twin.with_suffix("").read_bytes()


def test_nothing_changed_nothing_built(good: Root) -> None:
    first, built = publish(good)
    assert built
    again, built = publish(good)
    assert not built
    assert again.name == first.name
    third, built = publish(good, force=True)
    assert built
    assert third.name != first.name


def test_a_change_makes_a_new_release_and_old_ones_are_pruned(good: Root) -> None:
    names = []
    for number in range(KEPT + 1):
        path = good.kb / "policy" / "new.yml"
        path.write_text(f"- id: new\n  question: 怎么改电话号码？\n  answer: 第 {number} 种办法。\n", "utf-8")
        names.append(publish(good)[0].name)
    assert len(set(names)) == KEPT + 1
    assert sorted(p.name for p in releases_folder(good).iterdir()) == sorted(names[-KEPT:])
    live = current(good)
    assert live is not None
    assert f"第 {KEPT} 种办法" in (live.site / "policy" / "new" / "index.html").read_text("utf-8")


def test_bad_content_leaves_the_old_release(good: Root) -> None:
    before = publish(good)[0]
    (good.kb / "policy" / "bad.md").write_text("没有字段", "utf-8")
    with pytest.raises(ProblemsFound):
        publish(good)
    live = current(good)
    assert live is not None
    assert live.name == before.name
    assert list(releases_folder(good).glob("*.partial")) == []


def test_no_article_is_no_release(tmp_path: Path) -> None:
    (tmp_path / "kb" / "a").mkdir(parents=True)
    (tmp_path / "kb" / "a" / "d.yml").write_text("- {id: d, question: 问, answer: 答, status: draft}\n", "utf-8")
    with pytest.raises(ReleaseError, match="没有可以发布的文章"):
        publish(Root.at(tmp_path))


def test_least_kb_without_configuration_is_published(tmp_path: Path) -> None:
    (tmp_path / "kb" / "faq").mkdir(parents=True)
    (tmp_path / "kb" / "faq" / "one.md").write_text("---\nid: one\nquestion: 保单怎么查？\n---\n打电话查。\n", "utf-8")
    release, _ = publish(Root.at(tmp_path))
    assert "保单怎么查" in (release.site / "faq" / "one" / "index.html").read_text("utf-8")


@pytest.mark.parametrize("step", STEPS[1:])
def test_killed_at_any_step_the_old_release_serves_on(good: Root, step: str) -> None:
    before = publish(good)[0]
    (good.kb / "policy" / "new.yml").write_text("- id: new\n  question: 怎么改电话？\n  answer: 打电话改。\n", "utf-8")
    code = (
        "import os, signal, sys\n"
        "from core.paths import Root\n"
        "from publishing.build import publish\n"
        f"tell = lambda step: os.kill(os.getpid(), signal.SIGKILL) if step == {step!r} else None\n"
        f"publish(Root.at({str(good.path)!r}), tell)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False)
    assert done.returncode == -signal.SIGKILL
    live = current(good)
    assert live is not None
    assert live.name == before.name
    after, built = publish(good)
    assert built
    assert after.name != before.name
    assert list(releases_folder(good).glob("*.partial")) == []


def test_two_publishes_at_once_both_end_with_one_release(good: Root) -> None:
    command = [sys.executable, "-m", "cli", "publish", "--root", str(good.path)]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(2)]
    assert [process.wait(timeout=120) for process in both] == [0, 0]
    assert len([p for p in releases_folder(good).iterdir() if p.is_dir()]) == 1


def test_symlink_to_nowhere_is_no_release(good: Root) -> None:
    good.var.mkdir()
    (good.var / "current").symlink_to("releases/none")
    assert current(good) is None
    assert publish(good)[1]
    assert current(good) is not None


def test_folder_that_cannot_be_written_is_said(good: Root) -> None:
    good.var.write_text("a file where a folder should be", "utf-8")
    with pytest.raises(ReleaseError, match="不能写入"):
        publish(good)


def test_release_is_marked_when_the_tree_differs_from_its_commit(good: Root) -> None:
    def git(*arguments: str) -> None:
        identity = ["-c", "user.name=t", "-c", "user.email=t@example.invalid"]
        subprocess.run(["git", "-C", str(good.path), *identity, *arguments], check=True, capture_output=True)

    git("init", "-q")
    (good.path / ".gitignore").write_text("var/\n", "utf-8")
    git("add", "-A")
    git("commit", "-qm", "articles")
    assert "+dirty" not in publish(good)[0].name
    (good.kb / "policy" / "new.yml").write_text("- id: new\n  question: 怎么改电话？\n  answer: 打电话改。\n", "utf-8")
    assert "+dirty" in publish(good)[0].name


def test_full_disk_leaves_the_old_release_and_nothing_half_made(good: Root) -> None:
    """A real full disk: a tiny tmpfs in a namespace of its own."""
    inside = (
        "mount -t tmpfs -o size=24m tmpfs {var} && cp -a {kept}/. {var}/ && dd if=/dev/zero of={var}/ballast bs=1M count=64 2>/dev/null;"
        " {python} -m cli publish --root {root}; code=$?; ls {var}/releases; readlink {var}/current; exit $code"
    )
    before = publish(good)[0]
    kept = good.path / "kept"
    good.var.rename(kept)
    good.var.mkdir()
    (good.kb / "policy" / "new.yml").write_text("- id: new\n  question: 怎么改电话？\n  answer: 打电话改。\n", "utf-8")
    script = inside.format(var=good.var, kept=kept, python=sys.executable, root=good.path)
    done = subprocess.run(["unshare", "-Urm", "sh", "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr
    assert "RELEASE: 发布写不下去" in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout.split() == [before.name, f"releases/{before.name}"]


@pytest.mark.parametrize(
    "damage", ["public/data/articles.json", "public/index/records.jsonl", "public/site/index.html", "manifest.json"]
)
def test_a_damaged_release_is_made_anew(good: Root, damage: str) -> None:
    broken = publish(good)[0]
    (broken.path / damage).unlink()
    release, built = publish(good)
    assert built
    assert release.name != broken.name


def test_an_article_that_moves_to_another_category_is_published_there(tmp_path: Path) -> None:
    (tmp_path / "kb" / "a").mkdir(parents=True)
    (tmp_path / "kb" / "b").mkdir()
    article = tmp_path / "kb" / "a" / "one.md"
    article.write_text("---\nid: one\nquestion: 保单怎么查？\n---\n打电话查。\n", "utf-8")
    publish(Root.at(tmp_path))
    article.rename(tmp_path / "kb" / "b" / "one.md")
    release, built = publish(Root.at(tmp_path))
    assert built
    assert (release.site / "b" / "one" / "index.html").is_file()
