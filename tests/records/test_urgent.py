"""Is what a supervisor stops or posts kept, undone and told, and is everything that is wrong with a form said at once?"""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select, text

from articles.config import ChannelSetup
from articles.schema import Channel
from core.errors import DatabaseError, UrgentRefused
from core.paths import Root
from core.settings import Settings
from records.accounts import Account, Accounts
from records.database import Database
from records.standing import Standing, Stop, Watch
from records.tables import NoticeRow, StopRow
from records.urgent import Urgent
from records.urgent_form import LONGEST_REASON, LONGEST_WEB, NoticeForm
from records.urgent_history import open_tasks, told_of
from tests.records.clock import Clock

CHANNELS: dict[Channel, ChannelSetup] = {
    "sms": ChannelSetup(name="短信", limit=20),
    "chat": ChannelSetup(name="在线客服", limit=300),
}
KNOWN = {"a", "b"}


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def boss(database: Database) -> Account:
    return Accounts(database).add("wang", "王主管", "supervisor")[0]


@pytest.fixture
def urgent(database: Database, clock: Clock) -> Urgent:
    return Urgent(database, clock)


def at(clock: Clock, **later: float) -> str:
    return (clock.now + timedelta(**later)).isoformat()


def notice(clock: Clock, web: str = "支付系统维护。", **more: Any) -> NoticeForm:
    return NoticeForm(**{"texts": {"web": web}, "ends": at(clock, hours=2), **more})


def acts(database: Database) -> list[tuple[str, str, str]]:
    found = Accounts(database).audit(99)
    return [(e.who, e.what, e.about) for e in reversed(found) if e.what.startswith(("article", "notice"))]


def test_a_stop_stands_until_it_is_started_again(
    urgent: Urgent, boss: Account, clock: Clock, database: Database
) -> None:
    assert urgent.standing().stopped("a") is None
    assert urgent.stop("a", "  条款改了，王先生 13800138000 来问  ", boss)
    stop = urgent.standing().stopped("a")
    assert stop is not None
    assert (stop.who, stop.at) == ("王主管", clock.now)
    assert "条款改了" in stop.reason
    assert "13800138000" not in stop.reason
    assert not urgent.stop("a", "再停一次", boss)  # it is already
    assert urgent.standing().stopped("b") is None
    clock.pass_(hours=1)
    assert urgent.start("a", boss)
    assert not urgent.start("a", boss)
    assert urgent.standing().stopped("a") is None
    assert urgent.stop("a", "又错了", boss)
    assert acts(database) == [("wang", f"article.{what}", "a") for what in ("stopped", "started", "stopped")]


@pytest.mark.parametrize("reason", ["", "  \n\t ", "\x00", "长" * (LONGEST_REASON + 1)])
def test_a_stop_needs_a_reason(urgent: Urgent, boss: Account, database: Database, reason: str) -> None:
    with pytest.raises(UrgentRefused) as refused:
        urgent.stop("a", reason, boss)
    assert [name for name, _ in refused.value.wrong] == ["reason"]
    assert urgent.standing() == Standing()
    assert acts(database) == []


def test_one_stop_stands_for_each_article(urgent: Urgent, boss: Account, clock: Clock, database: Database) -> None:
    urgent.stop("a", "错", boss)
    with pytest.raises(DatabaseError), database.writing() as connection:
        connection.execute(insert(StopRow).values(article="a", reason="x", account=boss.id, at=clock.now))


def test_a_notice_stands_between_its_moments(urgent: Urgent, boss: Account, clock: Clock, database: Database) -> None:
    texts = {"web": "台风“海葵”：今晚停查勘。\r\n明早恢复。", "sms": "今晚停查勘", "chat": "  "}
    number = urgent.post(notice(clock, texts=texts, starts=at(clock, hours=1)), boss, KNOWN, CHANNELS)
    planned = urgent.standing()
    assert planned.notices(None, clock.now) == []
    assert [n.id for n in planned.all] == [number]
    clock.pass_(hours=1)
    (stands,) = planned.notices(None, clock.now)
    assert (stands.text, stands.articles) == ("台风“海葵”：今晚停查勘。\n明早恢复。", ())
    assert [n.text for n in planned.notices("a", clock.now, "sms")] == ["今晚停查勘"]
    assert [n.text for n in planned.notices("a", clock.now, "chat")] == [stands.text]  # none of its own
    clock.pass_(hours=1)
    assert planned.notices(None, clock.now) == []
    assert acts(database) == [("wang", "notice.posted", str(number))]


def test_a_notice_stands_on_its_articles_below_those_of_the_site(urgent: Urgent, boss: Account, clock: Clock) -> None:
    urgent.post(notice(clock, "只在 a", articles=("a", "a")), boss, KNOWN, CHANNELS)
    urgent.post(notice(clock, "全站"), boss, KNOWN, CHANNELS)
    now = urgent.standing()
    assert [n.text for n in now.notices(None, clock.now)] == ["全站"]
    assert [n.text for n in now.notices("b", clock.now)] == ["全站"]
    assert [n.text for n in now.notices("a", clock.now)] == ["全站", "只在 a"]
    assert [n.text for n in now.notices(["b", "a"], clock.now)] == ["全站", "只在 a"]
    assert now.tasks(clock.now) == {"a": "公告挂着，看要不要改"}
    urgent.stop("a", "错", boss)
    assert urgent.standing().tasks(clock.now) == {"a": "已停用，等编辑改"}


def test_a_notice_is_ended_early_once(urgent: Urgent, boss: Account, clock: Clock, database: Database) -> None:
    number = urgent.post(notice(clock), boss, KNOWN, CHANNELS)
    assert urgent.end(number, boss)
    assert urgent.standing().all == ()
    assert not urgent.end(number, boss)
    assert not urgent.end(number + 1, boss)
    over = urgent.post(notice(clock), boss, KNOWN, CHANNELS)
    clock.pass_(hours=3)
    assert not urgent.end(over, boss)
    assert [what for _, what, _ in acts(database)] == ["notice.posted", "notice.ended", "notice.posted"]


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({"texts": {}}, ["web"]),
        ({"texts": {"sms": "只有短信"}}, ["web"]),
        ({"texts": {"web": "长" * (LONGEST_WEB + 1)}}, ["web"]),
        ({"texts": {"web": "好", "sms": "长" * 21}}, ["sms"]),
        ({"texts": {"web": "好", "fax": "传真"}}, ["fax"]),
        ({"texts": {"web": "<script>alert(1)</script>"}}, ["web"]),
        ({"texts": {"web": "请报 {{报案号}}"}}, ["web"]),
        ({"texts": {"web": "请打 13800138000"}}, ["web"]),
        ({"ends": ""}, ["ends"]),
        ({"ends": "明天"}, ["ends"]),
        ({"ends": "2027-01-04T07:00+00:00"}, ["ends"]),
        ({"ends": "9999-12-31T23:59-23:00"}, ["ends"]),
        ({"starts": "2027-01-05T08:00+00:00"}, ["ends"]),
        ({"starts": "?"}, ["starts"]),
        ({"articles": ("a", "none")}, ["articles"]),
        (
            {"texts": {"sms": "<b>"}, "ends": "?", "starts": "?", "articles": ("x",)},
            ["web", "sms", "starts", "ends", "articles"],
        ),
    ],
)
def test_everything_that_is_wrong_is_said_at_once(
    urgent: Urgent, boss: Account, clock: Clock, database: Database, change: dict[str, Any], fields: list[str]
) -> None:
    with pytest.raises(UrgentRefused) as refused:
        urgent.post(notice(clock, **change), boss, KNOWN, CHANNELS)
    assert [name for name, _ in refused.value.wrong] == fields
    assert all(sentence.endswith("。") for _, sentence in refused.value.wrong)
    assert urgent.standing().all == ()
    assert acts(database) == []


def test_less_and_more_than_signs_are_text(urgent: Urgent, boss: Account, clock: Clock) -> None:
    urgent.post(notice(clock, "1 < 2 & 3 > 2，请拨 95518"), boss, KNOWN, CHANNELS)
    assert urgent.standing().all[0].texts["web"] == "1 < 2 & 3 > 2，请拨 95518"


def test_what_was_is_told_later(urgent: Urgent, boss: Account, clock: Clock, tmp_path: Path, on_both: Settings) -> None:
    began = clock.now
    urgent.stop("a", "错", boss)
    number = urgent.post(notice(clock, articles=("b",)), boss, KNOWN, CHANNELS)
    urgent.post(notice(clock, "全站"), boss, KNOWN, CHANNELS)
    clock.pass_(minutes=30)
    urgent.start("a", boss)
    urgent.end(number, boss)
    stops, notices = told_of(Root(tmp_path), "a", on_both)
    (stop,) = stops
    assert [stop.held(began + timedelta(minutes=m)) for m in (-1, 0, 29, 30)] == [False, True, True, False]
    assert (stop.who, stop.ended_by) == ("王主管", "王主管")
    assert [n.texts["web"] for n in notices] == ["全站"]
    (ended, _) = told_of(Root(tmp_path), "b", on_both)[1]
    assert [ended.stood(began + timedelta(minutes=m)) for m in (-1, 0, 29, 30)] == [False, True, True, False]


def test_without_a_database_there_is_nothing_to_do(tmp_path: Path) -> None:
    assert open_tasks(Root(tmp_path), Settings()) == {}
    assert told_of(Root(tmp_path), "a", Settings()) == ([], [])


def test_another_process_sees_it(urgent: Urgent, boss: Account, database: Database, clock: Clock) -> None:
    other = Urgent(database, clock)
    urgent.stop("a", "错", boss)
    assert other.standing().stopped("a")


def test_the_last_snapshot_stands_while_the_database_is_away(database: Database, boss: Account, clock: Clock) -> None:
    told: Counter[str] = Counter()
    urgent = Urgent(database, clock, lambda reason: told.update([reason]))
    urgent.stop("a", "错", boss)
    with database.writing() as connection:
        connection.execute(text("ALTER TABLE stops RENAME TO away"))
    with pytest.raises(DatabaseError):
        urgent.start("a", boss)
    urgent._watch.refresh()
    assert urgent.standing().stopped("a")
    assert told == {"missing": 1}
    with database.writing() as connection:
        connection.execute(text("UPDATE away SET ended_at = at"))
        connection.execute(text("ALTER TABLE away RENAME TO stops"))
    urgent._watch.refresh()
    assert urgent.standing().stopped("a") is None


def test_a_database_that_was_never_there_stops_nobody(tmp_path: Path) -> None:
    told: list[str] = []
    assert Urgent(Database(Root(tmp_path), Settings()), tell=told.append).standing() == Standing()
    assert told == ["missing"]


def test_a_busy_process_asks_seldom(monkeypatch: pytest.MonkeyPatch, clock: Clock) -> None:
    asked: list[int] = []
    stop = Stop("a", "错", clock.now, "王")

    def read() -> Standing:
        asked.append(1)
        return Standing({"a": stop})

    watch = Watch(read)
    assert all(watch.get().stopped("a") for _ in range(1000))
    assert len(asked) <= 2
    monkeypatch.setattr("records.standing.QUIET", 0.0)  # nobody has asked for a while: it waits
    before = len(asked)
    watch.get()
    assert len(asked) == before + 1


def test_no_text_is_in_the_audit_log(urgent: Urgent, boss: Account, clock: Clock, database: Database) -> None:
    urgent.stop("a", "某某原因", boss)
    urgent.post(notice(clock, "某某公告"), boss, KNOWN, CHANNELS)
    assert "某某" not in str(acts(database))
    with database.reading() as connection:
        assert connection.execute(select(NoticeRow.texts)).scalar_one() == {"web": "某某公告"}
