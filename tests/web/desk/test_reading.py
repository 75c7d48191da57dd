"""Does an agent see what must be read, what is new and what changed since, and a supervisor who has not read?"""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

import pytest
from flask.testing import FlaskClient
from flask_openapi3 import OpenAPI

from core.paths import Root
from publishing.build import publish
from records.accounts import Accounts
from records.own import MOST_PINS
from records.roles import Role
from tests.web.desk.newsroom import (
    CHANGED,
    INTERNAL,
    MUST,
    NEW,
    change,
    newsroom,
    opened,
    opens,
    somebody,
    text,
    version,
)
from tests.web.desk.people import csrf, token_on

Someone = Callable[..., FlaskClient]
_NUMBERS = count()
NONE = "0" * 16


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Root:
    return newsroom(tmp_path_factory.mktemp("newsroom") / "site")


@pytest.fixture(scope="module")
def room(root: Root) -> OpenAPI:
    return opened(root)


@pytest.fixture
def someone(room: OpenAPI) -> Someone:
    """The browser of somebody new; on another application when one is given."""

    def someone(role: Role = "agent", name: str = "") -> FlaskClient:
        return somebody(room, f"p{next(_NUMBERS)}", role, name)

    return someone


def acknowledge(client: FlaskClient, article: str, which: str = "") -> int:
    fields = {"article": article, "version": which or version(client, article)}
    fields["csrf_token"] = csrf(client)["X-CSRFToken"]
    return client.post("/desk/reading/read", data=fields).status_code


def test_what_must_be_read_and_what_is_new(someone: Someone) -> None:
    page = someone().get("/desk/reading")
    said = text(page)
    assert said.index("还有 1 篇") < said.index("交齐材料后多久赔到账") < said.index("我读过了") < said.index(" 更新 ")
    assert said.index(" 更新 ") < said.index("住院报销要带什么材料？") < said.index("改过，没读")
    assert "照常报案，材料可以后补。" in said
    html = page.get_data(as_text=True)
    assert "<del>费用清单</del><ins>发票</ins>" in html
    assert 'href="/desk/reading" aria-current="page">必读和更新<i class="dot">1' in html


def test_texts_are_text(someone: Someone) -> None:
    html = someone().get("/desk/reading").get_data(as_text=True)
    assert "不满 5&lt;6&amp;7&#34; 日的先记下地址" in html


def test_i_have_read_it(someone: Someone) -> None:
    client = someone()
    assert acknowledge(client, MUST) == 303
    page = client.get("/desk/reading")
    assert "必读的都读过了" in text(page)
    assert "我读过了" not in text(page)
    assert '<i class="dot">' not in page.get_data(as_text=True)
    assert acknowledge(client, MUST) == 303  # twice is once


@pytest.mark.parametrize(
    ("article", "which", "status", "said"),
    [
        (MUST, NONE, 409, "刚刚又改了"),
        ("draft-one", NONE, 404, "已经下线"),
        ("<script>", NONE, 404, "已经下线"),
        ("", "", 404, "已经下线"),
    ],
)
def test_what_cannot_be_acknowledged(someone: Someone, article: str, which: str, status: int, said: str) -> None:
    client = someone()
    page = client.post(
        "/desk/reading/read", data={"article": article, "version": which, "csrf_token": csrf(client)["X-CSRFToken"]}
    )
    assert page.status_code == status
    assert said in text(page)
    assert "还有 1 篇" in text(page)


def test_a_supervisor_sees_who_has_not(someone: Someone, room: OpenAPI) -> None:
    agent, chief = someone(name="林已读"), someone("supervisor", "周主管")
    someone(name="何未读")
    gone = someone(name="已停用")
    accounts: Accounts = room.extensions["kb-accounts"]
    accounts.disable(gone.get("/desk/me").get_json()["login"])
    acknowledge(agent, MUST)
    said = text(chief.get("/desk/reading"))
    assert "何未读" in said
    assert "周主管" in said
    assert not {"林已读", "已停用"} & set(said.replace("、", " ").split())
    for role in ("agent", "editor"):
        assert "人没读" not in text(someone(role).get("/desk/reading"))


def test_only_ones_own_products(someone: Someone) -> None:
    client = someone()
    fields = {"product": "motor", "csrf_token": token_on(client.get("/desk/reading"))}
    done = client.post("/desk/reading/products", data=fields)
    assert (done.status_code, done.location) == (303, "/desk/reading#news")
    said = text(client.get("/desk/reading"))
    assert "隔离期间" in said
    assert "住院报销" not in said
    assert "交齐材料后多久赔到账" in said  # who must read does not choose
    client.post("/desk/reading/products", data={**fields, "product": "<none>"})
    assert "住院报销" in text(client.get("/desk/reading"))


def test_what_one_has_opened_is_no_news(someone: Someone) -> None:
    client = someone()
    assert client.get(f"/desk/api/articles/{CHANGED}/changes").get_json()["since"] is None
    assert opens(client, CHANGED).status_code == 204
    told = client.get(f"/desk/api/articles/{CHANGED}/changes").get_json()
    assert told["since"]
    assert told["parts"] == []
    assert "改过，没读" not in text(client.get("/desk/reading"))


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"article": "none", "version": NONE}, 404),
        ({"article": CHANGED, "version": NONE}, 409),
        ({"article": CHANGED, "version": "x"}, 400),
        ({"article": "", "version": NONE}, 400),
        ({"article": CHANGED}, 400),
        ([], 400),
        ("x" * 70_000, 413),
    ],
)
def test_what_cannot_have_been_opened(someone: Someone, body: object, status: int) -> None:
    client = someone()
    answer = client.post("/desk/api/reads", json=body, headers=csrf(client))
    assert (answer.status_code, answer.content_type) == (status, "application/problem+json")
    assert client.get("/desk/api/articles/none/changes").status_code == 404


def test_a_change_needs_a_token(someone: Someone) -> None:
    client = someone()
    for method, path in (
        ("POST", "/desk/api/reads"),
        ("PUT", f"/desk/api/pins/{MUST}"),
        ("DELETE", f"/desk/api/pins/{MUST}"),
        ("POST", "/desk/reading/read"),
        ("POST", "/desk/reading/products"),
    ):
        answer = client.open(path, method=method, data={"article": MUST})
        assert answer.status_code == 400, path
        assert "不是从本站发出的" in answer.get_data(as_text=True)


def test_pins_and_what_was_opened_last(someone: Someone) -> None:
    client = someone()
    token = csrf(client)
    for name in (CHANGED, "draft-one", INTERNAL):
        assert client.put(f"/desk/api/pins/{name}", headers=token).status_code == 204
    assert client.put(f"/desk/api/pins/{INTERNAL}", json={"place": 0}, headers=token).status_code == 204
    for name in (NEW, CHANGED, MUST):
        opens(client, name)
    told = client.get("/desk/api/pins").get_json()
    assert [(one["id"], one["state"], one["changed"]) for one in told["pins"]] == [
        (INTERNAL, "live", False),
        (CHANGED, "live", False),
        ("draft-one", "draft", False),
    ]
    assert told["pins"][0]["question"] == "客服怎么登记加急案件？"
    assert [one["id"] for one in told["recent"]] == [MUST, NEW]
    assert client.delete(f"/desk/api/pins/{INTERNAL}", headers=token).status_code == 204
    assert [one["id"] for one in client.get("/desk/api/pins").get_json()["pins"]] == [CHANGED, "draft-one"]
    assert client.put("/desk/api/pins/none", headers=token).status_code == 404
    for place in (-1, "1", 1.5, True):
        answer = client.put(f"/desk/api/pins/{MUST}", json={"place": place}, headers=token)
        assert (answer.status_code, answer.get_json()["title"]) == (400, "位置不对")
    assert someone().get("/desk/api/pins").get_json() == {"pins": [], "recent": []}


def test_not_without_end(room: OpenAPI, someone: Someone) -> None:
    client = someone()
    own, accounts = room.extensions["kb-own"], room.extensions["kb-accounts"]
    me = accounts.get(client.get("/desk/me").get_json()["login"]).id
    for number in range(MOST_PINS):
        own.pin(me, f"gone-{number}")
    answer = client.put(f"/desk/api/pins/{MUST}", headers=csrf(client))
    assert (answer.status_code, answer.get_json()["code"]) == (409, "TOO_MANY_PINS")


def test_a_publish_while_a_page_is_open(tmp_path_factory: pytest.TempPathFactory, root: Root) -> None:
    import shutil

    folder = tmp_path_factory.mktemp("publish") / "site"
    shutil.copytree(root.path, folder, symlinks=True)
    ours = Root.at(folder)
    before = opened(ours)
    client = somebody(before, f"p{next(_NUMBERS)}")
    old = version(client, MUST)
    assert opens(client, MUST).status_code == 204
    assert acknowledge(client, MUST) == 303
    change(ours, "谈妥后 10 日内付款", "谈妥后 9 日内付款")
    publish(ours)
    after = opened(ours)
    cookie = client.get_cookie("kb_desk", path="/desk")
    assert cookie is not None
    client = after.test_client()
    client.set_cookie("kb_desk", cookie.value, path="/desk")
    # What was read is told as it was; the page that is still open is believed, the acknowledgement is not.
    told = client.get(f"/desk/api/articles/{MUST}/changes").get_json()
    assert told["version"] != old
    pieces = {(piece["kind"], piece["text"]) for part in told["parts"] for piece in part["pieces"]}
    assert {("del", "10 日内"), ("ins", "9 日内")} <= pieces
    assert opens(client, MUST, old).status_code == 204
    assert acknowledge(client, MUST, old) == 409
    said = text(client.get("/desk/reading"))
    assert "还有 1 篇" in said
    assert "读的相比" in said
    assert client.get("/desk/api/pins").get_json()["recent"][0]["changed"]
    assert acknowledge(client, MUST) == 303
    assert client.get(f"/desk/api/articles/{MUST}/changes").get_json()["parts"] == []
