"""Is what we said at a moment found, whatever the clock did, and is everything else one sentence?"""

from __future__ import annotations

from datetime import datetime

import pytest

from core.errors import HistoryError
from core.paths import Root
from publishing.history.entries import Gone, Live
from publishing.history.read import AsOf, as_of, open_history, parse_moment, versions
from publishing.history.record import record_live
from tests.publishing.history.conftest import GoLive, write

NOW = datetime.fromisoformat("2026-06-15T12:00").astimezone()


def asked(root: Root, moment: str, article: str = "one") -> AsOf:
    return as_of(open_history(root).lines, article, parse_moment(moment, NOW))


def said(root: Root, moment: str, article: str = "one") -> str:
    version = asked(root, moment, article).version
    return version.said.texts["web"].text if isinstance(version, Live) else "—"


def release(root: Root, go_live: GoLive, name: str, time: str, text: str) -> None:
    write(root, "a/one.md", text)
    go_live(root, name, time)
    record_live(root)


def test_the_text_of_a_moment(root: Root, go_live: GoLive) -> None:
    release(root, go_live, "r1", "2026-05-01T09:00", "第一版。")
    release(root, go_live, "r2", "2026-05-01T21:00", "第二版。")
    release(root, go_live, "r3", "2026-05-03T09:00", "第三版。")
    assert said(root, "2026-05-01T09:00") == "第一版。"
    assert said(root, "2026-05-01T20:59:59") == "第一版。"
    assert said(root, "2026-05-01 21:00") == "第二版。"
    assert said(root, "2026-05-01") == "第二版。"
    assert said(root, "2026-05-02") == "第二版。"
    assert said(root, "2026-06-15") == "第三版。"
    assert len(asked(root, "2026-05-01").that_day) == 2
    assert asked(root, "2026-05-02").that_day == []


def test_the_release_that_was_live_and_the_one_that_brought_the_text(root: Root, go_live: GoLive) -> None:
    release(root, go_live, "r1", "2026-05-01T09:00", "第一版。")
    write(root, "a/two.md", "二的第二版。")
    release(root, go_live, "r2", "2026-05-02T09:00", "第一版。")
    found = asked(root, "2026-05-03")
    assert found.version is not None
    assert (found.version.release, found.version.commit) == ("r1", "c-r1")
    assert found.switch.release == "r2"


def test_a_clock_set_back_hides_nothing_and_ties_go_to_the_later_line(root: Root, go_live: GoLive) -> None:
    release(root, go_live, "r1", "2026-05-01T10:00", "第一版。")
    release(root, go_live, "r2", "2026-05-01T12:00", "第二版，钟快了。")
    release(root, go_live, "r3", "2026-05-01T11:00", "第三版。")
    release(root, go_live, "r4", "2026-05-01T11:00", "第四版。")
    assert said(root, "2026-05-01T10:30") == "第一版。"
    assert said(root, "2026-05-01T11:30") == "第四版。"
    assert said(root, "2026-05-01T12:30") == "第四版。"


def test_a_clock_that_was_far_ahead_for_a_while(root: Root, go_live: GoLive) -> None:
    release(root, go_live, "r1", "2026-05-01T10:00", "第一版。")
    release(root, go_live, "r2", "2099-01-01T10:00", "第二版。")
    release(root, go_live, "r3", "2026-05-02T10:00", "第三版。")
    assert said(root, "2026-05-01T12:00") == "第一版。"
    assert said(root, "2026-05-02T12:00") == "第三版。"


def test_before_it_was_live_and_after_it_went(root: Root, go_live: GoLive) -> None:
    release(root, go_live, "r1", "2026-05-01T09:00", "第一版。")
    write(root, "a/late.md", "晚来的。")
    release(root, go_live, "r2", "2026-05-02T09:00", "第一版。")
    write(root, "a/late.md", "晚来的。", status="archived")
    release(root, go_live, "r3", "2026-05-03T09:00", "第一版。")
    assert asked(root, "2026-05-01", "late").version is None
    assert said(root, "2026-05-02", "late") == "晚来的。"
    gone = asked(root, "2026-05-03", "late").version
    assert isinstance(gone, Gone)
    assert gone.reason == "archived"


def test_a_release_without_texts_leaves_a_doubt(root: Root, go_live: GoLive) -> None:
    release(root, go_live, "r1", "2026-05-01T09:00", "第一版。")
    go_live(root, "r2", "2026-05-02T09:00").texts.write_text("{", "utf-8")
    record_live(root)
    assert asked(root, "2026-05-01").unknown == []
    assert asked(root, "2026-05-02").unknown == ["r2"]
    release(root, go_live, "r3", "2026-05-03T09:00", "第三版。")
    assert asked(root, "2026-05-03").unknown == []


@pytest.mark.parametrize(
    ("moment", "article", "said"),
    [
        ("2026-04-30", "one", "那时还没有发布过，第一次发布是 2026-05-01 09:00:00"),
        ("2026-05-01", "none", "历史里没有“none”"),
        ("2026-06-16", "one", "还没有到"),
        ("昨天", "one", "不是日期"),
        ("2026-02-30", "one", "不是日期"),
        ("", "one", "不是日期"),
        ("0001-01-01", "one", "没有发布过|太远"),
        ("9999-12-31", "one", "还没有到|太远"),
    ],
)
def test_refusals(root: Root, go_live: GoLive, moment: str, article: str, said: str) -> None:
    release(root, go_live, "r1", "2026-05-01T09:00", "第一版。")
    with pytest.raises(HistoryError, match=said):
        asked(root, moment, article)


def test_a_day_that_is_not_over_ends_now() -> None:
    assert parse_moment("2026-06-15", NOW) == NOW
    assert parse_moment("2026-06-15T11:00+00:00", NOW.replace(hour=23)).tzinfo is not None


def test_without_a_release_there_is_no_history(root: Root) -> None:
    with pytest.raises(HistoryError, match="还没有历史"):
        open_history(root)
    assert not root.var.exists()


def test_the_past_is_read_after_the_releases_are_gone(root: Root, go_live: GoLive) -> None:
    import shutil

    release(root, go_live, "r1", "2026-05-01T09:00", "第一版。")
    shutil.rmtree(root.var / "releases")
    shutil.rmtree(root.kb)
    assert [v.release for v in versions(open_history(root).lines, "one")] == ["r1"]
