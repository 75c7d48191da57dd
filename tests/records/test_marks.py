"""Do marks and gaps reach editors masked and once, and does the answer come back to who marked?"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from core.errors import DeskError
from core.paths import Root
from core.settings import Settings
from records.accounts import Accounts
from records.database import Database
from records.gaps import TWICE, Gaps
from records.marks import MOST_WORDS, Marks
from records.purging import purge
from records.reading import Reading, Seen

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
SEEN = Seen("a", [("question", "多久到账？")], "r1")


class Clock:
    now = NOON

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def marks(database: Database, clock: Clock) -> Marks:
    return Marks(database, clock)


@pytest.fixture
def gaps(database: Database, clock: Clock) -> Gaps:
    return Gaps(database, clock)


@pytest.fixture
def people(database: Database) -> list[int]:
    accounts = Accounts(database)
    return [accounts.add(login, name, "editor")[0].id for login, name in (("li", "李娜"), ("wang", "王强"))]


def test_a_mark_and_its_answer(marks: Marks, database: Database, clock: Clock, people: list[int]) -> None:
    li, wang = people
    number, is_new = marks.mark(li, "a", SEEN.version, "wrong", "电话改了，客户 13812345678 说的", SEEN)
    assert is_new
    assert marks.is_known("a", SEEN.version)
    assert Reading(database).parts_of([("a", SEEN.version)])
    (mark,) = marks.open()
    assert (mark.id, mark.who, mark.words, mark.state) == (number, "李娜", "电话改了，客户 〔手机号〕 说的", "open")
    assert marks.news(li) == 0
    clock.now += timedelta(hours=1)
    marks.answer(number, "mended", "改好了，谢谢 13812345678", wang)
    assert marks.open() == []
    assert (marks.news(li), marks.news(wang)) == (1, 0)
    (mark,) = marks.of(li)
    assert (mark.answer, mark.answered_by, mark.answered_at) == ("改好了，谢谢 〔手机号〕", "王强", clock.now)
    assert mark.is_news
    marks.saw(li)
    assert marks.news(li) == 0
    assert not marks.of(li)[0].is_news
    with pytest.raises(DeskError, match="已有人处理"):
        marks.answer(number, "declined", "不用改", wang)
    with pytest.raises(DeskError, match="已有人处理，或没有这一条"):
        marks.answer(999, "mended", "", wang)


def test_the_same_again_is_one_mark(marks: Marks, people: list[int]) -> None:
    first = marks.mark(people[0], "a", "v", "unclear", "第三步")
    assert marks.mark(people[0], "a", "v", "unclear", " 第三步 ") == (first[0], False)
    others = [
        marks.mark(people[1], "a", "v", "unclear", "第三步"),
        marks.mark(people[0], "a", "w", "unclear", "第三步"),
        marks.mark(people[0], "a", "v", "missing", "第三步"),
    ]
    assert all(is_new for _, is_new in others)
    marks.answer(first[0], "mended", "", people[1])
    assert marks.mark(people[0], "a", "v", "unclear", "第三步")[1]  # it is not mended after all


def test_no_is_said_with_a_reason(marks: Marks, people: list[int]) -> None:
    number, _ = marks.mark(people[0], "a", "v", "wrong", "x" * 600)
    assert len(marks.open()[0].words) == MOST_WORDS
    with pytest.raises(DeskError, match="没有写为什么不改"):
        marks.answer(number, "declined", " \0 ", people[1])
    marks.answer(number, "declined", "条文就是这样写的", people[1])
    assert marks.of(people[0])[0].state == "declined"


def test_news_stand_first(marks: Marks, clock: Clock, people: list[int]) -> None:
    numbers = []
    for name in ("a", "b", "c"):
        clock.now += timedelta(minutes=1)
        numbers.append(marks.mark(people[0], name, "v", "wrong", "")[0])
    marks.answer(numbers[0], "mended", "", people[1])
    assert [mark.article for mark in marks.of(people[0])] == ["a", "c", "b"]
    marks.saw(people[0])
    assert [mark.article for mark in marks.of(people[0])] == ["c", "b", "a"]
    assert [mark.article for mark in marks.open()] == ["b", "c"]
    assert marks.of(people[1]) == []


def test_equal_questions_are_one_gap(gaps: Gaps, clock: Clock, people: list[int]) -> None:
    li, wang = people
    assert gaps.add(li, "宠物险 怎么报？", "claims", "property") == (1, True)
    assert gaps.add(li, "宠物险怎么报") == (1, False)  # the key pressed twice
    assert gaps.add(wang, "宠物险怎么报？") == (2, False)
    clock.now += TWICE
    assert gaps.add(wang, "宠物险怎么报") == (3, False)
    assert gaps.add(li, "手机 13812345678 怎么改") == (1, True)
    assert gaps.add(wang, "手机 13987654321 怎么改") == (2, False)
    first, second = gaps.open()
    assert (first.query, first.category, first.product, first.times) == ("宠物险 怎么报？", "claims", "property", 3)
    assert (first.who, first.at, first.last_at) == ("王强", NOON, clock.now)
    assert second.query == "手机 〔手机号〕 怎么改"
    for nothing in (" ", "\0"):
        with pytest.raises(DeskError, match="没有问题可记"):
            gaps.add(li, nothing)
    assert gaps.add(li, "？？")[1]


def test_a_gap_is_closed_and_comes_again(gaps: Gaps, people: list[int]) -> None:
    gaps.add(people[0], "宠物险怎么报")
    (gap,) = gaps.open()
    gaps.close(gap.id, "pets")
    assert gaps.open() == []
    with pytest.raises(DeskError, match="已有人处理"):
        gaps.close(gap.id, "")
    assert gaps.add(people[0], "宠物险怎么报") == (2, True)
    assert gaps.open()[0].article == ""


def test_what_is_dealt_with_goes_by_age(
    tmp_path: Path, on_both: Settings, database: Database, people: list[int]
) -> None:
    clock = Clock()
    marks, gaps = Marks(database, clock), Gaps(database, clock)
    done, _ = marks.mark(people[0], "a", "v", "wrong", "")
    marks.mark(people[0], "b", "v", "wrong", "")
    gaps.add(people[0], "一")
    gaps.add(people[0], "二")
    marks.answer(done, "mended", "", people[1])
    gaps.close(next(gap.id for gap in gaps.open() if gap.query == "一"), "")
    later = NOON + timedelta(days=on_both.keep_events_days + 1)
    assert purge(Root(tmp_path), clock=lambda: later, given=on_both) == {"marks": 1, "gaps": 1}
    assert [mark.article for mark in marks.of(people[0])] == ["b"]
    assert [gap.query for gap in gaps.open()] == ["二"]


HOSTILE = ["<script>alert(1)</script>", "'; DROP TABLE marks; --", "=1+1", "👍🏽 𠮷野家 ‮abc", "{{ 7*7 }}"]


@pytest.mark.parametrize("words", HOSTILE)
def test_words_are_kept_as_they_are(marks: Marks, gaps: Gaps, people: list[int], words: str) -> None:
    marks.mark(people[0], "a", "v", "wrong", words)
    gaps.add(people[0], words)
    assert (marks.open()[0].words, gaps.open()[0].query) == (words, words)
