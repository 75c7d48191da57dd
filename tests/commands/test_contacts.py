"""Are the contacts of some days told, by this machine's clock, as a table and for a program?"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner, Result

from cli import main
from core.paths import Root
from core.settings import settings
from records.accounts import Accounts
from records.contacts import Answered, Contact, close_contact
from records.database import Database
from records.events import Event, write
from records.migrating import bring_up


@pytest.fixture(autouse=True)
def fresh_settings() -> Iterator[None]:
    settings.cache_clear()
    yield
    settings.cache_clear()


@pytest.fixture(params=["Asia/Shanghai", "UTC"])
def zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """This machine's clock is there."""
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield request.param
    monkeypatch.undo()
    time.tzset()


def contacts(root: Root, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["contacts", *arguments, "--root", str(root.path)])


def keep(root: Root, *moments: datetime) -> None:
    """A contact that ended at each of these."""
    database = Database(root, settings())
    bring_up(database)
    account, _ = Accounts(database).add("li", "李", "agent")
    with database.writing() as connection:
        for number, at in enumerate(moments):
            name = f"contact-{number:016}"
            one = (Answered("surrender", "", "phone"),)
            close_contact(connection, Contact(name, account.id, at, at, "solved", "r", one, first_copy_ms=2500))
            write(connection, [Event("copy", "r", article="surrender", contact=name, at=at)])
    database.close()


def test_a_day_is_that_of_this_machine(good: Root, zone: str) -> None:
    keep(good, datetime(2026, 11, 25, 15, 59, tzinfo=UTC), datetime(2026, 11, 25, 16, tzinfo=UTC))
    number = {"Asia/Shanghai": 1, "UTC": 2}[zone]
    for arguments in (["--since", "2026-11-25", "--until", "2026-11-25"], ["--until", "2026-11-25"]):
        assert json.loads(contacts(good, *arguments, "--json").stdout)["total"]["contacts"] == number


def test_the_table(good: Root) -> None:
    keep(good, datetime.now(UTC), datetime.now(UTC) - timedelta(days=60))
    done = contacts(good)
    assert done.exit_code == 0, done.output
    _, heads, total, article = done.stdout.splitlines()
    assert heads.split() == [
        *["文章", "联系", "客户确认解决", "未解决", "转办", "中断", "复制", "关联率", "首次复制", "p50", "p95"]
    ]
    assert total.split() == ["合计", *["1", "1", "0", "0", "0", "1", "100%", "2.5", "秒", "2.5", "秒"]]
    assert article.split()[0] == "surrender"


def test_for_a_program(good: Root) -> None:
    keep(good, datetime.now(UTC))
    told = json.loads(contacts(good, "--json").stdout)
    assert set(told) == {"since", "until", "total", "unclosed", "articles"}
    assert told["articles"][0]["article"] == "surrender"
    assert told["total"]["first_copy_ms"] == {"p50": 2500, "p95": 2500}


def test_nothing_yet(good: Root) -> None:
    done = contacts(good)
    assert done.exit_code == 0
    assert "合计" in done.stdout
    assert "–" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--since", "2026-11-02", "--until", "2026-11-01"], "把两个日期对调"),
        (["--since", "昨天"], "昨天"),
        (["--until", "9999-12-31"], "日期太早或太晚"),
        (["--until", "0001-01-02"], "日期太早或太晚"),
    ],
)
def test_dates_that_cannot_be(good: Root, arguments: list[str], told: str) -> None:
    done = contacts(good, *arguments)
    assert done.exit_code == 2
    assert told in done.output
