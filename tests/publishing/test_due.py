"""Does an article appear and disappear at its time, and is nothing built on other days?"""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from core.errors import ProblemsFound
from core.paths import Root
from publishing.build import publish
from publishing.due import Turn, work_off
from publishing.layout import current, releases
from publishing.progress import SILENT
from tests.publishing.sites import live_name, says


def on(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T12:00:00").astimezone(UTC)


def dated(root: Root, dates: str, text: str = "活动期间打电话改") -> None:
    text = f"- id: new\n  question: 怎么改电话号码？\n  answer: {text}。\n  {dates}\n"
    (root.kb / "policy" / "new.yml").write_text(text, "utf-8")


@pytest.fixture
def campaign(live: Root) -> Root:
    """A site published on the first of March 2031 with an article for the tenth to the twentieth."""
    dated(live, "valid_from: 2031-03-10\n  valid_to: 2031-03-20")
    publish(live, clock=lambda: on("2031-03-01"))
    return live


def test_it_appears_and_disappears(campaign: Root) -> None:
    turn = Turn()
    shown = {}
    for day in ("2031-03-01", "2031-03-09", "2031-03-10", "2031-03-15", "2031-03-20", "2031-03-21", "2031-04-01"):
        built = turn(campaign, SILENT, clock=lambda day=day: on(day))  # type: ignore[misc]
        shown[day] = (says(campaign, "活动期间"), built is not None and built[1])
        live_name(campaign)
    assert shown == {
        "2031-03-01": (False, False),
        "2031-03-09": (False, False),
        "2031-03-10": (True, True),
        "2031-03-15": (True, False),
        "2031-03-20": (True, False),
        "2031-03-21": (False, True),
        "2031-04-01": (False, False),
    }


def test_nothing_of_the_working_tree_gets_in(campaign: Root) -> None:
    (campaign.kb / "policy" / "bad.md").write_text("没有写完", "utf-8")
    dated(campaign, "valid_from: 2031-03-10", "没有写完")
    assert Turn()(campaign, SILENT, clock=lambda: on("2031-03-10")) is not None
    assert says(campaign, "活动期间")
    assert not says(campaign, "没有写完")
    with pytest.raises(ProblemsFound):
        publish(campaign)


def test_a_clock_that_was_put_back_and_a_worker_that_slept(campaign: Root) -> None:
    turn = Turn()
    assert turn(campaign, SILENT, clock=lambda: on("2035-01-01")) is not None
    assert not says(campaign, "活动期间")
    assert turn(campaign, SILENT, clock=lambda: on("2031-03-15")) is not None
    assert says(campaign, "活动期间")
    assert turn(campaign, SILENT, clock=lambda: on("2031-03-12")) is not None
    made = len(releases(campaign))
    assert turn(campaign, SILENT, clock=lambda: on("2031-03-12")) is None
    assert len(releases(campaign)) == made


def test_a_page_says_that_its_review_is_overdue(live: Root) -> None:
    dated(live, "review_by: 2031-03-10")
    publish(live, clock=lambda: on("2031-03-01"))
    live_release = current(live)
    assert live_release is not None
    assert live_release.manifest()["next_change"] == date(2031, 3, 11).isoformat()
    assert Turn()(live, SILENT, clock=lambda: on("2031-03-11")) is not None
    assert says(live, "请来电核实")


def test_a_site_without_a_release_has_nothing_due(good: Root) -> None:
    assert Turn()(good) is None
    assert work_off(good) is None
    assert not good.var.exists()
