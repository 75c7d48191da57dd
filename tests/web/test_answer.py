"""Is a question answered in three bands, for any channel, with a visit that any worker can go on with?"""

from __future__ import annotations

import json
from typing import Any, cast

import pytest
from flask.testing import FlaskClient
from flask_openapi3 import OpenAPI

from app import create_app
from web.live import Holder
from web.public.session import LIFETIME, Sessions

CALL = "/api/v1/answer"


def ask(client: FlaskClient, question: str = "退掉保险能拿回多少", **more: object) -> dict[str, Any]:
    response = client.post(CALL, json={"question": question, **more})
    assert response.status_code == 200, response.get_data(as_text=True)
    return cast(dict[str, Any], response.get_json())


@pytest.fixture
def sure(app: OpenAPI, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every first article is sure enough to be the answer."""
    search = cast(Holder, app.extensions["kb-holder"]).get().search
    monkeypatch.setattr(search, "learned", search.learned.model_copy(update={"answer": 0.0}))


def test_between_gives_choices(client: FlaskClient) -> None:
    body = ask(client)
    assert body["band"] == "choose"
    assert body["message"] == "您想问的是："
    assert {"id", "question", "url", "answer"} == set(body["choices"][0])
    assert body["answer"] is None
    assert body["human"]["hotline"] == "40000"
    assert body["release"] == client.get("/").headers["X-KB-Release"]


def test_unsure_says_so_with_categories_and_a_human(client: FlaskClient) -> None:
    body = ask(client, "👍")
    assert body["band"] == "unsure"
    assert body["categories"] == [
        {"key": "policy", "name": "保单查询", "url": "/policy/"},
        {"key": "claims", "name": "理赔进度", "url": "/claims/"},
    ]
    assert body["human"]["hotline"] == "40000"


@pytest.mark.usefixtures("sure")
@pytest.mark.parametrize(
    ("channel", "text"),
    [("phone", "带身份证申请补发。"), ("chat", "带身份证申请补发，3 天（示例） 办好。"), ("sms", "带身份证申请补发。")],
)
def test_the_channel_chooses_the_text(client: FlaskClient, channel: str, text: str) -> None:
    body = ask(client, "保单丢了怎么补", channel=channel)
    assert body["band"] == "answer"
    assert body["answer"]["text"] == text
    assert body["answer"]["url"] == "/policy/reissue/"


@pytest.mark.usefixtures("sure")
def test_the_web_gets_steps_documents_and_buttons(client: FlaskClient) -> None:
    answer = ask(client, "我追尾了怎么办")["answer"]
    assert answer["conclusion"] == "先看人，再拨 40000 报案。"
    assert [step["title"] for step in answer["steps"]] == ["停车看人", "查勘"]
    assert [document["name"] for document in answer["documents"]] == ["驾驶证", "行驶证"]
    assert answer["actions"] == [{"label": "拨 40000", "url": "", "tel": "40000"}]


def test_a_choice_is_answered(client: FlaskClient) -> None:
    first = ask(client)
    body = ask(client, article=first["choices"][0]["id"], session=first["session"])
    assert body["answer"]["id"] == first["choices"][0]["id"]
    assert body["trail"] == [f"我问“退掉保险能拿回多少”，看了“{body['answer']['question']}”这条。"]


REFUSED: list[tuple[dict[str, object], int, str]] = [
    ({}, 400, "BAD_QUESTION"),
    ({"question": ""}, 400, "BAD_QUESTION"),
    ({"question": " \t"}, 400, "BAD_QUESTION"),
    ({"question": "退" * 501}, 400, "BAD_QUESTION"),
    ({"question": 5}, 400, "BAD_QUESTION"),
    ({"question": "退", "channel": "fax"}, 400, "UNKNOWN_CHANNEL"),
    ({"question": "退", "category": "none"}, 400, "UNKNOWN_CATEGORY"),
    ({"question": "退", "session": 5}, 400, "BAD_SESSION"),
    ({"question": "退", "article": "agent-only"}, 404, "NO_ARTICLE"),
    ({"question": "退", "article": "old-reissue"}, 404, "NO_ARTICLE"),
]


@pytest.mark.parametrize(("body", "status", "code"), REFUSED)
def test_refusals(client: FlaskClient, body: dict[str, object], status: int, code: str) -> None:
    response = client.post(CALL, json=body)
    told = response.get_json()
    assert (response.status_code, told["code"]) == (status, code)
    assert response.content_type == "application/problem+json"
    assert told["title"]
    assert told["detail"]


@pytest.mark.parametrize("path", [CALL, "/api/v1/trail"])
@pytest.mark.parametrize("data", [b"", b"{", b"null", b"[]", b'"x"', b"[" * 60000, b"\xff"])
def test_what_is_no_json_is_refused(client: FlaskClient, path: str, data: bytes) -> None:
    response = client.post(path, data=data, content_type="application/json")
    assert response.status_code == 400
    assert response.content_type == "application/problem+json"


def test_a_form_of_another_site_is_refused(client: FlaskClient) -> None:
    """Such a POST needs no permission of the browser, so it must not be answered."""
    response = client.post(CALL, data=json.dumps({"question": "退保"}), content_type="text/plain")
    assert response.status_code == 400


def test_too_large_is_refused(client: FlaskClient) -> None:
    response = client.post(CALL, json={"question": "退", "session": "x" * 70000})
    assert (response.status_code, response.get_json()["code"]) == (413, "TOO_LARGE")


def test_get_is_refused(client: FlaskClient) -> None:
    response = client.get(CALL)
    assert response.status_code == 404
    assert response.content_type == "application/problem+json"


def test_half_a_character_does_no_harm(client: FlaskClient) -> None:
    data = b'{"question": "\\ud800\\u9000\\u4fdd"}'
    assert client.post(CALL, data=data, content_type="application/json").status_code == 200


def test_a_visit_goes_on_with_any_worker(app: OpenAPI, client: FlaskClient) -> None:
    root = cast(Holder, app.extensions["kb-holder"]).root
    other = create_app(root).test_client()
    first = ask(client, "👍")
    assert not first["human_first"]
    second = ask(other, "👎", session=first["session"])
    assert second["human_first"]
    assert second["trail"] == ["我问“👍”，没有找到答案。", "我问“👎”，没有找到答案。"]
    told = client.post("/api/v1/trail", json={"session": second["session"]}).get_json()
    assert told["trail"] == second["trail"]
    assert told["text"].startswith("不用从头讲，接通后照着说：\n我问“👍”")
    assert told["human"]["hotline"] == "40000"


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "😀", "x" * 9000])
def test_a_forged_token_is_quietly_replaced(client: FlaskClient, token: str) -> None:
    body = ask(client, session=token)
    assert len(body["trail"]) == 1
    assert client.post("/api/v1/trail", json={"session": token}).get_json()["text"] == ""


def test_a_changed_token_is_no_token(client: FlaskClient) -> None:
    token = ask(client)["session"]
    middle = len(token) // 3
    changed = token[:middle] + ("a" if token[middle] != "a" else "b") + token[middle + 1 :]
    assert client.post("/api/v1/trail", json={"session": changed}).get_json()["trail"] == []


def test_an_old_token_is_no_token(client: FlaskClient, app: OpenAPI, monkeypatch: pytest.MonkeyPatch) -> None:
    token = ask(client)["session"]
    sessions = cast(Sessions, app.extensions["kb-sessions"])
    assert sessions.read(token)[1] != ()
    monkeypatch.setattr("web.public.session.LIFETIME", -1)
    assert LIFETIME > 3600
    assert sessions.read(token)[1] == ()


def test_a_token_holds_no_personal_data_and_stays_small(client: FlaskClient, app: OpenAPI) -> None:
    token = ""
    for number in range(12):
        question = f"第{number}问，我的手机号13812345678，" + "退保能退多少钱呢" * 40
        body = ask(client, question, session=token)
        token = body["session"]
    assert "13812345678" not in "".join(body["trail"])
    assert len(token) < 3000
    _, trail = cast(Sessions, app.extensions["kb-sessions"]).read(token)
    assert all("138" not in turn.asked for turn in trail)


def test_nothing_is_kept_by_anybody(client: FlaskClient) -> None:
    assert client.post(CALL, json={"question": "退保"}).headers["Cache-Control"] == "no-store"


def test_the_key_is_for_its_owner_alone(app: OpenAPI) -> None:
    root = cast(Holder, app.extensions["kb-holder"]).root
    assert (root.var / "session.key").stat().st_mode & 0o777 == 0o600
