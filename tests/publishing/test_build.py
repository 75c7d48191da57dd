"""Is a release made whole or not at all?"""

from __future__ import annotations

import gzip
import json
import subprocess
from pathlib import Path

import pytest

from core.errors import DiskError, ProblemsFound, ReleaseError
from core.paths import Root
from core.settings import settings
from publishing.build import publish
from publishing.layout import Release, current, releases_folder
from tests.publishing.sites import answer, live_name

KEEP = settings().keep


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
    third, built = publish(good, rebuild=True)
    assert built
    assert third.name != first.name


def test_a_change_makes_a_new_release_and_old_ones_are_pruned(good: Root) -> None:
    names = []
    for number in range(KEEP + 1):
        path = good.kb / "policy" / "new.yml"
        path.write_text(f"- id: new\n  question: 怎么改电话号码？\n  answer: 第 {number} 种办法。\n", "utf-8")
        names.append(publish(good)[0].name)
    assert len(set(names)) == KEEP + 1
    assert sorted(p.name for p in releases_folder(good).iterdir()) == sorted(names[-KEEP:])
    live = current(good)
    assert live is not None
    assert f"第 {KEEP} 种办法" in (live.site / "policy" / "new" / "index.html").read_text("utf-8")


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


def test_folder_that_cannot_be_written_is_said(good: Root) -> None:
    good.var.write_text("a file where a folder should be", "utf-8")
    with pytest.raises(DiskError, match="不能写入"):
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


def test_force_passes_the_relevance_gate_with_a_reason_but_never_a_leak(
    live: Root, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = ", ".join(f"退保能退多少钱{particle}" for particle in "呀啊呢哦嘛噢哈呗咧喽")
    twin = f"- id: twin\n  question: 退保能退多少钱吧？\n  similar: [{asked}]\n  answer: 退保能退多少钱，看现金价值。\n"
    (live.kb / "policy" / "twin.yml").write_text(twin, "utf-8")
    before = live_name(live)
    with pytest.raises(ReleaseError, match="标准问") as refused:
        publish(live)
    assert "--force" in refused.value.fix
    assert live_name(live) == before
    release, built = publish(live, force="节前急用")
    assert built
    assert release.manifest()["forced"] == "节前急用"
    assert any("标准问" in reason for reason in release.manifest()["gate"]["refused"])

    def leak(*_: object) -> None:
        raise ReleaseError("公开内容里有只给客服看的文字")

    monkeypatch.setattr("publishing.steps.check_leaks", leak)
    answer(live, "又改了")
    with pytest.raises(ReleaseError, match="只给客服看"):
        publish(live, force="节前急用")
