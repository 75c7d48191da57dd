"""Do kb asof and kb history tell when an article was stopped, and what stood on it?"""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner, Result

from articles.config import ChannelSetup
from cli import main
from core.paths import Root
from core.settings import Settings
from publishing.build import publish
from records.accounts import Account, Accounts
from records.database import Database
from records.migrating import bring_up
from records.urgent import Urgent
from records.urgent_form import NoticeForm

CHANNELS = {"sms": ChannelSetup(name="短信", limit=140)}


def kb(root: Root, *arguments: str) -> Result:
    done = CliRunner().invoke(main, [*arguments, "--root", str(root.path)])
    assert done.exit_code == 0, done.output
    return done


@pytest.fixture
def urgent(good: Root) -> Urgent:
    publish(good)
    database = Database(good, Settings())
    bring_up(database)
    return Urgent(database)


@pytest.fixture
def boss(good: Root, urgent: Urgent) -> Account:
    del urgent
    return Accounts(Database(good, Settings())).add("wang", "王主管", "supervisor")[0]


def post(urgent: Urgent, boss: Account, *articles: str) -> int:
    ends = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
    form = NoticeForm({"web": "支付维护。", "sms": "维护中"}, ends, articles=articles)
    return urgent.post(form, boss, {"reissue"}, CHANNELS)  # type: ignore[arg-type]


def now() -> str:
    return datetime.now().astimezone().isoformat()


def test_asof_tells_what_held_at_that_moment(good: Root, urgent: Urgent, boss: Account) -> None:
    before = now()
    urgent.stop("reissue", "条款改了", boss)
    number = post(urgent, boss, "reissue")
    meanwhile = now()
    urgent.start("reissue", boss)
    urgent.end(number, boss)
    told = kb(good, "asof", meanwhile, "reissue").stdout
    for words in ("那时停用了", "原因：条款改了", "王主管", "公告", "网页：支付维护。", "短信：维护中", "提前结束"):
        assert words in told, words
    for moment in (before, now()):
        assert "停用" not in kb(good, "asof", moment, "reissue").stdout
    assert "停用" not in kb(good, "asof", meanwhile, "first-steps").stdout
    as_json = json.loads(kb(good, "asof", meanwhile, "reissue", "--json").stdout)
    assert as_json["stop"][0]["reason"] == "条款改了"
    assert as_json["notice"][0]["texts"] == {"web": "支付维护。", "sms": "维护中"}
    assert json.loads(kb(good, "asof", before, "reissue", "--json").stdout)["stop"] == []


def test_history_lists_stops_and_notices(good: Root, urgent: Urgent, boss: Account) -> None:
    urgent.stop("reissue", "条款改了", boss)
    urgent.start("reissue", boss)
    urgent.stop("reissue", "又错了", boss)
    post(urgent, boss)
    told = kb(good, "history", "reissue").stdout
    for words in ("原因：条款改了", "由王主管恢复", "原因：又错了", "还没有恢复", "全站公告"):
        assert words in told, words
    kinds = [entry["kind"] for entry in json.loads(kb(good, "history", "reissue", "--json").stdout)]
    assert kinds[1:] == ["stop", "stop", "notice"]


def test_without_a_database_the_history_stands_alone(good: Root) -> None:
    publish(good)
    assert "停用" not in kb(good, "history", "reissue").stdout
    assert "停用" not in kb(good, "asof", now(), "reissue").stdout
