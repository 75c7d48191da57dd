"""Is all that stands beside an answer told to agents, and is the page open to them and closed to everybody else?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import pytest
from flask.testing import FlaskClient
from flask_openapi3 import OpenAPI

from app import create_app
from core.paths import Root
from core.settings import Settings
from records.database import Database
from records.migrating import bring_up
from records.roles import ROLES, Role
from tests.web.desk.counter import ARCHIVED, DRAFT, EXPIRED, HOURS, INTERNAL, NOT_YET, SPOKEN_INTERNAL
from tests.web.desk.newsroom import CHANGED, somebody
from tests.web.desk.people import csrf
from tests.web.urgency import stopped
from web.desk.screen_pop import BAD_REFERENCE
from web.limits import DESK

HOSTILE = '"><script>alert(1)</script>'


def opened(client: FlaskClient, name: str) -> dict[str, Any]:
    answer = client.get(f"/desk/api/articles/{name}")
    assert answer.status_code == 200, name
    return cast(dict[str, Any], answer.get_json())


def test_all_that_stands_beside_an_answer(agent: FlaskClient) -> None:
    told = opened(agent, "first-steps")
    version = told.pop("version")
    assert version == agent.get("/desk/api/articles/first-steps/changes").get_json()["version"]
    similar = told.pop("similar")
    assert similar[0] == {"id": "claim-days", "question": "交齐材料后多久赔到账？", "state": "live"}
    assert len({one["id"] for one in similar} - {"first-steps"}) == len(similar) <= 4
    assert told == {
        "id": "first-steps",
        "question": "刚出车祸，先打给谁？",
        "state": "live",
        "stop_reason": "",
        "internal": False,
        "products": ["车险"],
        "category": "理赔进度",
        "url": "/claims/first-steps/",
        "commit": "",
        "review_by": "2027-06-30",
        "owner": "理赔组",
        "approvers": [],
        "replaced_by": None,
        "conclusion": "先看人，再拨 40000 报案。",
        "steps": ["打开双闪，把人撤到安全的地方。", "我们派人到现场。"],
        "documents": ["驾驶证", "行驶证：原件"],
        "notes": ["内部口径：优先派驻点查勘员到场"],
        "avoid": ["千万不要承诺一定全赔这句话"],
        "escalate": {"when": "有人受伤", "to": "motor", "queue": "车险岗", "leeway": "一线可先垫付壹千圆整，更多须主管批准"},
        "sources": ["《道路交通安全法》第七十条"],
        "ask": [],
        "events": {},
    }  # fmt: skip


def test_questions_that_lead_on_and_events_that_deadlines_run_from(agent: FlaskClient) -> None:
    first, second = opened(agent, "surrender")["ask"]
    assert [choice["next"] for choice in first["choices"]] == ["kind", "", ""]
    assert [choice["article"] for choice in second["choices"]] == ["surrender", "reissue", ""]
    assert opened(agent, HOURS)["events"] == {"呼叫救援": True, "救援结束": False}


@pytest.mark.parametrize("name", [DRAFT, ARCHIVED, EXPIRED, NOT_YET, INTERNAL, SPOKEN_INTERNAL])
def test_only_what_customers_see_has_an_address(agent: FlaskClient, name: str) -> None:
    told = opened(agent, name)
    assert told["url"] == ""
    assert told["internal"] == (name in (INTERNAL, SPOKEN_INTERNAL))


def test_what_replaced_it(agent: FlaskClient) -> None:
    assert opened(agent, ARCHIVED)["replaced_by"] == {"id": "reissue", "question": "保单丢了怎么补？", "state": "live"}


@pytest.mark.parametrize("name", ["none", "First-Steps", "%00", "..%5C", "first-steps%20", "'--", "x" * 2000])
def test_an_article_that_is_not_there(agent: FlaskClient, name: str) -> None:
    told = agent.get(f"/desk/api/articles/{name}")
    assert (told.status_code, told.get_json()["code"]) == (404, "NOT_FOUND")
    assert told.get_json()["title"] == "没有这一篇"
    assert agent.get(f"/desk/api/articles/{name}/history").get_json() == {"versions": []}


def test_a_stopped_one_tells_why_and_has_no_address(counter_app: OpenAPI, agent: FlaskClient) -> None:
    with stopped(counter_app, HOURS):
        told = opened(agent, HOURS)
        assert (told["state"], told["stop_reason"], told["url"]) == ("stopped", "条款改了", "")
    told = opened(agent, HOURS)
    assert (told["state"], told["stop_reason"], told["url"]) == ("live", "", f"/claims/{HOURS}/")


def test_the_history_is_told_in_words_the_newest_first(agent: FlaskClient) -> None:
    new, old = agent.get(f"/desk/api/articles/{CHANGED}/history").get_json()["versions"]
    assert old["changes"] == ["上线：网页、电话、在线客服、微信、短信、公开回复、邮件"]
    assert new["changes"] == [
        "在线客服、微信、邮件：",
        "  － 带病历、诊断证明和费用清单。",
        "  ＋ 带病历、诊断证明和发票。",
    ]
    assert new["at"] >= old["at"]  # told to the second, and both may be of one
    assert new["release"] > old["release"]


@pytest.mark.parametrize("name", [DRAFT, ARCHIVED, EXPIRED, NOT_YET])
def test_what_was_never_published_has_no_history(agent: FlaskClient, name: str) -> None:
    assert agent.get(f"/desk/api/articles/{name}/history").get_json() == {"versions": []}


def test_a_history_that_cannot_be_read_is_told(site: Root) -> None:
    ours = Settings(limits=0)
    bring_up(Database(site, ours))
    client = somebody(create_app(site, given=ours), "li")
    for file in (site.var / "history").glob("*.jsonl"):
        file.unlink()
        file.mkdir()
    told = client.get("/desk/api/articles/hospital/history")
    assert (told.status_code, told.get_json()["code"], told.get_json()["title"]) == (503, "HISTORY", "历史读不出来")


def test_the_page_knows_channels_by_digit_and_holds_no_answer(agent: FlaskClient) -> None:
    page = agent.get("/desk")
    assert (page.status_code, page.content_type) == (200, "text/html; charset=utf-8")
    assert page.headers["Cache-Control"] == "no-store"
    digits = ["phone", "chat", "wechat", "email", "sms", "social"]
    for digit, key in enumerate(digits, 1):
        assert f'"digit": "{digit}", "key": "{key}"' in page.text
    for told in ('"报案号"', '"motor": "车险岗"', '"handed": "转办"', '"claims": "理赔进度"', 'id="q"', "本次联系"):
        assert told in page.text
    assert "甲字号" not in page.text


def test_a_screen_pop_fills_the_page(agent: FlaskClient) -> None:
    page = agent.get("/desk?contact=13812345678&ref=RD2027-1&q=退保").text
    assert "来电 尾号5678" in page
    assert "13812345678" not in page
    assert 'id="ref" value="RD2027-1"' in page
    assert 'value="退保"' in page


@pytest.mark.parametrize("value", [HOSTILE, "' onfocus=alert(1) x='", "{{7*7}}", "</title><script>alert(1)</script>"])
def test_a_hostile_screen_pop_is_text(agent: FlaskClient, value: str) -> None:
    page = agent.get("/desk", query_string=dict.fromkeys(("contact", "ref", "q", "article"), value)).text
    assert BAD_REFERENCE in page
    assert 'id="ref" value=""' in page
    assert "<script>alert" not in page
    assert "' onfocus" not in page
    assert "49" not in page.split("<main")[1].split("<svg")[0]
    for odd in ("/desk?contact=%00%1B%ED%A0%80&ref=%FF&q=%00", f"/desk?q={'x' * 3000}", "/desk?contact=a&contact=b"):
        assert agent.get(odd).status_code == 200


def test_nobody_comes_in_without_signing_in(counter_app: OpenAPI) -> None:
    nobody = counter_app.test_client()
    page = nobody.get("/desk?contact=1&ref=RD1")
    assert page.status_code == 303
    assert page.location.startswith("/desk/sign-in?next=")
    for call in ("search?q=退保", "articles/surrender", "articles/surrender/history"):
        told = nobody.get(f"/desk/api/{call}")
        assert (told.status_code, told.get_json()["code"]) == (401, "NOT_SIGNED_IN")
    assert nobody.post("/desk/api/reply", json={"articles": ["surrender"]}).status_code == 401


@pytest.mark.parametrize("role", ROLES)
def test_every_role_may_answer(as_role: Callable[[Role], FlaskClient], role: Role) -> None:
    client = as_role(role)
    assert client.get("/desk").status_code == 200
    assert client.get("/desk/api/search?q=退保&typing=1").status_code == 200


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_nothing_but_reading(agent: FlaskClient, method: str) -> None:
    for path in ("/desk", "/desk/api/search", "/desk/api/articles/surrender", "/desk/api/articles/surrender/history"):
        assert getattr(agent, method)(path, headers=csrf(agent)).status_code in (404, 405), path


def test_one_agent_is_told_to_wait_and_a_colleague_is_not(site: Root) -> None:
    ours = Settings()
    bring_up(Database(site, ours))
    app = create_app(site, given=ours)
    li, wang = somebody(app, "li"), somebody(app, "wang")
    path = "/desk/api/articles/none/history"
    told = {li.get(path).status_code for _ in range(DESK["answering.history"]["minute"] + 1)}
    assert told == {200, 429}
    assert wang.get(path).status_code == 200
    assert li.get("/desk/api/search?q=退保&typing=1").status_code == 200
    assert li.get("/desk").status_code == 200
