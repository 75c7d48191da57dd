"""A small site of one's own with its desk: tests publish into it, stop its processes for a while, and look into its database."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import insert, select

from bench.latency import served
from core.paths import Root
from core.settings import Settings
from publishing.build import publish
from records.accounts import Account, Accounts
from records.database import Database
from records.roles import Role
from records.tables import ContactRow, EventRow, NoticeRow
from records.urgent import Urgent
from tests.conftest import GOOD

# Everything that the page has said, since what it says fades.
_LISTEN = """() => {
  window.heard = [];
  const said = document.getElementById("said");
  new MutationObserver(() => window.heard.push(said.textContent)).observe(said, { childList: true });
}"""
ASIDE = "别的"  # what is in the clipboard before a copy
Row = dict[str, Any]


@dataclass(frozen=True)
class Office:
    """A running site, its records, and who works there."""

    root: Root
    url: str
    database: Database
    numbers: Iterator[int] = field(default_factory=count)

    @property
    def urgent(self) -> Urgent:
        return Urgent(self.database)

    def hire(self, role: Role = "agent") -> tuple[Account, str]:
        """Somebody new, and the password."""
        return Accounts(self.database).add(f"{role}{next(self.numbers)}", "李娜", role, must_change=False)

    def publish(self, file: str, **changed: str) -> None:
        """A file of kb/ with other texts, live; without any it is gone."""
        path = self.root.path / "kb" / file
        text = path.read_text(encoding="utf-8")
        for old, new in changed.items():
            assert old in text
            text = text.replace(old, new)
        path.write_text(text, encoding="utf-8") if changed else path.unlink()
        publish(self.root)

    def notice(self, text: str, who: Account) -> int:
        """Post ``text`` past the form, which takes no tags; its number."""
        now = datetime.now(UTC)
        row = {"texts": {"web": text}, "articles": [], "starts": now, "ends": now + timedelta(hours=1)}
        with self.database.writing() as connection:
            made = insert(NoticeRow).values(**row, account=who.id, at=now).returning(NoticeRow.id)
            number: int = connection.execute(made).scalar_one()
        return number

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """Nobody answers: connections are taken, and nothing comes back."""
        ours = [entry.name for entry in Path("/proc").glob("[0-9]*") if str(self.root.path) in _command(entry)]
        assert ours
        for number in ours:
            os.kill(int(number), signal.SIGSTOP)
        try:
            yield
        finally:
            for number in ours:
                os.kill(int(number), signal.SIGCONT)

    def copies(self, **wanted: object) -> list[Row]:
        """The events of copying, the oldest first, that have these values."""
        return [row for row in self._rows(EventRow) if row["kind"] == "copy" and wanted.items() <= row.items()]

    def contacts(self, account: Account) -> list[Row]:
        """How the contacts of ``account`` ended, the oldest first."""
        return [row for row in self._rows(ContactRow) if row["account"] == account.id]

    def _rows(self, table: type[EventRow | ContactRow]) -> list[Row]:
        with self.database.reading() as connection:
            return [dict(row) for row in connection.execute(select(table).order_by(table.id)).mappings()]


def _command(process: Path) -> str:
    try:
        return (process / "cmdline").read_bytes().decode(errors="replace")
    except OSError:  # it has ended
        return ""


@contextmanager
def open_office(folder: Path) -> Iterator[Office]:
    """tests/data/good, copied to ``folder`` and served."""
    shutil.copytree(GOOD, folder / "good")
    root = Root.at(folder / "good")
    with served(root) as (port, _):
        database = Database(root, Settings())
        yield Office(root, f"http://127.0.0.1:{port}", database)
        database.close()


@contextmanager
def seat(chromium: Browser) -> Iterator[BrowserContext]:
    """A browser of somebody's own; no script may fail in it, and the policy may refuse nothing."""
    context = chromium.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN", service_workers="block")
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    context.set_default_timeout(10_000)
    complaints: list[str] = []
    context.on("console", lambda m: complaints.append(m.text) if "Content Security Policy" in m.text else None)
    context.on("weberror", lambda e: complaints.append(str(e.error)))
    yield context
    context.close()
    assert complaints == []


def sign_in(page: Page, login: str, password: str) -> None:
    """From the form of signing in to where one was going."""
    page.get_by_label("登录名").fill(login)
    page.get_by_label("密码").fill(password)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/sign-in" not in url)


def at_work(context: BrowserContext, office: Office, account: Account, password: str, query: str = "") -> Page:
    """An agent at the page of answers, signed in."""
    page = context.new_page()
    page.goto(f"{office.url}/desk{query}")
    sign_in(page, account.login, password)
    listen(page)
    return page


def listen(page: Page) -> None:
    """From now on, remember what the page says."""
    page.evaluate(_LISTEN)


def heard(page: Page) -> list[str]:
    """All that it has said since."""
    return list(page.evaluate("window.heard"))


def open_first(page: Page, query: str, title: str) -> None:
    """Ask, and open the first result: ``title``."""
    page.locator("#q").fill(query)
    expect(page.locator("#hits li").first).to_contain_text(title)
    page.locator("#q").press("Enter")
    expect(page.locator("#title h1")).to_have_text(title)
    expect(page.locator("#paper .btn--act")).to_be_visible()


def clipboard(page: Page) -> str:
    return str(page.evaluate("navigator.clipboard.readText()"))


def put_aside(page: Page) -> None:
    """Something else is in the clipboard."""
    page.evaluate("text => navigator.clipboard.writeText(text)", ASIDE)


def shown(page: Page) -> str:
    """The words of the preview that are to be copied."""
    return "".join(page.locator("#paper .ln:not(.ln--out) p").all_inner_texts())


def until(page: Page, is_so: Callable[[], bool], what: str) -> None:
    """Wait, while the page goes on, until something is so outside of it."""
    for _ in range(150):
        if is_so():
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"not within 15 seconds: {what}")
