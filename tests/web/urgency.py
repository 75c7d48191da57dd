"""How does a test stop an article or post a notice on the application of all web tests, and leave nothing behind?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import cast

from flask_openapi3 import OpenAPI
from sqlalchemy import insert

from records.accounts import Account, Accounts
from records.database import Database
from records.tables import NoticeRow
from records.urgent import Urgent
from records.urgent_form import NoticeForm
from web.live import Holder


def urgent_of(app: OpenAPI) -> Urgent:
    return cast(Urgent, app.extensions["kb-urgent"])


def boss_of(app: OpenAPI) -> Account:
    """Somebody who may stop; made when there is nobody."""
    accounts = cast(Accounts, app.extensions["kb-accounts"])
    found = {account.login: account for account in accounts.all()}
    return found.get("boss") or accounts.add("boss", "王主管", "supervisor", must_change=False)[0]


@contextmanager
def stopped(app: OpenAPI, article: str = "first-steps") -> Iterator[None]:
    """``article`` is stopped meanwhile."""
    urgent_of(app).stop(article, "条款改了", boss_of(app))
    try:
        yield
    finally:
        urgent_of(app).start(article, boss_of(app))


@contextmanager
def posted(app: OpenAPI, text: str = "支付系统维护。", *articles: str, **channels: str) -> Iterator[int]:
    """A notice stands meanwhile; its number."""
    live = cast(Holder, app.extensions["kb-holder"]).get()
    ends = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
    form = NoticeForm({"web": text, **channels}, ends, articles=articles)
    number = urgent_of(app).post(form, boss_of(app), live.articles, live.desk().setup.channels)
    try:
        yield number
    finally:
        urgent_of(app).end(number, boss_of(app))


@contextmanager
def slipped_in(app: OpenAPI, database: Database, text: str) -> Iterator[None]:
    """A notice that no form would take, as somebody with the database at hand may write it."""
    now = datetime.now(UTC)
    when = {"starts": now - timedelta(minutes=1), "at": now - timedelta(minutes=1), "ends": now + timedelta(hours=1)}
    row = {"texts": {"web": text}, "articles": [], "account": boss_of(app).id, **when}
    with database.writing() as connection:
        number: int = connection.execute(insert(NoticeRow).values(**row).returning(NoticeRow.id)).scalar_one()
    urgent_of(app)._watch.refresh()
    try:
        yield
    finally:
        urgent_of(app).end(number, boss_of(app))
