"""Is a deadline said as a day exactly when its beginning is known and can be counted from?"""

from __future__ import annotations

from datetime import date, datetime

import pytest

from articles.desk.promises import deadline, rule, spoken
from articles.loading import load
from articles.schema import Promise
from core.paths import Root
from core.working_days import WorkingDays
from tests.conftest import REPOSITORY

CALENDAR = load(Root.at(REPOSITORY)).config.holidays.working_days()
TODAY = date(2026, 11, 25)


def promise(within: int, unit: str, since: str = "达成赔付协议", what: str = "付款") -> Promise:
    return Promise.model_validate({"what": what, "by": "company", "within": within, "unit": unit, "from": since})


@pytest.mark.parametrize(
    ("unit", "text"),
    [
        ("自然日", "付款，从达成赔付协议起 10 日内。"),
        ("工作日", "付款，从达成赔付协议起 10 个工作日内。"),
        ("小时", "付款，从达成赔付协议起 10 小时内。"),
        ("个月", "付款，从达成赔付协议起 10 个月内。"),
        ("年", "付款，从达成赔付协议起 10 年内。"),
    ],
)
def test_without_a_beginning_the_rule_is_spoken(unit: str, text: str) -> None:
    made = spoken(promise(10, unit), None, CALENDAR, TODAY)
    assert (made.text, made.end, made.hint) == (text, None, "")
    assert rule(promise(10, unit, since="从达成赔付协议起", what="付款。")) == text


@pytest.mark.parametrize(
    ("within", "unit", "began", "end"),
    [
        (30, "自然日", date(2026, 11, 9), date(2026, 12, 9)),
        (1, "个月", date(2026, 10, 31), date(2026, 11, 30)),
        (2, "年", date(2024, 2, 29), date(2026, 2, 28)),
        (5, "工作日", date(2026, 2, 12), date(2026, 2, 26)),  # Spring Festival, 14 February worked
        (1, "工作日", date(2026, 9, 30), date(2026, 10, 8)),  # the National Day
        (3, "工作日", date(2026, 10, 7), date(2026, 10, 10)),  # a Saturday that is worked
        (1, "工作日", date(2026, 9, 18), date(2026, 9, 20)),  # a Sunday that is worked
        (48, "小时", datetime(2026, 11, 23, 9, 30), datetime(2026, 11, 25, 9, 30)),
        (10, "自然日", datetime(2026, 11, 9, 15, 0), date(2026, 11, 19)),
    ],
)
def test_the_end(within: int, unit: str, began: date, end: date) -> None:
    assert deadline(promise(within, unit), began, CALENDAR) == end
    assert spoken(promise(within, unit), began, CALENDAR, TODAY).end == end


def test_a_day_is_said_with_its_beginning_and_the_year_where_it_turns() -> None:
    made = spoken(promise(30, "自然日"), date(2026, 11, 9), CALENDAR, TODAY)
    assert made.text == "付款，从 11 月 9 日（达成赔付协议）算起，最晚 12 月 9 日。"
    assert made.hint == ""
    text = spoken(promise(2, "年"), date(2026, 11, 9), CALENDAR, TODAY).text
    assert text == "付款，从 2026 年 11 月 9 日（达成赔付协议）算起，最晚 2028 年 11 月 9 日。"
    text = spoken(promise(48, "小时"), datetime(2026, 11, 24, 9, 5), CALENDAR, TODAY).text
    assert text == "付款，从 11 月 24 日 09:05（达成赔付协议）算起，最晚 11 月 26 日 09:05。"


@pytest.mark.parametrize(
    ("within", "unit", "began", "hint"),
    [
        (30, "工作日", date(2026, 11, 24), "2027 年的放假安排"),
        (3, "工作日", date(2025, 12, 30), "2025 年的放假安排"),
        (48, "小时", date(2026, 11, 24), "要写到几点"),
        (10, "自然日", date(2026, 11, 26), "还没到"),
        (8000, "年", date(2026, 11, 1), "算不出来"),
    ],
)
def test_what_cannot_be_counted_is_spoken_as_the_rule_with_a_hint(
    within: int, unit: str, began: date, hint: str
) -> None:
    made = spoken(promise(within, unit), began, CALENDAR, TODAY)
    assert made.end is None
    assert made.text == rule(promise(within, unit))
    assert hint in made.hint


def test_an_agent_is_told_of_days_that_are_over_and_of_holidays() -> None:
    assert "已经过了 6 天" in spoken(promise(10, "自然日"), date(2026, 11, 9), CALENDAR, TODAY).hint
    hint = spoken(promise(10, "自然日"), date(2026, 9, 25), CALENDAR, date(2026, 9, 26)).hint
    assert hint == "10 月 5 日是休假日，依《民法典》第二百零三条最后一日，顺延到 10 月 8 日"
    assert spoken(promise(10, "自然日"), date(2026, 9, 28), CALENDAR, date(2026, 9, 28)).hint == ""
    assert spoken(promise(10, "自然日"), date(2027, 1, 1), WorkingDays(), date(2027, 1, 2)).hint == ""
