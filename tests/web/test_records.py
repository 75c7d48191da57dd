"""Are votes and events taken from this site's own pages, kept as text, and refused in one sentence when they cannot be?"""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from typing import Any

import pytest
from flask.testing import FlaskClient
from flask_openapi3 import OpenAPI
from sqlalchemy import delete, select
from werkzeug.test import TestResponse

from app import create_app
from core.paths import Root
from core.settings import Settings
from records.database import Database
from records.migrating import bring_up
from records.service import Records
from records.tables import Base, EventRow, VoteRow
from tests.web.figures import figure
from web.metrics import events_told
from web.public.records import LARGEST, NOT_STORED

ANNE = "anne-0123456789abcdefghij"
VOTE = {"visitor": ANNE, "article": "first-steps", "solved": False, "reason": "unclear", "words": "第三步看不懂"}
CLICK = {"kind": "click", "article": "first-steps", "rank": 2, "query": "追尾先报警吗"}


class Kept:
    """An application and its database."""

    def __init__(self, root: Root, given: Settings, app: OpenAPI | None = None) -> None:
        self.database = Database(root, given)
        bring_up(self.database)
        self.app: OpenAPI = app or create_app(root, given=given)
        self.client: FlaskClient = self.app.test_client()

    def rows(self, table: type[Base]) -> list[Any]:
        self.app.extensions["kb-records"].flush()
        with self.database.reading() as connection:
            return list(connection.execute(select(table).order_by(table.__table__.c.id)))


@pytest.fixture
def kept(site: Root, on_both: Settings) -> Kept:
    return Kept(site, on_both.model_copy(update={"allowed_origins": "https://www.example.com, http://intranet:8080"}))


@pytest.fixture
def on_sqlite(app: OpenAPI) -> Kept:
    """The one of all tests, without what was kept so far: for those that break nothing."""
    kept = Kept(app.extensions["kb-holder"].root, Settings(limits=0), app)
    kept.app.extensions["kb-records"].flush()
    with kept.database.writing() as connection:
        for table in (EventRow, VoteRow):
            connection.execute(delete(table))
    return kept


@pytest.fixture
def to_break(site: Root) -> Kept:
    return Kept(site, Settings(limits=0))


def send(client: FlaskClient, path: str, body: object, **headers: str) -> TestResponse:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.post(f"/api/v1/{path}", data=json.dumps(body), headers={"Content-Type": "application/json", **named})


def test_a_vote_says_what_now_stands(kept: Kept) -> None:
    before = figure(kept.client, "kb_votes_total", solved="no"), figure(kept.client, "kb_votes_total", solved="yes")
    response = send(kept.client, "votes", {**VOTE, "words": "打我电话13812345678"})
    told = response.get_json()
    assert response.status_code == 200
    assert (told["article"], told["solved"], told["reason"]) == ("first-steps", False, "unclear")
    assert told["words"] == "打我电话〔手机号〕"
    assert told["at"] == told["changed_at"]
    assert response.headers["Cache-Control"] == "no-store"
    for _ in range(2):  # a double tap
        changed = send(kept.client, "votes", {"visitor": ANNE, "article": "first-steps", "solved": True}).get_json()
    assert (changed["solved"], changed["reason"], changed["words"]) == (True, None, None)
    assert changed["at"] == told["at"]
    (vote,) = kept.rows(VoteRow)
    assert ANNE not in str(vote)
    events = kept.rows(EventRow)
    assert [(e.kind, e.article, e.visitor, e.query) for e in events] == [("vote", "first-steps", None, None)] * 2
    after = figure(kept.client, "kb_votes_total", solved="no"), figure(kept.client, "kb_votes_total", solved="yes")
    assert (after[0] - before[0], after[1] - before[1]) == (1, 1)


@pytest.mark.parametrize("reason", ["unclear", "not_mine", "outdated", "did_not_help", "human"])
def test_reasons(on_sqlite: Kept, reason: str) -> None:
    assert send(on_sqlite.client, "votes", {**VOTE, "reason": reason}).get_json()["reason"] == reason


WRONG = [
    ({"visitor": "short"}, "BAD_VISITOR"),
    ({"visitor": None}, "BAD_VISITOR"),
    ({"visitor": "x" * 65}, "BAD_VISITOR"),
    ({"visitor": "' OR 1=1 -- aaaaaaaaaaaaaaaa"}, "BAD_VISITOR"),
    ({"solved": "yes"}, "BAD_SOLVED"),
    ({"solved": 1}, "BAD_SOLVED"),
    ({"reason": "bad"}, "BAD_REASON"),
    ({"reason": "看不懂"}, "BAD_REASON"),
    ({"words": "字" * 501}, "BAD_WORDS"),
    ({"words": None}, "BAD_WORDS"),
    ({"words": "\ud800"}, "BAD_WORDS"),
    ({"words": ["a"]}, "BAD_WORDS"),
    ({"article": ""}, "BAD_ARTICLE"),
    ({"channel": "<b>"}, "BAD_CHANNEL"),
]


@pytest.mark.parametrize(("change", "code"), WRONG)
def test_what_is_wrong_is_named(on_sqlite: Kept, change: dict[str, object], code: str) -> None:
    response = send(on_sqlite.client, "votes", {**VOTE, **change})
    assert (response.status_code, response.get_json()["code"]) == (400, code)
    assert response.content_type == "application/problem+json"
    assert on_sqlite.rows(VoteRow) == []


@pytest.mark.parametrize("body", [b"", b"null", b"[]", b"{", b"\xff", b'"x"', b"[" * 4000, b"1" * 5000])
@pytest.mark.parametrize("path", ["votes", "events"])
def test_what_cannot_be_read(on_sqlite: Kept, path: str, body: bytes) -> None:
    response = on_sqlite.client.post(f"/api/v1/{path}", data=body, content_type="application/json")
    assert response.status_code == 400
    assert response.content_type == "application/problem+json"


def test_the_longest_words_fit_and_more_does_not(on_sqlite: Kept) -> None:
    assert send(on_sqlite.client, "votes", {**VOTE, "words": "👍" * 500}).status_code == 200
    too_large = send(on_sqlite.client, "votes", {**VOTE, "words": "x" * LARGEST})
    assert (too_large.status_code, too_large.get_json()["code"]) == (413, "TOO_LARGE")


@pytest.mark.parametrize(("path", "body"), [("votes", VOTE), ("events", CLICK)])
def test_articles_that_are_not_there(on_sqlite: Kept, path: str, body: dict[str, object]) -> None:
    for name in ("none", "agent-only", "draft-one", "../etc", "a\0b"):
        response = send(on_sqlite.client, path, {**body, "article": name})
        assert (response.status_code, response.get_json()["code"]) == (404, "NO_ARTICLE")
    gone = send(on_sqlite.client, path, {**body, "article": "old-reissue"})
    assert (gone.status_code, gone.get_json()["replaced_by"]) == (410, "/policy/reissue/")
    assert on_sqlite.rows(VoteRow) == on_sqlite.rows(EventRow) == []


OURS = [
    {},  # a program
    {"Sec-Fetch-Site": "same-origin", "Origin": "https://other.example"},  # behind a proxy that changed the host
    {"Origin": "http://localhost"},  # an old browser
    {"Origin": "https://www.example.com", "Sec-Fetch-Site": "cross-site"},
    {"Origin": "http://intranet:8080", "Sec-Fetch-Site": "same-site"},
]
STRANGE = [
    {"Origin": "https://evil.example"},
    {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"},
    {"Origin": "null"},
    {"Origin": "http://localhost:81"},
    {"Origin": "https://www.example.com.evil.example", "Sec-Fetch-Site": "cross-site"},
    {"Origin": "http://www.example.com", "Sec-Fetch-Site": "cross-site"},
    {"Origin": "http://localhost", "Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "none"},
]


@pytest.mark.parametrize(("path", "body", "status"), [("votes", VOTE, 200), ("events", CLICK, 204)])
def test_only_from_our_own_pages(kept: Kept, path: str, body: object, status: int) -> None:
    for headers in OURS:
        assert send(kept.client, path, body, **headers).status_code == status, headers
    number = len(kept.rows(EventRow))
    for headers in STRANGE:
        response = send(kept.client, path, body, **headers)
        assert (response.status_code, response.get_json()["code"]) == (403, "FOREIGN_ORIGIN"), headers
    assert len(kept.rows(EventRow)) == number


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
def test_what_a_form_can_send_is_refused(on_sqlite: Kept, kind: str) -> None:
    for path in ("votes", "events"):
        response = on_sqlite.client.post(f"/api/v1/{path}", data=json.dumps(VOTE), headers={"Content-Type": kind})
        assert (response.status_code, response.get_json()["code"]) == (415, "NOT_JSON")


@pytest.mark.parametrize("path", ["votes", "events"])
def test_only_post(on_sqlite: Kept, path: str) -> None:
    response = on_sqlite.client.get(f"/api/v1/{path}")
    assert response.status_code == 404 or (response.status_code, response.headers["Allow"]) == (405, "OPTIONS, POST")
    assert on_sqlite.client.delete(f"/api/v1/{path}").status_code == 405


HOSTILE = '<script>alert(1)</script> {{7*7}} ${7*7} =HYPERLINK("http://evil.example") \'; DROP TABLE votes; --'


def test_a_hostile_comment_is_text(kept: Kept) -> None:
    response = send(kept.client, "votes", {**VOTE, "words": HOSTILE})
    assert response.content_type == "application/json"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.get_json()["words"] == HOSTILE
    assert [row.words for row in kept.rows(VoteRow)] == [HOSTILE]


def test_clicks_and_views(kept: Kept) -> None:
    assert send(kept.client, "events", {**CLICK, "query": "我叫张三，追尾先报警吗", "visitor": ANNE}).data == b""
    assert send(kept.client, "events", {"kind": "view", "article": "reissue", "channel": "widget"}).status_code == 204
    click, view = kept.rows(EventRow)
    assert (click.kind, click.article, click.rank, click.channel) == ("click", "first-steps", 2, "web")
    assert "张三" not in click.query
    assert click.release == kept.client.get("/readyz").get_json()["release"]
    assert (view.kind, view.article, view.rank, view.query, view.channel) == ("view", "reissue", None, None, "widget")
    for wrong in ({"kind": "vote"}, {"kind": "search"}, {"rank": 0}, {"rank": "2"}, {"rank": True}, {"visitor": "x"}):
        assert send(kept.client, "events", {**CLICK, **wrong}).status_code == 400, wrong


def test_searches_are_noted_by_the_server(kept: Kept) -> None:
    words = "我的手机13812345678，追尾先报警吗"
    found = kept.client.get("/api/v1/search", query_string={"q": words}, headers={"X-KB-Visitor": ANNE}).get_json()
    kept.client.get("/api/v1/search", query_string={"q": "退保"}, headers={"X-KB-Visitor": "<odd>"})
    kept.client.get("/api/v1/suggest", query_string={"q": "退保"})
    kept.client.get("/api/v1/search", query_string={"q": ""})
    first, second = kept.rows(EventRow)
    assert first.query == "我的手机〔手机号〕，追尾先报警吗"
    assert (first.kind, first.band, first.hits) == ("search", found["band"], found["total"])
    assert first.visitor
    assert ANNE not in first.visitor
    assert second.visitor is None


def reading_goes_on(client: FlaskClient) -> None:
    for path in (
        "/api/v1/search?q=%E9%80%80%E4%BF%9D",
        "/claims/first-steps/",
        "/api/v1/articles/first-steps",
        "/readyz",
    ):
        assert client.get(path).status_code == 200, path
    assert send(client, "events", CLICK).status_code == 204


def is_told(client: FlaskClient, reason: str) -> None:
    before = figure(client, "kb_votes_lost_total", reason=reason)
    response = send(client, "votes", VOTE)
    told = response.get_json()
    assert (response.status_code, told["code"], told["detail"]) == (503, "DATABASE", NOT_STORED)
    assert response.content_type == "application/problem+json"
    assert figure(client, "kb_votes_lost_total", reason=reason) == before + 1


def test_a_locked_database(on_sqlite: Kept) -> None:
    before = figure(on_sqlite.client, "kb_events_lost_total", reason="locked")
    assert on_sqlite.database.file is not None
    with closing(sqlite3.connect(on_sqlite.database.file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        reading_goes_on(on_sqlite.client)
        is_told(on_sqlite.client, "locked")
        on_sqlite.app.extensions["kb-records"].flush()
    assert figure(on_sqlite.client, "kb_events_lost_total", reason="locked") == before + 2
    assert send(on_sqlite.client, "votes", VOTE).status_code == 200


def test_a_locked_table(site: Root, postgresql_url: str) -> None:
    kept = Kept(site, Settings(database_url=postgresql_url, limits=0))
    with kept.database.writing() as other:
        other.exec_driver_sql("LOCK TABLE votes, events IN ACCESS EXCLUSIVE MODE")
        reading_goes_on(kept.client)
        is_told(kept.client, "locked")
    assert send(kept.client, "votes", VOTE).status_code == 200


def test_a_database_that_was_deleted(to_break: Kept) -> None:
    assert to_break.database.file is not None
    told: list[tuple[str, str, int]] = []

    def tell(what: str, which: str, number: int) -> None:
        told.append((what, which, number))
        events_told(what, which, number)

    # Its own figures: the metric is the whole process's, and what other tests could not store may come in late.
    to_break.app.extensions["kb-records"] = Records(to_break.database, tell)
    before = figure(to_break.client, "kb_events_lost_total", reason="missing")
    assert send(to_break.client, "votes", VOTE).status_code == 200
    to_break.app.extensions["kb-records"].flush()
    assert told == [("written", "vote", 1)]
    to_break.database.file.unlink()
    reading_goes_on(to_break.client)
    is_told(to_break.client, "missing")
    to_break.app.extensions["kb-records"].flush()
    assert sum(number for what, which, number in told if (what, which) == ("lost", "missing")) == 2
    assert figure(to_break.client, "kb_events_lost_total", reason="missing") >= before + 2


def test_a_database_that_never_was(site: Root) -> None:
    client = create_app(site, given=Settings(limits=0)).test_client()
    reading_goes_on(client)
    is_told(client, "missing")


def test_a_server_that_is_not_there(site: Root) -> None:
    nowhere = Settings(database_url="postgresql://kb:a-password@127.0.0.1:1/kb", limits=0)
    client = create_app(site, given=nowhere).test_client()
    reading_goes_on(client)
    is_told(client, "missing")


def test_a_folder_that_is_gone(to_break: Kept) -> None:
    """The whole of var/ but the releases."""
    for path in to_break.app.extensions["kb-holder"].root.var.iterdir():
        if path.name not in ("releases", "current"):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    reading_goes_on(to_break.client)
    is_told(to_break.client, "missing")
