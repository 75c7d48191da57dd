"""Do pages, search, suggestions, answers and flows obey a stop at once, and do notices stand where they belong?"""

from __future__ import annotations

import gzip
import json
import re
from typing import Any, cast

import pytest
from flask.testing import FlaskClient
from flask_openapi3 import OpenAPI
from sqlalchemy import text
from werkzeug.test import TestResponse

from app import create_app
from core.paths import Root
from core.settings import Settings
from records.database import Database
from records.migrating import bring_up
from records.standing import QUIET
from search.answering import STOPPED
from tests.web.figures import figure
from tests.web.urgency import boss_of, posted, slipped_in, stopped, urgent_of
from web.live import Holder

PAGE = "/claims/first-steps/"
QUESTION = "刚出车祸，先打给谁？"
OLD = "先看人"  # how its answer begins, in the page's own words
HOSTILE = "<script>alert('<b>')</script> & \"1 < 2\""


def read(response: TestResponse) -> str:
    """What a person reads, with the marks of clauses and words taken away."""
    return re.sub(r"</?(?:span|wbr)[^>]*>", "", response.get_data(as_text=True))


def answer(client: FlaskClient, question: str = QUESTION, **more: object) -> dict[str, Any]:
    response = client.post("/api/v1/answer", json={"question": question, **more})
    assert response.status_code == 200
    return cast(dict[str, Any], response.get_json())


def database_of(app: OpenAPI) -> Database:
    return Database(cast(Holder, app.extensions["kb-holder"]).root, Settings())


def test_the_page_says_that_it_is_being_checked(app: OpenAPI, client: FlaskClient) -> None:
    before = client.get(PAGE)
    assert OLD in read(before)
    with stopped(app):
        for path in (PAGE, f"{PAGE}index.html"):
            page = client.get(path, headers={"If-None-Match": before.headers["ETag"]})
            told = read(page)
            assert page.status_code == 404  # sw.js forgets its copy
            assert page.headers["Cache-Control"] == "no-cache"
            assert QUESTION in told
            assert "停用核对" in told
            assert OLD not in told
            assert 'href="tel:40000"' in told
            assert 'href="/human/"' in told
            assert "没有这一页" not in told
            assert told.count('id="main"') == 1
        assert client.get(PAGE.rstrip("/")).status_code == 301
        assert client.get("/policy/reissue/").status_code == 200
    after = client.get(PAGE, headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 304


def test_a_stopped_page_is_compressed_too(app: OpenAPI, client: FlaskClient) -> None:
    with stopped(app):
        packed = client.get(PAGE, headers={"Accept-Encoding": "gzip"})
        plain = client.get(PAGE, headers={"Accept-Encoding": "identity"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert packed.headers["Vary"] == "Accept-Encoding"


def test_lists_keep_the_question_and_drop_the_answer(app: OpenAPI, client: FlaskClient) -> None:
    assert OLD in read(client.get("/claims/"))
    with stopped(app):
        for path in ("/claims/", "/", "/questions/"):
            page = client.get(path)
            assert page.status_code == 200
            assert OLD not in read(page), path
        assert "停用核对中" in read(client.get("/claims/"))
        assert "带病历、诊断证明和费用清单。" in read(client.get("/claims/"))
        rows = json.loads(client.get("/assets/search/small.json").data)
        assert rows
        assert "claims/first-steps/" not in {row["u"] for row in rows}
    assert OLD in read(client.get("/claims/"))
    assert "claims/first-steps/" in {row["u"] for row in json.loads(client.get("/assets/search/small.json").data)}


def test_search_leaves_it_out_and_nothing_else_is_the_answer(app: OpenAPI, client: FlaskClient) -> None:
    before = client.get("/api/v1/search", query_string={"q": QUESTION}).get_json()
    assert (before["band"], before["stopped"], before["notices"]) == ("answer", None, [])
    with stopped(app):
        found = client.get("/api/v1/search", query_string={"q": QUESTION}).get_json()
        assert (found["band"], found["stopped"]) == ("unsure", STOPPED)
        assert OLD not in json.dumps(found, ensure_ascii=False)
        assert found["total"] == before["total"] - 1
        suggested = client.get("/api/v1/suggest?q=出").get_json()["suggestions"]
        assert "first-steps" not in {each["id"] for each in suggested}
        other = client.get("/api/v1/search", query_string={"q": "交齐材料后多久赔到账？"}).get_json()
        assert (other["band"], other["stopped"]) == ("answer", None)


def test_what_is_kept_of_the_api_is_kept_for_seconds(client: FlaskClient) -> None:
    kept = re.search(r"max-age=(\d+)", client.get("/api/v1/search?q=a").headers["Cache-Control"])
    assert kept is not None
    assert int(kept[1]) + QUIET < 10


def test_the_article_call_says_that_it_is_stopped(app: OpenAPI, client: FlaskClient) -> None:
    with stopped(app):
        for path in ("/api/v1/articles/first-steps", "/api/v1/articles/first-steps/similar"):
            told = client.get(path)
            assert (told.status_code, told.get_json()["code"]) == (404, "ARTICLE_STOPPED")
        near = client.get("/api/v1/articles/claim-days/similar").get_json()["similar"]
        assert "first-steps" not in {each["id"] for each in near}
    assert client.get("/api/v1/articles/first-steps").status_code == 200


@pytest.mark.parametrize("more", [{}, {"channel": "phone"}, {"article": "first-steps"}, {"category": "claims"}])
def test_a_question_for_it_leads_to_a_human(app: OpenAPI, client: FlaskClient, more: dict[str, Any]) -> None:
    assert answer(client, **more)["band"] == "answer"
    with stopped(app):
        body = answer(client, **more)
        assert (body["band"], body["message"], body["human_first"]) == ("unsure", STOPPED, True)
        assert (body["answer"], body["choices"]) == (None, [])
        assert OLD not in json.dumps(body, ensure_ascii=False)
        assert body["human"]["hotline"] == "40000"


def test_a_flow_does_not_tell_what_it_leads_to(app: OpenAPI, client: FlaskClient) -> None:
    flow = answer(client, "退保", article="surrender")["flow"]
    lead = next(each["id"] for each in flow["articles"] if each["id"] != "surrender")
    with stopped(app, lead):
        left = answer(client, "退保", article="surrender")["flow"]
        assert lead not in {each["id"] for each in left["articles"]}
        assert answer(client, "退保", article=lead)["message"] == STOPPED


def test_votes_and_events_of_pages_that_are_open_are_taken(app: OpenAPI, client: FlaskClient) -> None:
    with stopped(app):
        told = client.post("/api/v1/events", json={"kind": "view", "article": "first-steps"})
        assert told.status_code == 204


def test_a_notice_of_the_site_stands_on_every_page(app: OpenAPI, client: FlaskClient) -> None:
    before = client.get(PAGE)
    with posted(app, "支付系统维护。\n18:00 恢复。") as number, stopped(app, "reissue"):
        for path in ("/", "/claims/", PAGE, "/ask/", "/none/", "/policy/reissue/", "/policy/old-reissue/"):
            told = client.get(path).get_data(as_text=True)
            assert told.count(f'data-notice="{number}"') == 1, path
            assert "支付系统维护。\n18:00 恢复。" in told
        page = client.get(PAGE, headers={"If-None-Match": before.headers["ETag"]})
        assert page.status_code == 200
        assert page.headers["ETag"] != before.headers["ETag"]
        assert page.headers["Content-Security-Policy"] == before.headers["Content-Security-Policy"]
        assert client.get(PAGE, headers={"If-None-Match": page.headers["ETag"]}).status_code == 304
        packed = client.get(PAGE, headers={"Accept-Encoding": "gzip"})
        assert packed.headers["ETag"] != page.headers["ETag"]
        assert gzip.decompress(packed.data) == page.data
        assert "data-notice" not in client.get("/widget.js").get_data(as_text=True)
    assert client.get(PAGE).data == before.data


def test_a_notice_of_an_article_stands_on_it_alone(app: OpenAPI, client: FlaskClient) -> None:
    with posted(app, "查勘今晚停。", "first-steps"):
        assert "查勘今晚停。" in read(client.get(PAGE))
        for path in ("/", "/claims/", "/policy/reissue/"):
            assert "查勘今晚停。" not in read(client.get(path)), path


def test_notices_in_the_api_in_the_words_of_the_channel(app: OpenAPI, client: FlaskClient) -> None:
    with posted(app, "全站", phone="全站，电话"), posted(app, "这一篇", "first-steps"):
        told = client.get("/api/v1/search", query_string={"q": QUESTION}).get_json()["notices"]
        assert [(each["text"], each["articles"]) for each in told] == [("全站", []), ("这一篇", ["first-steps"])]
        assert [each["text"] for each in answer(client, channel="phone")["notices"]] == ["全站，电话", "这一篇"]
        assert [each["text"] for each in answer(client, channel="sms")["notices"]] == ["全站", "这一篇"]
        assert [each["text"] for each in answer(client, "👍")["notices"]] == ["全站"]
        article = client.get("/api/v1/articles/first-steps").get_json()
        assert [each["text"] for each in article["notices"]] == ["全站", "这一篇"]
        other = client.get("/api/v1/articles/reissue").get_json()
        assert [each["text"] for each in other["notices"]] == ["全站"]


def test_what_looks_like_html_is_shown_as_text(app: OpenAPI, client: FlaskClient) -> None:
    with slipped_in(app, database_of(app), HOSTILE):
        page = client.get(PAGE).get_data(as_text=True)
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(" in page
        assert client.get("/api/v1/articles/first-steps").get_json()["notices"][0]["text"] == HOSTILE


def test_the_database_away_brings_nothing_back(site: Root) -> None:
    ours = Settings(limits=0)
    database = Database(site, ours)
    bring_up(database)
    app = create_app(site, given=ours)
    client = app.test_client()
    urgent_of(app).stop("first-steps", "错了", boss_of(app))
    before = figure(client, "kb_urgent_unread_total", reason="missing")
    assert database.file is not None
    for file in database.file.parent.glob("kb.sqlite3*"):
        file.unlink()
    urgent_of(app)._watch.refresh()
    assert client.get(PAGE).status_code == 404
    assert answer(client)["message"] == STOPPED
    assert client.get("/api/v1/search", query_string={"q": QUESTION}).get_json()["stopped"] == STOPPED
    assert figure(client, "kb_urgent_unread_total", reason="missing") == before + 1


def test_a_site_whose_database_was_never_there_answers(site: Root) -> None:
    client = create_app(site, given=Settings(limits=0)).test_client()
    assert client.get(PAGE).status_code == 200
    assert client.get("/api/v1/search", query_string={"q": QUESTION}).get_json()["band"] == "answer"


def test_a_stop_written_by_another_process_is_obeyed(app: OpenAPI, client: FlaskClient) -> None:
    """Whatever wrote it: this process reads it again by itself."""
    with stopped(app):
        with database_of(app).writing() as connection:
            connection.execute(text("UPDATE stops SET ended_at = at WHERE ended_at IS NULL"))
        urgent_of(app)._watch._tried = None  # nobody has asked for a while
        assert client.get(PAGE).status_code == 200
