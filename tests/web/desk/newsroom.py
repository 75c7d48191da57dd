"""A site with something to read: one article that everybody must read, one that has changed, one that is new."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from flask.testing import FlaskClient
from flask_openapi3 import OpenAPI
from werkzeug.test import TestResponse

from app import create_app
from core.paths import Root
from core.settings import Settings
from publishing.build import publish
from records.accounts import Accounts
from records.database import Database
from records.migrating import bring_up
from records.roles import Role
from tests.conftest import GOOD
from tests.web.desk.people import Person, csrf, enter

MUST, CHANGED, NEW, INTERNAL = "claim-days", "hospital", "epidemic", "agent-only"
_NEW = """
- id: epidemic
  question: 隔离期间怎么报案？
  products: [motor]
  answer: 照常报案，材料可以后补。
  agent_notes: 内部：不满 5<6&7" 日的先记下地址。
"""


def change(root: Root, old: str, new: str) -> None:
    """In the short articles of claims."""
    path = root.kb / "claims" / "short.yml"
    text = path.read_text("utf-8")
    assert old in text, old
    path.write_text(text.replace(old, new), "utf-8")


def newsroom(folder: Path) -> Root:
    """The site, after two releases."""
    shutil.copytree(GOOD, folder)
    root = Root.at(folder)
    change(root, "- id: claim-days\n", "- id: claim-days\n  must_read: true\n")
    publish(root)
    change(root, "chat: 带病历、诊断证明和费用清单。", "chat: 带病历、诊断证明和发票。")
    change(root, "- id: agent-only\n", _NEW + "- id: agent-only\n")
    publish(root)
    bring_up(Database(root, Settings(limits=0)))
    return root


def opened(root: Root) -> OpenAPI:
    """The application over what is live."""
    return create_app(root, given=Settings(limits=0))


def somebody(app: OpenAPI, login: str, role: Role = "agent", name: str = "") -> FlaskClient:
    """The browser of somebody new."""
    accounts: Accounts = app.extensions["kb-accounts"]
    client = app.test_client()
    password = accounts.add(login, name or login, role, must_change=False)[1]
    assert enter(client, Person(login, password, role)).status_code == 303
    return client


def version(client: FlaskClient, article: str) -> str:
    """That which is live."""
    return str(client.get(f"/desk/api/articles/{article}/changes").get_json()["version"])


def opens(client: FlaskClient, article: str, version_of_it: str = "") -> TestResponse:
    """Somebody opens the article on the page of the desk."""
    body = {"article": article, "version": version_of_it or version(client, article)}
    return client.post("/desk/api/reads", json=body, headers=csrf(client))


def text(page: TestResponse) -> str:
    """A page without its tags and with single spaces."""
    assert page.content_type == "text/html; charset=utf-8"
    body = re.sub(r"<script.*?</script>", "", page.get_data(as_text=True).split("<main", 1)[1], flags=re.S)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body))
