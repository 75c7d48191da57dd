"""One person of each role, on the application of the other web tests."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

import pytest
from flask.testing import FlaskClient
from flask_openapi3 import OpenAPI

from records.accounts import Accounts
from records.roles import ROLES, Role
from tests.web.desk.counter import counter
from tests.web.desk.newsroom import opened, somebody
from tests.web.desk.people import Person, enter

_NUMBERS = count()


@pytest.fixture
def accounts(app: OpenAPI) -> Accounts:
    found: Accounts = app.extensions["kb-accounts"]
    return found


@pytest.fixture
def hire(accounts: Accounts) -> Callable[..., Person]:
    """Somebody new, of this role."""

    def hire(role: Role = "agent", *, must_change: bool = False) -> Person:
        login = f"{role}{next(_NUMBERS)}"
        return Person(login, accounts.add(login, "李娜", role, must_change=must_change)[1], role)

    return hire


@pytest.fixture(scope="session")
def everybody(app: OpenAPI) -> dict[Role, Person]:
    """One of each role, whom no test changes."""
    accounts: Accounts = app.extensions["kb-accounts"]
    added = {role: accounts.add(f"one-{role}", role, role, must_change=False)[1] for role in ROLES}
    return {role: Person(f"one-{role}", password, role) for role, password in added.items()}


@pytest.fixture
def as_role(app: OpenAPI, everybody: dict[Role, Person]) -> Callable[[Role | None], FlaskClient]:
    """A browser on which somebody of this role, or nobody, is signed in."""

    def browser(role: Role | None) -> FlaskClient:
        client = app.test_client()
        if role is not None:
            assert enter(client, everybody[role]).status_code == 303
        return client

    return browser


@pytest.fixture(scope="session")
def counter_app(tmp_path_factory: pytest.TempPathFactory) -> OpenAPI:
    """The application over the site of counter.py; nobody's test leaves anything stopped."""
    return opened(counter(tmp_path_factory.mktemp("counter") / "site"))


@pytest.fixture(scope="session")
def agent(counter_app: OpenAPI) -> FlaskClient:
    """The browser of an agent there."""
    return somebody(counter_app, "li-na", name="李娜")
