"""Does what an agent marks reach editors as text, and does what they answer come back, seen once?"""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import count
from typing import Any

import pytest
from flask.testing import FlaskClient
from flask_openapi3 import OpenAPI
from werkzeug.test import TestResponse

from core.paths import Root
from records.roles import Role
from tests.web.desk.newsroom import CHANGED, MUST, newsroom, opened, somebody, text, version
from tests.web.desk.people import csrf

Someone = Callable[..., FlaskClient]
_NUMBERS = count()
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{ 7*7 }}"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Root:
    return newsroom(tmp_path_factory.mktemp("marks") / "site")


@pytest.fixture(scope="module")
def room(root: Root) -> OpenAPI:
    return opened(root)


@pytest.fixture
def someone(room: OpenAPI) -> Someone:
    def someone(role: Role = "agent", name: str = "") -> FlaskClient:
        return somebody(room, f"m{next(_NUMBERS)}", role, name)

    return someone


def mark(client: FlaskClient, article: str = CHANGED, **body: object) -> TestResponse:
    given = {"article": article, "kind": "wrong", "words": "电话改了", **body}
    if "version" not in given:
        given["version"] = version(client, article)
    return client.post("/desk/api/marks", json=given, headers=csrf(client))


def gap(client: FlaskClient, query: str, **body: object) -> TestResponse:
    raw = json.dumps({"query": query, **body})  # escaped, so that half a character can be sent
    return client.post("/desk/api/gaps", data=raw, content_type="application/json", headers=csrf(client))


def fill(client: FlaskClient, path: str, **fields: object) -> TestResponse:
    return client.post(path, data={**fields, "csrf_token": csrf(client)["X-CSRFToken"]})


def test_there_and_back_again(someone: Someone) -> None:
    agent, editor = someone(name="林坐席"), someone("editor", "何编辑")
    made = mark(agent, words="电话 13812345678 打不通", kind="outdated")
    assert (made.status_code, made.get_json()["new"]) == (201, True)
    again = mark(agent, words="电话 13812345678 打不通", kind="outdated")
    assert (again.status_code, again.get_json()) == (200, {"number": made.get_json()["number"], "new": False})
    assert "等着处理" in text(agent.get("/desk/marks"))
    said = text(editor.get("/desk/marks"))
    assert said.index("理赔组") < said.index("过期了") < said.index("住院报销") < said.index("电话 〔手机号〕 打不通")
    assert said.index("打不通") < said.index("林坐席")
    done = fill(editor, "/desk/marks/answer", mark=made.get_json()["number"], outcome="mended", words="换成新号了")
    assert (done.status_code, done.location) == (303, "/desk/marks#open")
    # The dot in the bar, on any page; gone once the answer has been seen.
    assert '>标记<i class="dot">1' in agent.get("/desk/reading").get_data(as_text=True)
    said = text(agent.get("/desk/marks"))
    assert said.index("新消息") < said.index("已改好") < said.index("换成新号了") < said.index("何编辑")
    assert '>标记<i class="dot">' not in agent.get("/desk/reading").get_data(as_text=True)
    assert "新消息" not in text(agent.get("/desk/marks"))


def test_everything_is_text(someone: Someone) -> None:
    agent, editor = someone(), someone("editor")
    number = mark(agent, words=HOSTILE, kind="unclear").get_json()["number"]
    assert gap(agent, HOSTILE).status_code == 201
    for page in (agent.get("/desk/marks"), editor.get("/desk/marks")):
        html = page.get_data(as_text=True)
        assert "<script>alert" not in html
        assert "<img" not in html
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
        assert "{{ 7*7 }}" in html
    wrong = fill(editor, "/desk/marks/answer", mark=number, outcome="none", words=HOSTILE)
    assert wrong.status_code == 400
    assert "<script>alert" not in wrong.get_data(as_text=True)


def test_no_needs_a_reason_and_what_was_typed_stays(someone: Someone) -> None:
    agent, editor = someone(), someone("editor")
    number = mark(agent, kind="missing", words="没写学平险").get_json()["number"]
    page = fill(editor, "/desk/marks/answer", mark=number, outcome="declined", words=" ")
    assert page.status_code == 400
    assert "没有写为什么不改" in text(page)
    page = fill(editor, "/desk/marks/answer", mark=number, outcome="mended", words="字" * 501)
    assert page.status_code == 400
    assert "字" * 500 in page.get_data(as_text=True)
    assert fill(editor, "/desk/marks/answer", mark=number, outcome="declined", words="另有一篇").status_code == 303
    page = fill(editor, "/desk/marks/answer", mark=number, outcome="mended", words="")
    assert "已有人处理" in text(page)
    assert "另有一篇" in text(agent.get("/desk/marks"))


def test_the_version_that_was_marked_is_not_the_live_one(someone: Someone, room: OpenAPI) -> None:
    from records.reading import Seen

    agent, editor = someone(), someone("editor")
    me = room.extensions["kb-accounts"].get(agent.get("/desk/me").get_json()["login"]).id
    old = Seen(MUST, [("question", "交齐材料后多久赔到账？"), ("chat", "谈妥以后 30 日内付款。")], "r0")
    room.extensions["kb-reading"].opened(me, old)
    assert mark(agent, MUST, version=old.version).status_code == 201
    for client in (agent, editor):
        page = client.get("/desk/marks")
        assert "标记之后已经发布了新的一版" in text(page)
        assert "<del>30 日内</del><ins>10 日内</ins>" in page.get_data(as_text=True)


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        ({"article": "none", "version": "0" * 16}, 404, "没有这一篇"),
        ({"version": "0" * 16}, 409, "新的一版"),
        ({"version": "x"}, 400, "version 不对"),
        ({"kind": "bad"}, 400, "没有选哪里不对"),
        ({"words": "字" * 501}, 400, "超过 500 字"),
        ({"words": None}, 400, "写得太长"),
    ],
)
def test_marks_that_are_refused(someone: Someone, body: dict[str, Any], status: int, said: str) -> None:
    answer = mark(someone(), **body)
    assert (answer.status_code, answer.content_type) == (status, "application/problem+json")
    assert said in answer.get_json()["title"]


def test_a_gap_is_counted_and_closed(someone: Someone) -> None:
    agent, other, editor = someone(), someone(), someone("editor")
    first = gap(agent, "宠物险怎么报？", category="claims", product="motor")
    assert (first.status_code, first.get_json()) == (201, {"times": 1, "new": True})
    assert gap(other, "宠物险 怎么报").get_json() == {"times": 2, "new": False}
    html = editor.get("/desk/marks").get_data(as_text=True)
    said = text(editor.get("/desk/marks"))
    assert said.index("宠物险怎么报？") < said.index("2 次") < said.index("理赔进度")
    number = html.split("宠物险怎么报？")[1].split('name="gap" value="')[1].split('"')[0]
    for fields, wrong in (
        ({"outcome": "mended", "article": ""}, "要写是哪一篇"),
        ({"outcome": "mended", "article": "<none>"}, "没有“&lt;none&gt;”这一篇"),
        ({"outcome": "declined", "article": MUST}, "不用写"),
        ({"outcome": ""}, "要写是哪一篇"),
    ):
        page = fill(editor, "/desk/marks/close", gap=number, **fields)
        assert page.status_code == 400
        assert wrong in page.get_data(as_text=True)
    assert fill(editor, "/desk/marks/close", gap=number, outcome="mended", article=MUST).status_code == 303
    assert "宠物险" not in text(editor.get("/desk/marks"))
    assert "已有人处理" in text(fill(editor, "/desk/marks/close", gap=number, outcome="declined"))


@pytest.mark.parametrize("query", ["", "  ", "字" * 501, "\0", None, 5, "\ud800"])
def test_gaps_that_are_refused(someone: Someone, query: object) -> None:
    answer = gap(someone(), query)  # type: ignore[arg-type]
    assert (answer.status_code, answer.content_type) == (400, "application/problem+json")


def test_filters_that_there_are_not_are_left_out(someone: Someone) -> None:
    assert gap(someone(), "拖拉机怎么投保", category="<b>", product="none").status_code == 201
    assert "&lt;b&gt;" not in someone("editor").get("/desk/marks").get_data(as_text=True).split("拖拉机")[1][:400]


def test_only_editors_see_and_answer_those_of_others(someone: Someone) -> None:
    agent = someone()
    mark(agent, words="只给编辑看")
    other = someone()
    assert "只给编辑看" not in text(other.get("/desk/marks"))
    assert "要处理的标记" not in text(other.get("/desk/marks"))
    for path in ("/desk/marks/answer", "/desk/marks/close"):
        assert fill(other, path, mark=1, gap=1, outcome="mended", article=MUST).status_code == 403
    for role in ("editor", "supervisor", "admin"):
        assert "只给编辑看" in text(someone(role).get("/desk/marks"))


def test_a_change_needs_a_token(someone: Someone) -> None:
    editor = someone("editor")
    for path in ("/desk/api/marks", "/desk/api/gaps", "/desk/marks/answer", "/desk/marks/close"):
        answer = editor.post(path, json={})
        assert answer.status_code == 400
        assert "不是从本站发出的" in answer.get_data(as_text=True)
