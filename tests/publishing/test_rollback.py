"""Does an earlier release come back whole, and does what was rolled back from stay away?"""

from __future__ import annotations

import json

import pytest

from core.errors import ReleaseError
from core.paths import Root
from core.settings import settings
from publishing import queue
from publishing.build import publish, publish_again, publish_branch
from publishing.git import Branch
from publishing.layout import Release, releases, write_json
from publishing.rollback import list_releases, roll_back
from tests.publishing.sites import answer, commit, kb, live_name, says


def test_back_and_forward(live: Root) -> None:
    first = live_name(live)
    answer(live, "第一种办法")
    second = publish(live)[0].name
    assert roll_back(live, reason="写错了").name == first
    assert live_name(live) == first
    rows = {row.name: row for row in list_releases(live)}
    assert (rows[first].live, rows[first].rolled_back) == (True, False)
    assert (rows[second].live, rows[second].rolled_back, rows[second].reason) == (False, True, "写错了")
    assert roll_back(live, second).name == second
    assert live_name(live) == second
    assert not any(row.rolled_back for row in list_releases(live))


def test_twice_goes_back_two(live: Root) -> None:
    first = live_name(live)
    for text in ("第一种办法", "第二种办法"):
        answer(live, text)
        publish(live)
    roll_back(live)
    assert says(live, "第一种办法")
    assert roll_back(live).name == first
    with pytest.raises(ReleaseError, match="没有更早的发布"):
        roll_back(live)


def test_what_was_rolled_back_from_does_not_come_back_by_itself(live: Root) -> None:
    first = live_name(live)
    answer(live, "写错的办法")
    second = publish(live)[0].name
    roll_back(live)
    with pytest.raises(ReleaseError, match="已被回退") as refused:
        publish(live)
    assert f"kb rollback {second}" in str(refused.value)
    assert publish_again(live) == (Release(live.var / "releases" / first), False)
    assert live_name(live) == first
    answer(live, "改好的办法")
    assert publish(live)[1]
    assert says(live, "改好的办法")


def test_unless_somebody_says_why(live: Root) -> None:
    answer(live, "其实没写错")
    publish(live)
    roll_back(live)
    release, built = publish(live, force="查过了，没写错")
    assert built
    assert release.manifest()["forced"] == "查过了，没写错"
    assert says(live, "其实没写错")


def test_a_push_of_the_same_content_stays_rolled_back_and_a_revert_goes_live(git_site: Root) -> None:
    branch = Branch(str(git_site.path), "main")
    answer(git_site, "写错的办法")
    commit(git_site, "wrong")
    publish_branch(git_site, branch)
    assert says(git_site, "写错的办法")
    roll_back(git_site)
    for message in ("the same", "nothing that is published"):
        with pytest.raises(ReleaseError, match="已被回退"):
            publish_branch(git_site, branch)
        commit(git_site, message)
    assert not says(git_site, "写错的办法")
    assert queue.waiting(git_site) == []
    (git_site.kb / "policy" / "new.yml").unlink()
    commit(git_site, "revert")
    publish_branch(git_site, branch)
    answer(git_site, "改好的办法")
    commit(git_site, "right")
    assert publish_branch(git_site, branch)[1]
    assert says(git_site, "改好的办法")


def test_a_damaged_release_is_refused(live: Root) -> None:
    first = releases(live)[0]
    answer(live, "第一种办法")
    second = publish(live)[0].name
    page = first.site / "policy" / "reissue" / "index.html"
    text = page.read_text("utf-8")
    page.unlink()
    page.write_text(text.replace("补发", "补呀"), "utf-8")
    with pytest.raises(ReleaseError, match="不完整：public/site/policy/reissue"):
        roll_back(live)
    assert live_name(live) == second


def test_a_release_of_other_code_is_refused(live: Root) -> None:
    first = releases(live)[0]
    answer(live, "第一种办法")
    publish(live)
    write_json(first.path / "manifest.json", {**first.manifest(), "index": "0" * 16})
    with pytest.raises(ReleaseError, match="别的程序版本"):
        roll_back(live)


def test_names_that_do_not_fit(live: Root) -> None:
    with pytest.raises(ReleaseError, match="没有叫“none”的发布"):
        roll_back(live, "none")
    with pytest.raises(ReleaseError, match="现在服务的就是"):
        roll_back(live, live_name(live))
    with pytest.raises(ReleaseError, match="没有叫"):
        roll_back(live, "../releases")


def test_commands(live: Root) -> None:
    root = ("--root", str(live.path))
    first = live_name(live)
    answer(live, "第一种办法")
    assert kb("publish", "--force", "急用", *root).exit_code == 0
    rows = json.loads(kb("releases", "--json", *root).stdout)["releases"]
    assert [row["live"] for row in rows] == [True, False]
    assert set(rows[0]) >= {"name", "built", "commit", "dirty", "articles", "live", "forced", "rolled_back", "reason"}
    assert (rows[0]["forced"], rows[0]["reason"], rows[0]["articles"]) == (True, "急用", 6)
    assert json.loads(kb("rollback", "--json", "--reason", "写错了", *root).stdout) == {"release": first}
    table = kb("releases", *root).stdout.splitlines()
    assert "强制上线、已回退  写错了" in table[0]
    assert table[1].endswith("5 篇  现在")
    assert kb("rollback", *root).stderr.startswith("RELEASE: 没有更早的发布可以退回")


def test_more_than_the_kept_ones_go_and_a_rolled_back_site_stays(live: Root) -> None:
    first = live_name(live)
    answer(live, "第一种办法")
    publish(live)
    roll_back(live)
    for number in range(settings().keep + 1):
        answer(live, f"第 {number} 种办法")
        last = publish(live)[0]
    kept = [release.name for release in releases(live)]
    assert len(kept) == settings().keep
    assert kept[-1] == last.name
    assert first not in kept


def test_no_release_at_all(good: Root) -> None:
    assert kb("releases", "--root", str(good.path)).stdout.startswith("还没有发布")
    assert "没有更早的发布" in kb("rollback", "--root", str(good.path)).stderr
