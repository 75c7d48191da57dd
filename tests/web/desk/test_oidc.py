"""Can people sign in with another provider's word, a real one on loopback, and is every word that is not its own refused?"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from flask.testing import FlaskClient
from flask_openapi3 import OpenAPI
from pydantic import SecretStr
from werkzeug.test import TestResponse

from app import create_app
from core.paths import Root
from core.settings import Settings
from records.accounts import Accounts
from records.database import Database
from records.migrating import bring_up
from tests.provider import CLIENT, SECRET, Claims, Provider, identity_provider, new_key
from tests.web.desk.people import csrf

START = "/desk/oidc/start"


@pytest.fixture
def provider() -> Iterator[Provider]:
    with identity_provider() as provider:
        provider.claims["roles"] = ["staff", "agent"]
        yield provider


def desk_for(site: Root, provider: Provider, **given: object) -> OpenAPI:
    ours = Settings(
        limits=0,
        oidc_issuer=provider.issuer,
        oidc_client_id=CLIENT,
        oidc_client_secret=SecretStr(SECRET),
        **given,  # type: ignore[arg-type]
    )
    bring_up(Database(site, ours))
    return create_app(site, given=ours)


@pytest.fixture
def desk(site: Root, provider: Provider) -> OpenAPI:
    return desk_for(site, provider)


def at_provider(client: FlaskClient, start: str = START) -> str:
    """Where the provider sends the browser back to, after it has signed in there."""
    sent = client.get(start)
    assert sent.status_code == 302, sent.get_data(as_text=True)
    back = requests.get(sent.location, allow_redirects=False, timeout=5).headers["Location"]
    assert back.startswith("http://localhost/desk/oidc/callback?")
    return back.removeprefix("http://localhost")


def come(client: FlaskClient, start: str = START) -> TestResponse:
    return client.get(at_provider(client, start))


def refused(answer: TestResponse, status: int, said: str) -> None:
    assert answer.status_code == status
    assert said in answer.get_data(as_text=True)
    assert answer.content_type == "text/html; charset=utf-8"
    assert "Traceback" not in answer.get_data(as_text=True)


def test_in_and_out(desk: OpenAPI, provider: Provider) -> None:
    client = desk.test_client()
    form = client.get("/desk/sign-in?next=/desk%3Fcontact%3D7").get_data(as_text=True)
    assert "用单位账号登录" in form
    assert f'href="{START}?next=/desk?contact%3D7"' in form
    done = come(client, f"{START}?next=/desk?contact%3D7")
    assert (done.status_code, done.location) == (303, "/desk?contact=7")
    me = client.get("/desk/me").get_json()
    assert (me["login"], me["name"], me["role"], me["must_change"]) == ("wang", "王五", "agent", False)
    (asked,) = provider.got
    assert (asked["client_id"], asked["scope"]) == (CLIENT, "openid profile")
    assert len(asked["nonce"]) >= 16
    assert len(asked["state"]) >= 16
    assert "密码在单位的账号系统里改" in client.get("/desk/password").get_data(as_text=True)
    assert client.post("/desk/password", headers=csrf(client)).status_code == 400
    client.post("/desk/sign-out", headers=csrf(client))
    assert client.get("/desk/me").status_code == 401


@pytest.mark.parametrize(
    ("claim", "claims", "role"),
    [
        ("roles", {"roles": "supervisor"}, "supervisor"),
        ("roles", {"roles": ["agent", "admin", "other"]}, "admin"),
        ("realm_access.roles", {"realm_access": {"roles": ["editor"]}}, "editor"),
        ("https://kb.example/role", {"https://kb.example/role": ["editor"]}, "editor"),
    ],
)
def test_the_role_is_that_of_the_claim(site: Root, provider: Provider, claim: str, claims: Claims, role: str) -> None:
    provider.claims.pop("roles")
    provider.claims.update(claims)
    client = desk_for(site, provider, oidc_role_claim=claim).test_client()
    assert come(client).status_code == 303
    assert client.get("/desk/me").get_json()["role"] == role


@pytest.mark.parametrize("roles", [None, [], "", ["staff"], {"agent": True}, "Agent", 7])
def test_without_a_role_a_sentence(desk: OpenAPI, provider: Provider, roles: object) -> None:
    provider.claims["roles"] = roles
    client = desk.test_client()
    refused(come(client), 403, "您的单位账号还没有这里的角色")
    assert client.get("/desk/me").status_code == 401
    accounts: Accounts = desk.extensions["kb-accounts"]
    assert accounts.all() == []
    assert [one.what for one in accounts.audit(9)] == ["sign-in.no-role"]


def test_a_role_that_is_taken_away_ends_what_was_open(desk: OpenAPI, provider: Provider) -> None:
    client = desk.test_client()
    come(client)
    provider.claims["roles"] = []
    refused(come(desk.test_client()), 403, "还没有这里的角色")
    assert client.get("/desk/me").status_code == 401


def test_a_disabled_account_stays_out(desk: OpenAPI) -> None:
    come(desk.test_client())
    desk.extensions["kb-accounts"].disable("wang")
    refused(come(desk.test_client()), 403, "停用")


def test_a_name_that_is_taken_is_not_given_away(desk: OpenAPI, provider: Provider) -> None:
    accounts: Accounts = desk.extensions["kb-accounts"]
    accounts.add("boss", "老板", "admin")
    provider.claims["preferred_username"] = "boss"
    client = desk.test_client()
    come(client)
    me = client.get("/desk/me").get_json()
    assert me["login"].startswith("sso-")
    assert me["role"] == "agent"
    assert not accounts.get("boss").external


SPOILED: dict[str, Callable[[Claims], Claims | None]] = {
    "another nonce": lambda claims: {**claims, "nonce": "another"},
    "no nonce": lambda claims: {k: v for k, v in claims.items() if k != "nonce"},
    "another issuer": lambda claims: {**claims, "iss": "https://evil.example"},
    "another audience": lambda claims: {**claims, "aud": "another"},
    "another audience that names us": lambda claims: {**claims, "aud": "another", "azp": CLIENT},
    "for us by way of another": lambda claims: {**claims, "aud": [CLIENT, "another"], "azp": "another"},
    "too old": lambda claims: {**claims, "iat": 1, "exp": 2},
    "no end": lambda claims: {k: v for k, v in claims.items() if k != "exp"},
    "nobody": lambda claims: {k: v for k, v in claims.items() if k != "sub"},
    "an empty name": lambda claims: {**claims, "sub": ""},
    "a name that is no text": lambda claims: {**claims, "sub": ["u1"]},
    "no token": lambda _claims: None,
}


@pytest.mark.parametrize("what", SPOILED)
def test_a_token_that_is_not_for_us_now(desk: OpenAPI, provider: Provider, what: str) -> None:
    provider.spoil = SPOILED[what]
    client = desk.test_client()
    refused(come(client), 400, "单位登录没有成功")
    assert client.get("/desk/me").status_code == 401
    assert desk.extensions["kb-accounts"].all() == []


@pytest.mark.parametrize("name", ["one", "two"])
def test_a_token_of_another_key(desk: OpenAPI, provider: Provider, name: str) -> None:
    provider.signer = new_key(name)
    provider.header = {"kid": name}
    client = desk.test_client()
    refused(come(client), 400, "单位登录没有成功")


def test_a_provider_may_change_its_key(desk: OpenAPI, provider: Provider) -> None:
    assert come(desk.test_client()).status_code == 303
    provider.key = new_key("next")
    assert come(desk.test_client()).status_code == 303


def test_state_and_code_work_once_and_in_one_browser(desk: OpenAPI) -> None:
    client = desk.test_client()
    back = at_provider(client)
    refused(desk.test_client().get(back), 400, "单位登录没有成功")  # the link was sent to somebody else
    assert client.get(back).status_code == 303
    fresh = desk.test_client()
    refused(fresh.get(back), 400, "单位登录没有成功")
    for spoiled in ({"code": ""}, {"state": ""}, {"state": "forged"}, {"code": "forged"}):
        answer = {key: values[0] for key, values in parse_qs(urlsplit(at_provider(fresh)).query).items()}
        query = {key: value for key, value in {**answer, **spoiled}.items() if value}
        refused(fresh.get("/desk/oidc/callback", query_string=query), 400, "单位登录没有成功")


def test_the_provider_says_no(desk: OpenAPI, provider: Provider) -> None:
    provider.refuse = True
    refused(come(desk.test_client()), 400, "单位登录没有成功")


def test_a_wrong_secret(site: Root, provider: Provider) -> None:
    ours = Settings(limits=0, oidc_issuer=provider.issuer, oidc_client_id=CLIENT, oidc_client_secret=SecretStr("no"))
    bring_up(Database(site, ours))
    refused(come(create_app(site, given=ours).test_client()), 400, "单位登录没有成功")


def test_a_provider_with_another_name(desk: OpenAPI, provider: Provider) -> None:
    provider.calls_itself = "https://evil.example"
    refused(desk.test_client().get(START), 503, "单位登录现在连不上")


def test_a_provider_that_is_away_and_comes_back(desk: OpenAPI, provider: Provider) -> None:
    client = desk.test_client()
    provider.down = True
    refused(client.get(START), 503, "单位登录现在连不上")
    assert client.get("/desk/sign-in").status_code == 200
    provider.down = False
    back = at_provider(client)
    provider.down = True
    refused(client.get(back), 503, "单位登录现在连不上")
    provider.down = False
    assert come(client).status_code == 303


def test_a_provider_that_is_not_there(site: Root) -> None:
    refused(desk_for(site, Provider(issuer="http://127.0.0.1:1")).test_client().get(START), 503, "单位登录现在连不上")


def test_nobody_is_led_to_another_place(desk: OpenAPI) -> None:
    assert come(desk.test_client(), f"{START}?next=https://evil.example/").location == "/desk"


def test_without_a_provider_there_is_none(client: FlaskClient) -> None:
    for path in (START, "/desk/oidc/callback?code=a&state=b"):
        refused(client.get(path), 404, "这里没有开单位登录")
    assert "用单位账号登录" not in client.get("/desk/sign-in").get_data(as_text=True)


def test_nothing_secret_in_the_log(desk: OpenAPI, caplog: pytest.LogCaptureFixture) -> None:
    client = desk.test_client()
    with caplog.at_level(logging.INFO):
        back = at_provider(client)
        client.get(back)
    lines = str([vars(record) for record in caplog.records])
    for part in (SECRET, parse_qs(urlsplit(back).query)["code"][0]):
        assert part not in lines
