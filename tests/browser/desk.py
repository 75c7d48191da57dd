"""How does a test sit at the desk of agents? Somebody new signs in by keyboard, finds an answer and copies it; copies are looked up."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

from playwright.sync_api import Page, Request, expect
from sqlalchemy import select

from core.paths import Root
from core.settings import Settings
from publishing.layout import current
from records.accounts import Accounts
from records.database import Database
from records.tables import EventRow

DIGITS = {"phone": "1", "chat": "2", "wechat": "3", "email": "4", "sms": "5", "social": "6"}
NAMES = {"phone": "电话", "chat": "在线客服", "wechat": "微信", "email": "邮件", "sms": "短信", "social": "公开回复"}
_REPLIES = """async (body) => {
  const headers = { "Content-Type": "application/json", "X-CSRFToken": document.body.dataset.csrf };
  return (await fetch("/desk/api/reply", { method: "POST", headers, body: JSON.stringify(body) })).json();
}"""
_PATIENCE = 10.0  # seconds that the writer of events gets
_NUMBERS = count()


class Copy(NamedTuple):
    """One event of a copy, as it is stored."""

    article: str
    channel: str
    query: str | None
    rank: int | None
    reference: str | None
    release: str


@dataclass(frozen=True)
class Office:
    """Where somebody signs in: the address of a running site and the folder that it serves."""

    url: str
    folder: Path

    @property
    def release(self) -> str:
        live = current(Root.at(self.folder))
        assert live is not None
        return live.name

    @contextmanager
    def records(self) -> Iterator[Database]:
        """The database of the site."""
        database = Database(Root.at(self.folder), Settings())
        yield database
        database.close()

    def enter(self, page: Page, place: str = "/desk") -> None:
        """Somebody new signs in on ``page`` without a mouse; from then on the search box has the focus."""
        login = f"desk{next(_NUMBERS)}"
        with self.records() as database:
            _, password = Accounts(database).add(login, "钱坐席", "agent", must_change=False)
        page.goto(f"{self.url}{place}")
        if page.evaluate("isSecureContext"):
            page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=self.url)
        expect(page.locator("#login")).to_be_focused()
        page.keyboard.type(login)
        page.keyboard.press("Tab")
        page.keyboard.type(password)
        page.keyboard.press("Enter")
        page.wait_for_url(f"{self.url}{place}")
        expect(page.locator("#q")).to_be_focused()

    def replies(self, page: Page, *articles: str, **known: Any) -> dict[str, str]:
        """What the desk says is copied on each channel."""
        told = page.evaluate(_REPLIES, {"articles": articles, **known})
        return {one["channel"]: one["text"] for one in told["replies"]}

    def copies(self, page: Page, contact: str, number: int) -> list[Copy]:
        """The copies of a contact in their order, as soon as so many are stored, or those that are after a long while."""
        columns = [getattr(EventRow, name) for name in Copy._fields]
        wanted = select(*columns).where(EventRow.contact == contact).order_by(EventRow.id)
        end = time.monotonic() + _PATIENCE
        with self.records() as database:
            while True:
                with database.reading() as connection:
                    rows = [Copy(*row) for row in connection.execute(wanted)]
                if len(rows) >= number or time.monotonic() > end:
                    return rows
                page.wait_for_timeout(50)


def open_answer(page: Page, query: str, question: str) -> int:
    """Type ``query`` into the search box, open the answer to ``question`` with arrows and Enter; its place among the results, from 1."""
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    page.keyboard.type(query)
    expect(page.locator("#hits li", has_text=question)).to_be_visible()
    place = 1
    while question not in page.locator("#hits [aria-selected=true]").inner_text():
        page.keyboard.press("ArrowDown")
        place += 1
    page.keyboard.press("Enter")
    expect(page.locator("#title h1")).to_have_text(question)
    expect(page.locator("#paper .ln--core")).to_be_visible()
    return place


def copy(page: Page, channel: str) -> str:
    """Press the digit of ``channel``, wait until the page says that it is copied and the desk has noted it; the id of the contact."""
    with page.expect_response("**/desk/api/copied") as noted:
        told_after(page, DIGITS[channel], f"已复制{NAMES[channel]}话术")
    expect(page.locator(f"#tab-{channel}")).to_have_attribute("aria-selected", "true")
    assert noted.value.status == 204
    body: dict[str, Any] = noted.value.request.post_data_json or {}
    return str(body["contact"])


def told_after(page: Page, key: str, words: str) -> None:
    """Press ``key``; the page has to say something new with these words in it."""
    page.evaluate("document.getElementById('said').textContent = ''")
    page.keyboard.press(key)
    expect(page.locator("#said")).to_contain_text(words)


def preview(page: Page) -> str:
    """What the preview of the reply shows, as it is to be copied."""
    return "\n".join(page.locator("#paper .ln:not(.ln--out) p").all_text_contents())


def sent_copies(page: Page) -> list[dict[str, Any]]:
    """A list to which the body of each copy is added that the page tells the desk from now on."""
    told: list[dict[str, Any]] = []

    def listen(request: Request) -> None:
        if request.url.endswith("/desk/api/copied"):
            told.append(request.post_data_json or {})

    page.on("request", listen)
    return told


def clipboard(page: Page) -> str:
    return str(page.evaluate("navigator.clipboard.readText()"))


def has_clipboard(page: Page, text: str) -> None:
    """Wait until the clipboard holds ``text``; the preview shows it too."""
    page.wait_for_function("text => navigator.clipboard.readText().then((held) => held === text)", arg=text)
    assert preview(page) == text
