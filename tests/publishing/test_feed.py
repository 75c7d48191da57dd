"""Does a release say what is new and changed for agents, since when, and what it was before?"""

from __future__ import annotations

from datetime import UTC, datetime

from core.paths import Root
from publishing.build import publish
from publishing.feed import Feed
from publishing.layout import Release, current
from publishing.opened import open_release

FIRST, SECOND, THIRD = (datetime(2026, 11, day, 9, tzinfo=UTC) for day in (1, 2, 3))


def feed(root: Root, release: Release | None = None) -> Feed:
    live = release or current(root)
    assert live is not None
    return open_release(root, live).desk().feed


def change(root: Root, old: str, new: str) -> None:
    path = root.kb / "claims" / "short.yml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_what_the_first_release_holds_is_no_news(live: Root) -> None:
    found = feed(live)
    assert found.news(set()) == []
    assert {"draft-one", "old-reissue"}.isdisjoint(found)
    assert "agent-only" in found


def test_a_change_is_news_and_stays_so_until_the_next(good: Root) -> None:
    publish(good, clock=lambda: FIRST)
    change(good, "谈妥后 10 日内付款", "谈妥后 9 日内付款")
    publish(good, clock=lambda: SECOND)
    (changed,) = feed(good).news(set())
    assert (changed.id, changed.since, changed.is_new) == ("claim-days", SECOND, False)
    assert "10 日内付款" in str(changed.before)
    text = "- id: later\n  question: 内部新规定是什么？\n  answer: 今天起看这里。\n  products: [motor]\n  must_read: true\n"
    (good.kb / "policy" / "later.yml").write_text(text, "utf-8")
    publish(good, clock=lambda: THIRD, rebuild=True)
    found = feed(good)
    assert [(e.id, e.since, e.is_new) for e in found.news(set())] == [
        ("later", THIRD, True),
        ("claim-days", SECOND, False),
    ]
    assert found["claim-days"] == changed
    assert found.must_read == {"later": found["later"].version}
    assert [e.id for e in found.news({"health"})] == ["claim-days"]  # it is of no product, so of all
    assert [e.id for e in found.news({"motor"})] == ["later", "claim-days"]


def test_what_does_not_change_for_agents_is_no_news(good: Root) -> None:
    publish(good, clock=lambda: FIRST)
    before = dict(feed(good))
    change(good, "review_by: 2027-06-30", "review_by: 2028-06-30")
    assert publish(good, clock=lambda: SECOND)[1]
    found = feed(good)
    assert found.news(set()) == []
    assert {name: entry.version for name, entry in found.items()} == {n: e.version for n, e in before.items()}


def test_a_release_on_top_of_one_that_cannot_be_read_begins_anew(good: Root) -> None:
    release, _ = publish(good, clock=lambda: FIRST)
    (release.desk_data / "feed.json").write_text("[", "utf-8")
    change(good, "谈妥后 10 日内付款", "谈妥后 9 日内付款")
    publish(good, clock=lambda: SECOND)
    assert feed(good).news(set()) == []
