"""Is every address of the desk closed to whoever may not use it, by each role and with none?"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Blueprint
from flask.testing import FlaskClient
from flask_openapi3 import OpenAPI
from werkzeug.test import TestResponse

from app import create_app
from core.paths import Root
from core.settings import Settings
from records.accounts import Accounts
from records.database import Database
from records.migrating import bring_up
from records.roles import GRANTS, PERMISSIONS, ROLES, Permission, Role, may
from tests.web.desk.people import Person, csrf, enter
from web.desk.guard import Guard, guard_of, needs

AsRole = Callable[[Role | None], FlaskClient]
# What may be seen without signing in; anything more is a decision to be made here.
OPEN = {"desk.sign_in", "desk.static", "oidc.start", "oidc.callback"}
# How an address with parts that vary is asked for.
EXAMPLES: dict[str, str] = {"name": "sign-in.css"}


def rules(app: OpenAPI) -> list[tuple[str, str, str]]:
    """(method, example of an address, endpoint) of everything under /desk."""
    found = []
    for rule in app.url_map.iter_rules():
        if rule.rule == "/desk" or rule.rule.startswith("/desk/"):
            path = rule.rule
            for argument in rule.arguments:
                path = path.replace(f"<path:{argument}>", EXAMPLES[argument]).replace(
                    f"<{argument}>", EXAMPLES[argument]
                )
            assert "<" not in path, f"{rule.rule}: 给 EXAMPLES 加一个例子"
            assert rule.methods is not None
            found += [(method, path, rule.endpoint) for method in sorted(rule.methods - {"HEAD", "OPTIONS"})]
    return found


def guard(app: OpenAPI, endpoint: str) -> Guard:
    found = guard_of(app, endpoint)
    assert found is not None, f"{endpoint}: 没有 @needs(…)"
    return found


def ask(client: FlaskClient, method: str, path: str) -> TestResponse:
    headers = csrf(client) if method != "GET" and client.get("/desk/me").status_code == 200 else {}
    return client.open(path, method=method, headers=headers)


def test_every_address_has_a_guard(app: OpenAPI) -> None:
    assert len(rules(app)) >= 5
    assert {endpoint for _, _, endpoint in rules(app) if guard(app, endpoint).what is None} == OPEN


def test_none(app: OpenAPI, as_role: AsRole) -> None:
    for method, path, endpoint in rules(app):
        answer = ask(as_role(None), method, path)
        wanted = guard(app, endpoint)
        if wanted.what is None:
            assert answer.status_code in (200, 303, 400, 404), (method, path)
        elif wanted.page:
            assert (answer.status_code, answer.location.split("?")[0]) == (303, "/desk/sign-in"), (method, path)
        else:
            assert (answer.status_code, answer.get_json()["code"]) == (401, "NOT_SIGNED_IN"), (method, path)
            assert answer.content_type == "application/problem+json"


@pytest.mark.parametrize("role", ROLES)
def test_each_role(app: OpenAPI, as_role: AsRole, role: Role) -> None:
    for method, path, endpoint in rules(app):
        wanted = guard(app, endpoint)
        answer = ask(as_role(role), method, path)
        if wanted.what is not None and not may(role, wanted.what):
            assert answer.status_code == 403, (method, path)
        else:
            assert answer.status_code not in (401, 403), (method, path)
            assert answer.status_code < 500, (method, path)
            assert answer.headers["Cache-Control"], (method, path)


@pytest.fixture
def rooms(site: Root) -> OpenAPI:
    """The application with a page and a call for each permission, and one that nobody has thought about."""
    ours = Settings(limits=0)
    bring_up(Database(site, ours))
    app = create_app(site, given=ours)
    more = Blueprint("more", __name__, url_prefix="/desk/more")
    for permission in PERMISSIONS:

        def view(_permission: Permission = permission) -> str:
            return "in"

        more.add_url_rule(f"/page/{permission}", f"page-{permission}", needs(permission, page=True)(lambda: "in"))
        more.add_url_rule(
            f"/call/{permission}", f"call-{permission}", needs(permission)(lambda: "in"), methods=["POST"]
        )
    more.add_url_rule("/role", "role", needs("supervisor")(lambda: "in"))
    more.add_url_rule("/forgotten", "forgotten", lambda: "in")
    app.register_blueprint(more)
    return app


def came_in(app: OpenAPI, role: Role, *, must_change: bool = False) -> FlaskClient:
    accounts: Accounts = app.extensions["kb-accounts"]
    client = app.test_client()
    enter(client, Person(role, accounts.add(role, role, role, must_change=must_change)[1], role))
    return client


@pytest.mark.parametrize("role", ROLES)
def test_a_role_opens_what_it_may(rooms: OpenAPI, role: Role) -> None:
    client = came_in(rooms, role)
    token = csrf(client)
    for permission in PERMISSIONS:
        page, call = client.get(f"/desk/more/page/{permission}"), f"/desk/more/call/{permission}"
        if permission in GRANTS[role]:
            assert (page.status_code, page.text) == (200, "in")
            assert client.post(call, headers=token).text == "in"
            told = client.post(call)
            assert (told.status_code, told.get_json()["code"]) == (400, "CSRF")
        else:
            assert page.status_code == 403
            assert "您的角色不能用这里" in page.text
            told = client.post(call, headers=token)
            assert (told.status_code, told.get_json()["code"]) == (403, "FORBIDDEN")
    assert client.get("/desk/more/role").status_code == (200 if role in ("supervisor", "admin") else 403)


def test_what_nobody_has_thought_about_is_closed(rooms: OpenAPI) -> None:
    assert rooms.test_client().get("/desk/more/forgotten").status_code == 403
    assert came_in(rooms, "admin").get("/desk/more/forgotten").status_code == 403
    assert rooms.test_client().get("/desk/none").status_code == 404  # no address at all


def test_a_first_password_opens_nothing(rooms: OpenAPI) -> None:
    client = came_in(rooms, "admin", must_change=True)
    assert client.get("/desk/more/page/answer").location == "/desk/password"
    told = client.post("/desk/more/call/answer")
    assert (told.status_code, told.get_json()["code"]) == (403, "MUST_CHANGE")
    assert client.get("/desk/me").status_code == 200
    assert client.get("/desk/password").status_code == 200


def test_a_change_of_role_or_state_holds_at_once(rooms: OpenAPI) -> None:
    accounts: Accounts = rooms.extensions["kb-accounts"]
    client = came_in(rooms, "supervisor")
    assert client.get("/desk/more/page/stop").status_code == 200
    accounts.set_role("supervisor", "agent")
    assert client.get("/desk/more/page/stop").status_code == 303
    accounts.disable("supervisor")
    assert client.get("/desk/more/page/answer").status_code == 303
