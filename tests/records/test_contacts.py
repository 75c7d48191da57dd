"""Is a contact kept once, with its last result, masked, and never counted by its copies?"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from core.errors import ContactError, DatabaseError
from records.accounts import Accounts
from records.contact_figures import Figure, figures
from records.contacts import LATEST_COPY_MS, MOST_ARTICLES, Answered, Contact
from records.database import Database
from records.events import Event
from records.references import case_number
from records.service import Records
from records.tables import ContactRow, EventRow

NOON = datetime(2027, 1, 4, 12, tzinfo=UTC)
SHANGHAI = timezone(timedelta(hours=8))
A, B = Answered("a", "c0ffee", "phone"), Answered("b", "", "wechat")


@pytest.fixture
def contact(database: Database) -> Contact:
    """Of an agent whose account is there."""
    account, _ = Accounts(database).add("li", "李", "agent")
    return Contact("c" * 22, account.id, NOON - timedelta(minutes=6), NOON, "solved", "r1", (A,), first_copy_ms=1500)


def rows(database: Database, table: Any = ContactRow) -> list[Any]:
    with database.reading() as connection:
        return list(connection.execute(select(table.__table__).order_by(table.id)))


def test_what_is_kept(records: Records, database: Database, contact: Contact) -> None:
    told = replace(
        contact,
        result="handed",
        handed_to="motor",
        articles=(A, B),
        query="我叫张三，手机13812345678，\0怎么退保",
        reference=" ＲＤ-2027/1 ",
        began_at=contact.began_at.astimezone(SHANGHAI),
    )
    stands = records.close(told)
    assert stands == replace(told, query="我叫〔姓名〕，手机〔手机号〕， 怎么退保", reference="RD-2027/1")
    (row,) = rows(database)
    assert (row.result, row.handed_to, row.reference, row.release, row.first_copy_ms) == (
        "handed", "motor", "RD-2027/1", "r1", 1500,
    )  # fmt: skip
    assert row.articles == [
        {"id": "a", "commit": "c0ffee", "channel": "phone"},
        {"id": "b", "commit": "", "channel": "wechat"},
    ]
    assert (row.began_at, row.ended_at) == (NOON - timedelta(minutes=6), NOON)
    assert "13812345678" not in str(row)


def test_closing_again_changes_the_result_and_counts_once(
    records: Records, database: Database, contact: Contact
) -> None:
    first = records.close(contact)
    later = NOON + timedelta(hours=1)
    assert records.close(replace(contact, began_at=later, ended_at=later)) == first  # sent again: the answer was lost
    changed = records.close(replace(contact, result="unsolved", articles=(B,), first_copy_ms=None, ended_at=later))
    assert changed == replace(first, result="unsolved", articles=(B,), first_copy_ms=None)
    assert len(rows(database)) == 1
    with database.reading() as connection:
        found = figures(connection, NOON, later + timedelta(hours=1))
    assert (found.total.contacts, found.total.results) == (1, {"unsolved": 1})
    assert set(found.articles) == {"b"}


def test_nobody_changes_what_a_colleague_closed(records: Records, database: Database, contact: Contact) -> None:
    records.close(contact)
    other, _ = Accounts(database).add("wang", "王", "supervisor")
    with pytest.raises(ContactError, match="别的同事"):
        records.close(replace(contact, account=other.id, result="dropped"))
    assert rows(database)[0].result == "solved"
    with pytest.raises(DatabaseError):
        records.close(replace(contact, contact="d" * 22, account=99))


@pytest.mark.parametrize(
    "change",
    [
        {"result": "copied"},
        {"result": "handed"},
        {"handed_to": "motor"},
        {"first_copy_ms": -1},
        {"first_copy_ms": LATEST_COPY_MS + 1},
        {"articles": (A,) * (MOST_ARTICLES + 1)},
        {"ended_at": NOON - timedelta(days=1)},
    ],
)
def test_what_cannot_be(contact: Contact, change: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=" "):
        replace(contact, **change)


def test_a_copy_is_an_event_without_an_account(
    records: Records, database: Database, told: Counter[tuple[str, str]]
) -> None:
    copy = Event("copy", "r1", article="a", query="张三的电话13812345678", rank=2, channel="wechat", contact="c" * 22)
    records.note(replace(copy, reference="RD2027"))
    records.note(replace(copy, reference="王女士 <b>"))
    records.flush()
    one, other = rows(database, EventRow)
    assert (one.kind, one.article, one.rank, one.channel, one.release) == ("copy", "a", 2, "wechat", "r1")
    assert (one.contact, one.reference, one.visitor) == ("c" * 22, "RD2027", None)
    assert other.reference is None
    assert "13812345678" not in one.query
    assert told == {("written", "copy"): 2}
    assert not {"account", "login", "agent"} & set(EventRow.__table__.columns.keys())


def test_figures_count_results_never_copies(records: Records, database: Database, contact: Contact) -> None:
    def close(name: str, minutes: int, **change: Any) -> None:
        moment = NOON + timedelta(minutes=minutes)
        made = {"contact": name * 22, "began_at": moment, "ended_at": moment, **change}
        records.close(replace(contact, **made))

    def copy(name: str | None, article: str, at: datetime) -> None:
        records.note(Event("copy", "r1", article=article, contact=name and name * 22, at=at))

    close("e", -1)  # before
    close("f", 0, articles=(A, replace(A, channel="chat"), B), first_copy_ms=1000)
    close("g", 10, result="unsolved", first_copy_ms=None)
    close("h", 20, result="dropped", articles=(), first_copy_ms=None)
    close("i", 30, result="handed", handed_to="motor", articles=(B,), first_copy_ms=9000)
    close("j", 60)  # after
    for _ in range(3):
        copy("f", "a", NOON - timedelta(seconds=1))  # before it ended, and before the time that is asked for
    for name in ("i", "z", "z", None):
        copy(name, "b", NOON + timedelta(minutes=5))
    copy("h", "c", NOON + timedelta(minutes=19))
    records.note(Event("click", "r1", article="a", at=NOON))
    records.flush()
    with database.reading() as connection:
        found = figures(connection, NOON.astimezone(SHANGHAI), NOON + timedelta(minutes=60))
        nothing = figures(connection, NOON - timedelta(days=9), NOON - timedelta(days=8))
    assert found.total.results == {"solved": 1, "unsolved": 1, "handed": 1, "dropped": 1}
    assert (found.total.contacts, found.total.copies, found.total.link_rate, found.unclosed) == (4, 5, 0.75, 1)
    assert (found.total.first_copy_ms(0.5), found.total.first_copy_ms(0.95)) == (1000, 9000)
    assert list(found.articles) == ["b", "a", "c"]
    a, b, c = (found.articles[name] for name in "abc")
    assert (a.contacts, a.results, a.copies, a.link_rate) == (2, {"solved": 1, "unsolved": 1}, 0, 0.5)
    assert (b.contacts, b.copies, b.link_rate) == (2, 4, 0.5)
    assert (c.contacts, c.copies, c.link_rate) == (0, 1, None)
    told = json.loads(json.dumps(found.as_dict()))
    assert told["articles"][0]["article"] == "b"
    assert told["total"]["results"] == {"solved": 1, "unsolved": 1, "handed": 1, "dropped": 1}
    assert (nothing.total.as_dict()["link_rate"], nothing.articles, nothing.unclosed) == (None, {}, 0)
    assert nothing.total.first_copy_ms(0.5) is None


@given(st.lists(st.integers(0, LATEST_COPY_MS), min_size=1), st.floats(0.01, 1))
def test_a_percentile_is_one_of_the_times_and_enough_are_below(times: list[int], part: float) -> None:
    found = Figure(first_copies=times).first_copy_ms(part)
    assert found in times
    assert sum(time <= found for time in times) >= part * len(times) - 1e-9
    assert sum(time < found for time in times) < part * len(times)


@pytest.mark.parametrize("text", ["RD2027", "a", "2026/11-0001_b", "Ａ１", "x" * 40, " RDAA202600000000001\n"])
def test_case_numbers(text: str) -> None:
    number = case_number(text)
    assert number is not None
    assert number.isascii()
    assert case_number(number) == number


@pytest.mark.parametrize(
    "text",
    ["", " ", "-a", "x" * 41, "a b", "a\nb", "王女士", "<b>", "a'--", "a\0", "١٢٣", "a.b", "../x", "13812345678"],
)
def test_what_is_no_case_number(text: str) -> None:
    assert case_number(text) is None


@pytest.mark.parametrize("text", ["86-138-1234-5678", "11010119900307451X", "１３８12345678"])
def test_what_leads_to_a_person_is_no_case_number(text: str) -> None:
    assert case_number(text) is None


@given(st.text(max_size=60))
def test_whatever_is_kept_as_a_case_number_is_harmless(text: str) -> None:
    number = case_number(text)
    assert number is None or (
        len(number) <= 40 and set(number) <= set("-_/") | {c for c in number if c.isalnum() and c.isascii()}
    )
