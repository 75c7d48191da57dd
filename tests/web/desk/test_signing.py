"""Can people get in, out and to a new password, without JavaScript, and does nothing else open the door?"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from flask_openapi3 import OpenAPI

from app import create_app
from core.paths import Root
from core.settings import Settings
from records.accounts import Accounts
from records.database import Database
from records.migrating import bring_up
from records.signing_in import TRIES
from tests.web.desk.people import Person, csrf, enter, post, token_on
from web.desk.security import COOKIE, HOME
from web.limits import PER_LOGIN, SIGN_INS

Hire = Callable[..., Person]
FRESH = "four unrelated words"


def test_in_who_am_i_and_out(client: FlaskClient, hire: Hire) -> None:
    person = hire("supervisor")
    came = enter(client, person)
    assert (came.status_code, came.location) == (303, HOME)
    me = client.get("/desk/me").get_json()
    assert (me["login"], me["name"], me["role"], me["role_name"]) == (person.login, "李娜", "supervisor", "主管")
    assert (me["permissions"], me["must_change"]) == (["answer", "mend", "stop"], False)
    assert client.get("/desk/sign-in").location == HOME  # in already
    left = client.post("/desk/sign-out", headers=csrf(client))
    assert (left.status_code, left.location) == (303, "/desk/sign-in")
    assert client.get("/desk/me").status_code == 401
    assert "set-cookie" not in client.get("/").headers


def test_the_form_is_whole_without_a_script(client: FlaskClient) -> None:
    page = client.get("/desk/sign-in")
    text = page.get_data(as_text=True)
    assert page.content_type == "text/html; charset=utf-8"
    assert page.headers["Cache-Control"] == "no-store"
    assert "坐席台" in text
    assert "示例保险" in text
    assert "演示站" in text
    assert 'autocomplete="current-password"' in text
    assert "style=" not in text
    assert "<script>" not in text
    for asked in ("tokens.css", "site.css", "js/boot.js", "js/switches.js"):
        shell = text.split('data-shell="')[1].split('"')[0]
        assert client.get(shell + asked).status_code == 200, asked
    for asked in ("sign-in.css", "switches.js"):
        assert client.get(f"/desk/static/{asked}").status_code == 200
    assert client.get("/desk/static/../../app.py").status_code == 404


@pytest.mark.parametrize("what", ["name", "password", "disabled"])
def test_whoever_is_refused_cannot_tell_why(client: FlaskClient, hire: Hire, accounts: Accounts, what: str) -> None:
    person = hire()
    if what == "disabled":
        accounts.disable(person.login)
    wrong = Person(
        "nobody" if what == "name" else person.login,
        "not my password" if what == "password" else person.password,
        "agent",
    )
    answer = enter(client, wrong)
    assert answer.status_code == 401
    assert "登录名或密码不对，或账号已停用、已锁定" in answer.get_data(as_text=True)
    assert client.get("/desk/me").status_code == 401
    assert f'value="{wrong.login}"' in answer.get_data(as_text=True)
    assert wrong.password not in answer.get_data(as_text=True)


def test_five_wrong_ones_lock(client: FlaskClient, hire: Hire, accounts: Accounts) -> None:
    person = hire()
    for _ in range(TRIES):
        assert enter(client, Person(person.login, "wrong", "agent")).status_code == 401
    assert enter(client, person).status_code == 401
    accounts.enable(person.login)
    assert enter(client, person).status_code == 303


def test_hostile_fields(client: FlaskClient) -> None:
    for login in (
        "<script>alert(1)</script>",
        "'; DROP TABLE accounts; --",
        "a" * 5000,
        "\0",
        "𠮷\u202e",
        '" onfocus="x',
    ):
        answer = post(client, "/desk/sign-in", {"login": login, "password": "x" * 5000})
        assert answer.status_code == 401
        assert "<script>alert" not in answer.get_data(as_text=True)
        assert '" onfocus' not in answer.get_data(as_text=True)
    assert post(client, "/desk/sign-in", {"login": "li"}).status_code == 400
    assert post(client, "/desk/sign-in", {}).status_code == 400


def test_a_first_password_has_to_be_changed(app: OpenAPI, client: FlaskClient, hire: Hire) -> None:
    person = hire(must_change=True)
    came = enter(client, person, next="/desk?contact=1")
    assert (came.status_code, came.location) == (303, "/desk/password?next=/desk?contact%3D1")
    elsewhere = app.test_client()
    enter(elsewhere, person)
    assert client.get("/desk/me").get_json()["must_change"]
    assert "请先换成自己的密码" in client.get("/desk/password").get_data(as_text=True)
    fields = {"old": person.password, "new": FRESH, "again": FRESH, "next": "/desk?contact=1"}
    for other, status, said in (
        ({"again": "four other words"}, 400, "两次输入的新密码不一样"),
        ({"new": "short", "again": "short"}, 400, "12 到 128"),
        ({"new": person.password, "again": person.password}, 400, "和原来的一样"),
        ({"old": "wrong"}, 401, "现在的密码不对"),
    ):
        answer = post(client, "/desk/password", {**fields, **other})
        assert answer.status_code == status
        assert said in answer.get_data(as_text=True)
    done = post(client, "/desk/password", fields)
    assert (done.status_code, done.location) == (303, "/desk?contact=1")
    assert not client.get("/desk/me").get_json()["must_change"]
    assert elsewhere.get("/desk/me").status_code == 401
    assert enter(app.test_client(), person).status_code == 401
    assert enter(app.test_client(), Person(person.login, FRESH, "agent")).location == HOME


@pytest.mark.parametrize(
    "place",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "/desk\\..\\x",
        "/desk.evil.example",
        "/deskx",
        "javascript:alert(1)",
        "/desk\r\nSet-Cookie: a=b",
        "/desk/\t",
        "/claims/",
        "",
        "/desk/" + "a" * 3000,
    ],
)
def test_nobody_is_led_to_another_place(client: FlaskClient, hire: Hire, place: str) -> None:
    assert enter(client, hire(), next=place).location == HOME
    assert client.get("/desk/sign-in", query_string={"next": place}).location == HOME


def test_whoever_was_on_the_way_goes_on(client: FlaskClient, hire: Hire) -> None:
    sent = client.get("/desk/password?next=/desk%3Fa%3D1")
    assert sent.status_code == 303
    assert sent.location.startswith("/desk/sign-in?next=/desk/password?")
    page = client.get(sent.location)
    place = page.get_data(as_text=True).split('name="next" value="')[1].split('"')[0]
    assert enter(client, hire(), next=place).location == "/desk/password?next=/desk%3Fa%3D1"


def test_no_change_without_a_token(client: FlaskClient, hire: Hire) -> None:
    person = hire()
    fields = {"login": person.login, "password": person.password}
    for token in ("", "forged", token_on(client.application.test_client().get("/desk/sign-in"))):
        answer = client.post("/desk/sign-in", data={**fields, "csrf_token": token})
        assert answer.status_code == 400
        assert "刷新页面" in answer.get_data(as_text=True)
        assert answer.content_type == "text/html; charset=utf-8"
    enter(client, person)
    assert client.post("/desk/sign-out").status_code == 400
    assert client.get("/desk/me").status_code == 200


def test_the_cookie_is_for_this_site_alone(client: FlaskClient, hire: Hire) -> None:
    cookie = enter(client, hire()).headers["Set-Cookie"]
    assert cookie.startswith(f"{COOKIE}=")
    assert {"HttpOnly", "Path=/desk", "SameSite=Lax"} <= set(cookie.split("; "))
    assert "Secure" not in cookie
    assert "Expires" not in cookie
    safe = client.application.test_client().get("/desk/sign-in", base_url="https://kb.example").headers["Set-Cookie"]
    assert "Secure" in safe.split("; ")


def test_the_token_of_before_is_worth_nothing_after(client: FlaskClient, hire: Hire) -> None:
    before = client.get("/desk/sign-in")
    enter(client, hire())
    assert client.post("/desk/sign-out", data={"csrf_token": token_on(before)}).status_code == 400


def test_a_forged_cookie_is_nobody(client: FlaskClient) -> None:
    for value in ("x", "eyJ0b2tlbiI6IngifQ.aaaa.bbbb", "a" * 4000):
        client.set_cookie(COOKIE, value, path="/desk")
        assert client.get("/desk/me").status_code == 401


def own_app(site: Root, **given: object) -> OpenAPI:
    ours = Settings.model_validate(given)
    bring_up(Database(site, ours))
    return create_app(site, given=ours)


def test_a_restart_signs_nobody_out(site: Root) -> None:
    one = own_app(site)
    person = Person("li", one.extensions["kb-accounts"].add("li", "李", "agent", must_change=False)[1], "agent")
    client = one.test_client()
    enter(client, person)
    cookie = client.get_cookie(COOKIE, path="/desk")
    assert cookie is not None
    other = own_app(site).test_client()
    other.set_cookie(COOKIE, cookie.value, path="/desk")
    assert other.get("/desk/me").status_code == 200
    assert (site.var / "desk.key").stat().st_mode & 0o077 == 0


def test_secure_by_a_setting(site: Root) -> None:
    page = own_app(site, secure_cookies=True).test_client().get("/desk/sign-in")
    assert "Secure" in page.headers["Set-Cookie"].split("; ")


def test_tries_are_limited_by_account_and_by_address(site: Root) -> None:
    client = own_app(site).test_client()
    tries = PER_LOGIN["minute"]
    for _ in range(tries):
        assert enter(client, Person("li", "wrong", "agent")).status_code == 401
    page = client.get("/desk/sign-in")
    fields = {"login": " ＬI", "password": "wrong", "csrf_token": token_on(page)}
    told = client.post("/desk/sign-in", data=fields, environ_base={"REMOTE_ADDR": "192.0.2.99"})
    assert told.status_code == 429
    assert "秒再试" in told.get_data(as_text=True)
    assert told.content_type == "text/html; charset=utf-8"
    assert int(told.headers["Retry-After"]) >= 1
    answers = [
        client.post("/desk/sign-in", data={**fields, "login": f"u{number}"}).status_code
        for number in range(SIGN_INS["desk.sign_in"]["minute"] - tries + 1)
    ]
    assert set(answers[:-1]) == {401}
    assert answers[-1] == 429
    assert client.get("/desk/sign-in").status_code == 200


def test_without_a_database_the_page_says_so(site: Root) -> None:
    client = create_app(site, given=Settings()).test_client()
    answer = post(client, "/desk/sign-in", {"login": "li", "password": "x"})
    assert answer.status_code == 503
    assert "现在不能服务" in answer.get_data(as_text=True)
    assert answer.content_type == "text/html; charset=utf-8"


def test_nothing_secret_in_the_log(client: FlaskClient, hire: Hire, caplog: pytest.LogCaptureFixture) -> None:
    person = hire()
    with caplog.at_level(logging.DEBUG):
        enter(client, person)
        enter(client.application.test_client(), Person(person.login, "my wrong password", "agent"))
    lines = json.dumps([vars(record) for record in caplog.records], default=str)
    assert person.password not in lines
    assert "my wrong password" not in lines
