"""How soon is the right answer in the clipboard? Questions of customers, asked on /desk with real keys as an agent would.

The agent reads the results, goes down to the right one, stacks a second one, pastes what a blank asks for (a case number is copied from
another system), and copies. What is in the clipboard then must be, to the character, the reply of the articles that are right.
The letters of a query follow each other without waiting for the results of each: nobody at a desk waits for them either. The copy that
questions are asked of is given a blank where ``kb/`` has none (``leave_blank``).
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import CDPSession, Error, Page, Response

from bench.desk_keys import press

QUESTIONS = Path(__file__).with_suffix(".tsv")
_PATIENCE = 5000  # milliseconds for any one thing that an agent waits for
_REPLY = """async (body) => {
  const headers = { "Content-Type": "application/json", "X-CSRFToken": document.body.dataset.csrf };
  const answer = await fetch("/desk/api/reply", { method: "POST", headers, body: JSON.stringify(body) });
  return answer.json();
}"""
_SETUP = "() => JSON.parse(document.getElementById('setup').textContent)"
_FIRST_KEY = "addEventListener('keydown', (event) => (window.began ??= event.timeStamp), true)"
_DRAWN = "(wanted) => [...document.querySelectorAll('#hits b')].map((b) => b.textContent).join() === wanted.join()"
_OPEN = "(wanted) => document.querySelector('#title h1')?.textContent === wanted && document.querySelector('#paper .dk-copy')"
_STACKED = "(count) => document.querySelector('.dk-stack')?.textContent.startsWith(`叠了 ${count} 篇`)"
_HOLD = "(text) => navigator.clipboard.writeText(text)"
_IN_BLANK = "(name) => document.activeElement.dataset.name === name"
_FILLED = "() => !document.activeElement.closest('#blanks') && !document.querySelector('#blanks .blank--need')"
_CLIPBOARD = """([wanted, patience]) => new Promise((done) => {
  const end = performance.now() + patience;
  const look = async () => {
    const held = await navigator.clipboard.readText();
    if (held === wanted) done(performance.now() - window.began);
    else if (performance.now() > end) done(null);
    else setTimeout(look, 5);
  };
  look();
})"""


@dataclass(frozen=True)
class Question:
    """articles: those that answer it, stacked in this order; blanks: what the first one asks for, and what is filled in."""

    words: str
    articles: tuple[str, ...]
    channel: str
    blanks: dict[str, str]


@dataclass(frozen=True)
class Outcome:
    """took: milliseconds from the first key to the right text in the clipboard; keys: beyond the query; wrong: why it failed, empty
    when it did not."""

    question: Question
    took: float
    keys: int
    wrong: str = ""


def read_questions(path: Path) -> list[Question]:
    """A table with the columns question, articles (``a|b``), channel and blanks (``name=value|name=value``)."""
    with path.open(encoding="utf-8") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [
            Question(row["question"], tuple(row["articles"].split("|")), row["channel"], _blanks(row["blanks"] or ""))
            for row in rows
        ]


def _blanks(told: str) -> dict[str, str]:
    return dict(one.split("=", 1) for one in told.split("|") if one)


def ask(page: Page, url: str, question: Question) -> Outcome:
    """Answer ``question`` on a fresh page of the desk at ``url``, where somebody is signed in."""
    page.set_default_timeout(_PATIENCE)
    page.goto(f"{url}/desk", wait_until="networkidle")
    setup = page.evaluate(_SETUP)
    told = page.evaluate(_REPLY, {"articles": question.articles, "blanks": question.blanks})
    wanted = next((one for one in told.get("replies", []) if one["channel"] == question.channel), None)
    if wanted is None or wanted["refusal"]:
        return Outcome(question, 0, 0, wanted["refusal"] if wanted else "没有这一篇")
    digit = next(one["digit"] for one in setup["channels"] if one["key"] == question.channel)
    page.evaluate(_HOLD, "")
    page.evaluate(_FIRST_KEY)
    hand = _Hand(page)
    try:
        hand.find(question)
        if question.blanks:
            hand.fill(digit, question.blanks)
        hand.key(digit)
        took = page.evaluate(_CLIPBOARD, [wanted["text"], _PATIENCE])
    except (LookupError, Error) as error:
        return Outcome(question, 0, hand.keys, str(error).splitlines()[0])
    if took is None:
        return Outcome(question, 0, hand.keys, "剪贴板里不是这一篇的话术")
    return Outcome(question, float(took), hand.keys)


class _Hand:
    """One who presses keys; a chord counts as one. Raises LookupError when an article is not among the results."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.session: CDPSession = page.context.new_cdp_session(page)
        self.keys = 0

    def key(self, name: str) -> None:
        self.page.keyboard.press(name)
        self.keys += 1

    def find(self, question: Question) -> None:
        """Type it, open the article that answers it, and stack the others on it."""
        hits = self._type(question.words)
        names = [hit["id"] for hit in hits]
        at = 0
        for number, article in enumerate(question.articles, 1):
            if article not in names:
                raise LookupError(f"{article} 不在前 {len(names)} 条里")
            place = names.index(article)
            for _ in range(abs(place - at)):
                self.key("ArrowDown" if place > at else "ArrowUp")
            at = place
            if number == 1:
                self.key("Enter")
                self.page.wait_for_function(_OPEN, arg=hits[place]["question"])
            else:
                self.key("+")
                self.page.wait_for_function(_STACKED, arg=number)

    def fill(self, digit: str, blanks: dict[str, str]) -> None:
        """A copy that is refused leads to the blanks."""
        self.key(digit)
        for name, value in blanks.items():
            self.page.wait_for_function(_IN_BLANK, arg=name)
            self.page.evaluate(_HOLD, value)
            self.key("Control+V")
            self.key("Enter")
        self.page.wait_for_function(_FILLED)

    def _type(self, words: str) -> list[dict[str, Any]]:
        """The results, once they are on the page."""
        with self.page.expect_response(lambda response: _asks(response, words)) as answer:
            for letter in words:
                press(self.session, letter)
        hits: list[dict[str, Any]] = answer.value.json()["hits"]
        self.page.wait_for_function(_DRAWN, arg=[hit["question"] for hit in hits])
        return hits


def _asks(response: Response, words: str) -> bool:
    address = urlsplit(response.url)
    return address.path == "/desk/api/search" and parse_qs(address.query).get("q") == [words.strip()]
