"""How do people of each role sign in, as a browser does?"""

from __future__ import annotations

import re
from dataclasses import dataclass

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from records.roles import Role


@dataclass(frozen=True)
class Person:
    login: str
    password: str
    role: Role


def token_on(page: TestResponse) -> str:
    """The CSRF token in the form of ``page``."""
    found = re.search(r'name="csrf_token" value="([^"]+)"', page.get_data(as_text=True))
    assert found, page.get_data(as_text=True)
    return found[1]


def post(client: FlaskClient, path: str, fields: dict[str, str]) -> TestResponse:
    """Fill in the form at ``path`` and send it."""
    token = token_on(client.get(path))
    return client.post(path, data={**fields, "csrf_token": token})


def enter(client: FlaskClient, person: Person, **fields: str) -> TestResponse:
    """Sign in."""
    return post(client, "/desk/sign-in", {"login": person.login, "password": person.password, **fields})


def csrf(client: FlaskClient) -> dict[str, str]:
    """The header that a call which changes something has to send."""
    return {"X-CSRFToken": client.get("/desk/me").get_json()["csrf"]}
