"""Is it known what somebody read, in which version, and who has not acknowledged what everybody must read?"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from core.errors import DeskError
from records.accounts import Accounts
from records.database import Database
from records.own import MOST_PINS, Own
from records.reading import Reading, Seen

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
OLD = Seen("a", [("question", "多久到账？"), ("answer", "30 日内。")], "r1")
NEW = Seen("a", [("question", "多久到账？"), ("answer", "10 日内。")], "r2")


class Clock:
    """A minute later at each look."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now


@pytest.fixture
def reading(database: Database) -> Reading:
    return Reading(database, Clock())


@pytest.fixture
def people(database: Database) -> list[int]:
    accounts = Accounts(database)
    return [
        accounts.add(login, name, "agent")[0].id for login, name in (("li", "李娜"), ("wang", "王强"), ("li2", "李娜"))
    ]


def test_the_version_that_was_read_last(reading: Reading, people: list[int]) -> None:
    li, wang, _ = people
    assert reading.reads(li) == {}
    reading.opened(li, OLD)
    reading.opened(li, NEW)
    reading.opened(wang, OLD)
    assert reading.reads(li)["a"].version == NEW.version != OLD.version
    assert reading.reads(li)["a"].at == NOON + timedelta(minutes=2)
    assert reading.reads(wang, ["a", "b"])["a"].version == OLD.version
    assert reading.reads(wang, ["b"]) == {}
    wanted = {("a", OLD.version), ("a", NEW.version), ("b", OLD.version), ("a", "none")}
    assert reading.parts_of(wanted) == {("a", OLD.version): list(OLD.parts), ("a", NEW.version): list(NEW.parts)}
    assert reading.parts_of([]) == {}


def test_a_page_that_was_open_while_another_version_went_live(reading: Reading, people: list[int]) -> None:
    assert not reading.opened_before(people[0], "a", OLD.version)  # nobody knows what it said
    reading.opened(people[1], OLD)
    assert reading.opened_before(people[0], "a", OLD.version)
    assert reading.reads(people[0])["a"].version == OLD.version


def test_what_was_opened_last(reading: Reading, people: list[int]) -> None:
    for name in ("a", "b", "c", "a"):
        reading.opened(people[0], Seen(name, OLD.parts, "r1"))
    assert [read.article for read in reading.recent(people[0], 2)] == ["a", "c"]
    assert reading.recent(people[1], 2) == []


def test_who_has_not_acknowledged(reading: Reading, database: Database, people: list[int]) -> None:
    li, wang, _ = people
    current = {"a": OLD.version, "b": "0" * 16}
    reading.acknowledge(li, OLD)
    reading.acknowledge(li, OLD)  # a double tap
    assert reading.acknowledged(li, current) == {"a": NOON + timedelta(minutes=1)}
    assert reading.reads(li)["a"].version == OLD.version
    assert reading.missing(current) == {"a": ["李娜（li2）", "王强"], "b": ["李娜（li）", "李娜（li2）", "王强"]}
    Accounts(database).disable("li2")
    assert reading.missing(current)["a"] == ["王强"]
    # Another version has to be read again; the old one stays acknowledged.
    assert reading.acknowledged(li, {"a": NEW.version}) == {}
    assert reading.missing({"a": NEW.version}) == {"a": ["李娜", "王强"]}
    assert reading.acknowledged(wang, {}) == {}
    assert reading.missing({}) == {}


def test_pins_have_an_order_and_an_end(database: Database, people: list[int]) -> None:
    own, (li, wang, _) = Own(database), people
    for name in ("a", "b", "c", "b"):
        own.pin(li, name)
    assert own.pins(li) == ["a", "b", "c"]
    own.pin(li, "c", 0)
    own.pin(li, "a", 99)
    assert own.pins(li) == ["c", "b", "a"]
    own.unpin(li, "b")
    own.unpin(li, "none")
    own.pin(li, "d")
    assert own.pins(li) == ["c", "a", "d"]
    assert own.pins(wang) == []
    for number in range(MOST_PINS - 3):
        own.pin(li, f"more-{number}")
    with pytest.raises(DeskError, match="最多置顶 50 篇"):
        own.pin(li, "too-many")
    own.pin(li, "a", 0)  # it is there already


def test_products(database: Database, people: list[int]) -> None:
    own = Own(database)
    assert own.products(people[0]) == set()
    own.choose_products(people[0], ["motor", "health", "motor"])
    own.choose_products(people[1], ["life"])
    assert own.products(people[0]) == {"motor", "health"}
    own.choose_products(people[0], [])
    assert own.products(people[0]) == set()
    assert own.products(people[1]) == {"life"}
