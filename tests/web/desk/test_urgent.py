"""Can a supervisor, and nobody below, stop and post from the desk: by forms and by calls, with every mistake told in its place?"""

from __future__ import annotations

import html
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient
from flask_openapi3 import OpenAPI
from werkzeug.test import TestResponse

from records.roles import Role
from tests.web.desk.people import csrf, token_on
from tests.web.urgency import posted, stopped, urgent_of

AsRole = Callable[[Role | None], FlaskClient]
PAGE = "/desk/urgent"
HOSTILE = '"><script>alert(1)</script>'


@pytest.fixture
def boss(as_role: AsRole) -> FlaskClient:
    return as_role("supervisor")


def send(client: FlaskClient, act: str, **fields: str) -> TestResponse:
    token = token_on(client.get(PAGE))
    return client.post(f"{PAGE}/{act}", data={**fields, "csrf_token": token})


def later(hours: int = 2) -> str:
    """As a browser sends it."""
    return f"{datetime.now() + timedelta(hours=hours):%Y-%m-%dT%H:%M}"


def text_of(page: TestResponse) -> str:
    return html.unescape(page.get_data(as_text=True))


@pytest.mark.parametrize("typed", ["first-steps", " ｆｉｒｓｔ-steps ", "刚出车祸，先打给谁？", "刚出车祸先打给谁"])
def test_stopped_and_started_by_forms(app: OpenAPI, boss: FlaskClient, client: FlaskClient, typed: str) -> None:
    done = send(boss, "stop", article=typed, reason="条款改了")
    assert (done.status_code, done.location) == (303, "/desk/urgent?done=stopped")
    page = boss.get(done.location)
    assert "已停用" in page.text
    assert "刚出车祸，先打给谁？" in page.text
    assert "条款改了" in page.text
    assert client.get("/claims/first-steps/").status_code == 404
    assert send(boss, "stop", article="first-steps", reason="再停").location == "/desk/urgent?done=again"
    assert send(boss, "start", article="first-steps").location == "/desk/urgent?done=started"
    assert send(boss, "start", article="first-steps").location == "/desk/urgent?done=over"
    assert client.get("/claims/first-steps/").status_code == 200
    assert urgent_of(app).standing().stops == {}


def test_a_stop_that_names_nothing_tells_all_at_once(app: OpenAPI, boss: FlaskClient) -> None:
    page = send(boss, "stop", article="车祸打给谁", reason=" ")
    assert page.status_code == 400
    assert "没有“车祸打给谁”这篇文章。是不是：刚出车祸，先打给谁？（first-steps）" in text_of(page)
    assert "请写停用的原因。" in page.text
    assert 'value="车祸打给谁"' in page.text
    assert urgent_of(app).standing().stops == {}


def test_posted_and_ended_by_forms(app: OpenAPI, boss: FlaskClient, client: FlaskClient) -> None:
    fields = {"text-web": "支付维护。", "text-sms": "维护中", "articles": "first-steps\r\n\r\n", "ends": later()}
    done = send(boss, "post", **fields)
    assert (done.status_code, done.location) == (303, "/desk/urgent?done=posted")
    page = boss.get(done.location)
    for told in ("支付维护。", "维护中", "刚出车祸，先打给谁？", "挂着"):
        assert told in page.text
    assert "支付维护。" in client.get("/claims/first-steps/").get_data(as_text=True)
    (notice,) = urgent_of(app).standing().all
    assert (notice.articles, notice.texts["sms"]) == (("first-steps",), "维护中")
    assert send(boss, "end", notice=str(notice.id)).location == "/desk/urgent?done=ended"
    for odd in (str(notice.id), "", "-1", "²", "9" * 30):
        assert send(boss, "end", notice=odd).location == "/desk/urgent?done=over"
    assert urgent_of(app).standing().all == ()


def test_a_notice_that_is_planned_says_so(app: OpenAPI, boss: FlaskClient, client: FlaskClient) -> None:
    send(boss, "post", **{"text-web": "明天维护。", "starts": later(1), "ends": later(2)})
    assert "还没到" in boss.get(PAGE).text
    assert "明天维护。" not in client.get("/").get_data(as_text=True)
    send(boss, "end", notice=str(urgent_of(app).standing().all[0].id))


def test_a_notice_tells_everything_that_is_wrong_in_its_place(app: OpenAPI, boss: FlaskClient) -> None:
    fields = {"text-web": " ", "text-sms": "长" * 500, "articles": "none-such", "starts": "?", "ends": ""}
    page = send(boss, "post", **fields)
    assert page.status_code == 400
    for field in ("web", "sms", "articles", "starts", "ends"):
        assert f'aria-describedby="wrong-{field}"' in page.text, field
        assert f'id="wrong-{field}"' in page.text, field
    assert "请改好标出的 5 处" in page.text
    assert "长" * 500 in page.text  # nothing typed is lost
    assert urgent_of(app).standing().all == ()


def test_what_looks_like_html_is_text(app: OpenAPI, boss: FlaskClient) -> None:
    assert "<script>alert" not in send(boss, "stop", article=HOSTILE, reason="").text
    assert "<script>alert" not in send(boss, "post", **{"text-web": HOSTILE, "articles": HOSTILE, "ends": HOSTILE}).text
    send(boss, "stop", article="first-steps", reason=HOSTILE)
    page = boss.get(PAGE)
    send(boss, "start", article="first-steps")
    assert "<script>alert" not in page.text
    assert HOSTILE in text_of(page)
    assert "<script" not in boss.get(f"{PAGE}?done=<script>").text.split("</head>")[1]
    assert urgent_of(app).standing().all == ()


@pytest.mark.parametrize("act", ["stop", "start", "post", "end"])
def test_no_form_without_its_token(app: OpenAPI, boss: FlaskClient, act: str) -> None:
    told = boss.post(f"{PAGE}/{act}", data={"article": "first-steps", "reason": "错"})
    assert told.status_code == 400
    assert "刷新页面" in told.text
    assert urgent_of(app).standing().stops == {}


@pytest.mark.parametrize("role", ["agent", "editor"])
def test_below_a_supervisor_nobody_stops(app: OpenAPI, as_role: AsRole, role: Role) -> None:
    client = as_role(role)
    assert client.get(PAGE).status_code == 403
    token = csrf(client)
    body = {"article": "first-steps", "reason": "错"}
    assert client.post("/desk/api/stops", json=body, headers=token).status_code == 403
    assert client.post(f"{PAGE}/stop", data=body, headers=token).status_code == 403
    assert "停用和公告" not in client.get("/desk/urgent").text.split("<h1")[0]
    assert urgent_of(app).standing().stops == {}


def test_the_article_in_hand_is_stopped_by_a_call(app: OpenAPI, boss: FlaskClient) -> None:
    token = csrf(boss)
    body = {"article": "first-steps", "reason": "条款改了"}
    assert boss.post("/desk/api/stops", json=body).get_json()["code"] == "CSRF"
    assert boss.post("/desk/api/stops", json=body, headers=token).get_json() == {
        "article": "first-steps",
        "is_new": True,
    }
    assert boss.post("/desk/api/stops", json=body, headers=token).get_json()["is_new"] is False
    send(boss, "start", article="first-steps")
    for odd, status in (
        ({**body, "article": "none"}, 404),
        ({**body, "reason": " "}, 400),
        ({**body, "reason": "长" * 201}, 400),
        ({"article": "first-steps"}, 400),
        ({**body, "article": 1}, 400),
        ([], 400),
    ):
        told = boss.post("/desk/api/stops", json=odd, headers=token)
        assert (told.status_code, told.content_type) == (status, "application/problem+json"), odd
    assert boss.post("/desk/api/stops", data="x", headers=token).status_code == 415
    half = boss.post(
        "/desk/api/stops",
        data='{"article": "first-steps", "reason": "\\ud800 错"}',
        headers=token,
        content_type="application/json",
    )
    assert half.status_code == 200
    send(boss, "start", article="first-steps")
    assert urgent_of(app).standing().stops == {}


def test_agents_are_told_what_stands(app: OpenAPI, as_role: AsRole) -> None:
    agent = as_role("agent")
    assert agent.get("/desk/api/urgent").get_json() == {"stopped": [], "notices": []}
    with stopped(app), posted(app, "全站", phone="电话上"):
        told = agent.get("/desk/api/urgent").get_json()
        (stop,), (notice,) = told["stopped"], told["notices"]
        assert (stop["article"], stop["question"], stop["reason"]) == (
            "first-steps",
            "刚出车祸，先打给谁？",
            "条款改了",
        )
        assert datetime.fromisoformat(stop["since"]).tzinfo is not None
        assert (notice["text"]["web"], notice["text"]["phone"], notice["text"]["sms"]) == ("全站", "电话上", "全站")
        assert notice["articles"] == []


def test_signed_out_the_forms_lead_to_sign_in(client: FlaskClient) -> None:
    assert client.get(PAGE).location.startswith("/desk/sign-in")
    assert client.get("/desk/api/urgent").status_code == 401
