"""Are copies noted, contacts closed once, and refusals told whole, without keeping anything of the customer?"""

from __future__ import annotations

import json
import logging
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from flask_openapi3 import OpenAPI
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select
from werkzeug.test import TestResponse

from app import create_app
from core.paths import Root
from core.settings import Settings
from records.database import Database
from records.migrating import bring_up
from records.roles import Role
from records.tables import ContactRow, EventRow
from tests.web.desk.people import Person, csrf, enter
from tests.web.figures import figure
from web.desk.contacts import NOT_STORED
from web.limits import DESK

NAME = "contact-0123456789abcdef"
COPIED = {"articles": ["first-steps"], "channel": "phone", "query": "追尾先报警吗", "rank": 2, "contact": NAME}
CALLS = ["copied", "wrap-up", "contacts"]


def talked(**change: object) -> dict[str, Any]:
    began = datetime.now(UTC) - timedelta(minutes=6)
    return {
        "contact": NAME,
        "began_at": began.isoformat(),
        "articles": [{"id": "first-steps", "channel": "chat"}],
        "query": "追尾先报警吗",
        "first_copy_ms": 1500,
        **change,
    }


def closed(**change: object) -> dict[str, Any]:
    return talked(**{"result": "solved", **change})


class Desk:
    """A signed-in agent, and what is kept of what they do."""

    def __init__(self, root: Root, given: Settings, app: OpenAPI | None = None) -> None:
        self.database = Database(root, given)
        bring_up(self.database)
        self.app: OpenAPI = app or create_app(root, given=given)
        self.client = self.person("li") if app is None else self.app.test_client()

    def person(self, login: str) -> FlaskClient:
        password = self.app.extensions["kb-accounts"].add(login, "李娜", "agent", must_change=False)[1]
        client = self.app.test_client()
        assert enter(client, Person(login, password, "agent")).status_code == 303
        return client

    def send(self, call: str, body: object, client: FlaskClient | None = None) -> TestResponse:
        sender = client or self.client
        return sender.post(f"/desk/api/{call}", json=body, headers=csrf(sender))

    def rows(self, table: Any) -> list[Any]:
        self.app.extensions["kb-records"].flush()
        with self.database.reading() as connection:
            return list(connection.execute(select(table.__table__).order_by(table.id)))


@pytest.fixture
def desk(site: Root, on_both: Settings) -> Desk:
    return Desk(site, on_both)


@pytest.fixture
def on_sqlite(app: OpenAPI, as_role: Callable[[Role], FlaskClient]) -> Desk:
    """The one of all tests, without what was kept so far: for those that break nothing."""
    desk = Desk(app.extensions["kb-holder"].root, Settings(limits=0), app)
    desk.client = as_role("agent")
    app.extensions["kb-records"].flush()
    with desk.database.writing() as connection:
        for table in (EventRow, ContactRow):
            connection.execute(delete(table))
    return desk


@pytest.fixture
def to_break(site: Root) -> Desk:
    return Desk(site, Settings(limits=0))


def test_a_copy_is_an_event_of_nobody(desk: Desk) -> None:
    body = {**COPIED, "query": "我手机13812345678怎么理赔", "reference": " RD-1 "}
    answer = desk.send("copied", body)
    assert (answer.status_code, answer.get_data()) == (204, b"")
    assert desk.send("copied", {**COPIED, "articles": ["surrender", "agent-only", "surrender"]}).status_code == 204
    one, *stacked = desk.rows(EventRow)
    assert (one.kind, one.article, one.channel, one.rank, one.reference) == ("copy", "first-steps", "phone", 2, "RD-1")
    assert (one.query, one.contact, one.visitor) == ("我手机〔手机号〕怎么理赔", NAME, None)
    assert one.release == desk.app.extensions["kb-holder"].get().release.name
    assert [(row.article, row.rank, row.reference) for row in stacked] == [
        ("surrender", None, None),
        ("agent-only", None, None),
    ]
    assert desk.rows(ContactRow) == []


def test_closing_gives_the_summary_and_counts_once(desk: Desk) -> None:
    body = closed(reference="RD2027")
    preview = desk.send("wrap-up", talked(reference="RD2027")).get_json()["text"].split("\n")
    first = desk.send("contacts", body)
    assert first.status_code == 200
    told = first.get_json()
    lines = told["text"].split("\n")
    assert told["result"] == "solved"
    assert lines[:1] == preview[:1] == ["问：追尾先报警吗"]
    assert lines[1].startswith("答：刚出车祸，先打给谁？（版本 ")
    assert lines[2:5] == ["渠道：在线客服", "结果：客户确认解决", "案件号：RD2027"]
    assert preview[1:4] == [lines[1], lines[2], lines[4]]
    assert preview[-1].endswith(" 起")
    assert desk.send("contacts", body).get_json() == told  # sent again, because the answer was lost
    handed = desk.send("contacts", {**body, "result": "handed", "handed_to": "motor"}).get_json()
    assert handed["result"] == "handed"
    assert "结果：转办（车险岗）" in handed["text"]
    assert handed["text"].split("\n")[-1] == lines[-1]
    (row,) = desk.rows(ContactRow)
    assert (row.result, row.handed_to, row.reference, row.first_copy_ms) == ("handed", "motor", "RD2027", 1500)
    assert [(one["id"], one["channel"]) for one in row.articles] == [("first-steps", "chat")]
    assert row.began_at == datetime.fromisoformat(str(body["began_at"]))


def test_a_contact_without_anything(on_sqlite: Desk) -> None:
    body = {"contact": NAME, "began_at": datetime.now(UTC).isoformat(), "result": "dropped"}
    assert on_sqlite.send("contacts", body).get_json()["text"].startswith("答：没有引用知识库\n结果：中断\n")
    (row,) = on_sqlite.rows(ContactRow)
    assert (row.articles, row.query, row.reference, row.first_copy_ms) == ([], None, None, None)


def test_a_clock_that_is_fast_does_not_keep_a_contact_open(on_sqlite: Desk) -> None:
    ahead = (datetime.now(UTC) + timedelta(hours=3)).isoformat()
    assert on_sqlite.send("contacts", closed(began_at=ahead)).status_code == 200
    (row,) = on_sqlite.rows(ContactRow)
    assert row.began_at == row.ended_at


def test_nothing_of_the_customer_is_kept(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    blanks = {"报案号": "RD000001", "客户称呼": "欧阳木木"}
    with caplog.at_level(logging.DEBUG):
        told = desk.send(
            "contacts", closed(query="欧阳木木问 RD000001，\n手机13812345678", blanks=blanks, reference="CASE-77")
        )
        desk.send("copied", {**COPIED, "query": "欧阳木木", "reference": "CASE-77"})
    assert told.get_json()["text"].split("\n")[0] == "问：〔客户称呼〕问 〔报案号〕， 手机〔手机号〕"
    kept = str(desk.rows(ContactRow))
    for value in ("RD000001", "欧阳木木", "13812345678"):
        assert value not in kept
        assert value not in told.get_data(as_text=True)
    lines = json.dumps([vars(record) for record in caplog.records], default=str, ensure_ascii=False)
    for value in ("CASE-77", "欧阳木木", "RD000001"):
        assert value not in lines


def test_nobody_closes_what_a_colleague_closed(desk: Desk) -> None:
    assert desk.send("contacts", closed()).status_code == 200
    told = desk.send("contacts", closed(result="unsolved"), desk.person("wang"))
    assert (told.status_code, told.get_json()["code"]) == (409, "CONTACT")
    assert [row.result for row in desk.rows(ContactRow)] == ["solved"]


WRONG: list[tuple[dict[str, object], list[str]]] = [
    ({"contact": "short"}, ["contact"]),
    ({"contact": "' OR 1=1 -- aaaaaaaaaaaaaaaa"}, ["contact"]),
    ({"began_at": "2027-01-01T10:00"}, ["began_at"]),
    ({"began_at": "0001-01-01T00:00+14:00"}, ["began_at"]),
    ({"began_at": "9999-12-31T23:59-14:00"}, ["began_at"]),
    ({"result": "copied"}, ["result"]),
    ({"result": None, "query": "字" * 501}, ["query", "result"]),
    ({"result": "handed"}, ["handed_to"]),
    ({"handed_to": "motor"}, ["handed_to"]),
    ({"result": "handed", "handed_to": "nowhere"}, ["handed_to"]),
    ({"reference": "王女士"}, ["reference"]),
    ({"reference": "13812345678"}, ["reference"]),
    ({"first_copy_ms": -1}, ["first_copy_ms"]),
    ({"first_copy_ms": 10**12}, ["first_copy_ms"]),
    ({"first_copy_ms": "5"}, ["first_copy_ms"]),
    ({"first_copy_ms": True}, ["first_copy_ms"]),
    ({"blanks": {"a": "长" * 201}}, ["blanks"]),
    ({"blanks": {str(n): "x" for n in range(31)}}, ["blanks"]),
    ({"began": {"达成协议": "2026-13-01"}}, ["began"]),
    ({"began": {"达成协议": 5}}, ["began"]),
    ({"began": {"达成协议": "2026-11-20T09:30+08:00"}}, ["began"]),
    ({"articles": [{"id": "first-steps", "channel": "fax"}], "without": ["all"]}, ["articles", "without"]),
    ({"articles": [{"id": "first-steps", "channel": "sms"}] * 21}, ["articles"]),
    (
        {
            "began_at": "2000-01-01T00:00Z",
            "articles": [{"id": "no", "channel": "sms"}],
            "result": "handed",
            "handed_to": "x",
        },
        ["began_at", "articles", "handed_to"],
    ),
]


@pytest.mark.parametrize(("change", "names"), WRONG)
def test_all_that_is_wrong_is_told_at_once(on_sqlite: Desk, change: dict[str, object], names: list[str]) -> None:
    told = on_sqlite.send("contacts", closed(**change))
    assert (told.status_code, told.get_json()["code"]) == (400, "BAD_BODY")
    assert [one["name"] for one in told.get_json()["problems"]] == names
    assert told.get_json()["title"] == "；".join(one["title"] for one in told.get_json()["problems"])
    assert on_sqlite.rows(ContactRow) == []


def test_articles_that_are_not_there_are_listed(on_sqlite: Desk) -> None:
    several = [{"id": name, "channel": "sms"} for name in ("none", "surrender", "../etc", "none")]
    for call, body in (
        ("copied", {**COPIED, "articles": ["none", "surrender", "../etc"]}),
        ("wrap-up", talked(articles=several)),
        ("contacts", closed(articles=several)),
    ):
        told = on_sqlite.send(call, body)
        assert (told.status_code, told.get_json()["unknown"]) == (400, ["none", "../etc"])
        assert told.get_json()["title"] == "没有这些文章：none、../etc"
    assert on_sqlite.rows(EventRow) == on_sqlite.rows(ContactRow) == []


@pytest.mark.parametrize(
    "change",
    [{"articles": []}, {"articles": ["a"] * 21}, {"channel": "fax"}, {"rank": 0}, {"contact": ""}],
)
def test_copies_that_are_refused(on_sqlite: Desk, change: dict[str, object]) -> None:
    told = on_sqlite.send("copied", {**COPIED, **change})
    assert (told.status_code, [one["name"] for one in told.get_json()["problems"]]) == (400, list(change))
    assert on_sqlite.rows(EventRow) == []


@pytest.mark.parametrize("call", CALLS)
def test_what_cannot_be_read(on_sqlite: Desk, call: str) -> None:
    headers = csrf(on_sqlite.client)
    path = f"/desk/api/{call}"
    for body in (b"", b"null", b"[]", b"{", b"\xff", b"[" * 40_000, b"1" * 5000, b'{"query": "\\ud800"}'):
        told = on_sqlite.client.post(path, data=body, headers={**headers, "Content-Type": "application/json"})
        assert told.status_code == 400, body[:9]
        assert told.content_type == "application/problem+json"
    told = on_sqlite.client.post(path, data=json.dumps(closed()), headers={**headers, "Content-Type": "text/plain"})
    assert told.status_code == 415
    told = on_sqlite.client.post(path, data=b"x" * 70_000, headers={**headers, "Content-Type": "application/json"})
    assert told.status_code == 413
    assert on_sqlite.client.post(path, json=closed()).get_json()["code"] == "CSRF"
    assert on_sqlite.client.get(path).status_code in (404, 405)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
FIELDS = st.sampled_from([*closed(), "reference", "blanks", "began", "without", "handed_to", "channel"])


@given(st.dictionaries(FIELDS, ANYTHING))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_sent_is_answered(on_sqlite: Desk, change: dict[str, object]) -> None:
    headers = csrf(on_sqlite.client)
    for call in CALLS:
        told = on_sqlite.client.post(f"/desk/api/{call}", json={**COPIED, **closed(), **change}, headers=headers)
        assert told.status_code in (200, 204, 400)


def test_a_locked_database_costs_the_event_and_keeps_the_contact_with_the_page(to_break: Desk) -> None:
    before = figure(to_break.client, "kb_events_lost_total", reason="locked")
    assert to_break.database.file is not None
    body = closed()
    with closing(sqlite3.connect(to_break.database.file, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert to_break.send("copied", COPIED).status_code == 204
        told = to_break.send("contacts", body)
        assert (told.status_code, told.get_json()["code"], told.get_json()["detail"]) == (503, "DATABASE", NOT_STORED)
        assert to_break.send("wrap-up", talked()).status_code == 200
        to_break.app.extensions["kb-records"].flush()
    assert figure(to_break.client, "kb_events_lost_total", reason="locked") == before + 1
    assert to_break.send("contacts", body).status_code == 200
    assert len(to_break.rows(ContactRow)) == 1


def test_one_agent_is_told_to_wait_and_a_colleague_at_the_same_address_is_not(site: Root) -> None:
    desk = Desk(site, Settings())
    headers, others = csrf(desk.client), desk.person("wang")
    most = DESK["contacts.close"]["minute"]
    told = {desk.client.post("/desk/api/contacts", json={}, headers=headers).status_code for _ in range(most + 1)}
    assert told == {400, 429}
    assert others.post("/desk/api/contacts", json={}, headers=csrf(others)).status_code == 400
