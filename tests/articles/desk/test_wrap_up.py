"""Does the summary for the CRM tell what was asked, answered, promised and how it ended, and nothing of the customer?"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.config import Channels, ChannelSetup, Placeholder, Queues, SiteConfig
from articles.desk.reply import Known, compose
from articles.desk.view import DeskArticle, desk_article, desk_setup
from articles.desk.wrap_up import Talk, asked, one_line, wrap_up
from articles.last_commits import LastCommit
from articles.schema import Article

CONFIG = SiteConfig(
    channels=Channels(
        channels={
            "phone": ChannelSetup(name="电话", limit=40),
            "chat": ChannelSetup(name="在线客服", limit=300),
            "social": ChannelSetup(name="公开回复", limit=140, fallback=["phone"]),
        },
        placeholders={
            "报案号": Placeholder(label="报案号", pattern="[A-Z0-9]{8}"),
            "称呼": Placeholder(label="客户称呼"),
        },
    ),
    queues=Queues.model_validate({"queues": {"motor": {"name": "车险岗"}}}),
)
SETUP = desk_setup(CONFIG)
PAY = {"what": "付款", "by": "company", "within": 10, "from": "达成协议"}
BEGAN = datetime(2026, 11, 25, 3, 49, tzinfo=UTC)
ENDED = BEGAN + timedelta(minutes=6)


@pytest.fixture(params=["Asia/Shanghai", "UTC"])
def zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """This machine's clock is there."""
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield request.param
    monkeypatch.undo()
    time.tzset()


def article(name: str = "a", commit: str = "3ea9e2e0c1d2ffff", **fields: Any) -> DeskArticle:
    made = Article.model_validate({"id": name, "question": f"{name}问？", "answer": "先报案。", **fields})
    return desk_article(made, CONFIG, {"a", "b"}, f"kb/{name}.md", LastCommit(commit) if commit else None)


def talk(*articles: DeskArticle, **fields: Any) -> Talk:
    given = {"query": "赔款多久到", "known": Known(), "release": "r1", "began_at": BEGAN, "ended_at": ENDED, **fields}
    return Talk(answers=[(one, "phone") for one in articles], **given)


def lines(made: Talk) -> list[str]:
    return wrap_up(made, SETUP, BEGAN).split("\n")


def test_all_of_it(zone: str) -> None:
    one = article(answers={"phone": "拨电话。"}, promises=[PAY])
    known = Known(began={"达成协议": date(2026, 11, 20)})
    made = talk(one, article("b", ""), known=known, result="转办", queue="车险岗", reference="RD2027")
    hours = {"Asia/Shanghai": "11:49 至 11:55", "UTC": "03:49 至 03:55"}[zone]
    assert lines(made) == [
        "问：赔款多久到",
        "答：a问？（版本 3ea9e2e0c1d2）",
        "答：b问？（版本 r1）",
        "承诺：付款，从 11 月 20 日（达成协议）算起，最晚 11 月 30 日。",
        "渠道：电话",
        "结果：转办（车险岗）",
        "案件号：RD2027",
        f"时间：2026-11-25 {hours}",
    ]


@pytest.mark.parametrize("zone", ["Asia/Shanghai"], indirect=True)
@pytest.mark.usefixtures("zone")
def test_what_is_not_there_has_no_line() -> None:
    assert lines(talk(query=" ", ended_at=None)) == ["答：没有引用知识库", "时间：2026-11-25 11:49 起"]
    over_midnight = talk(ended_at=BEGAN + timedelta(hours=13), result="未解决")
    assert lines(over_midnight)[-2:] == ["结果：未解决", "时间：2026-11-25 11:49 至 2026-11-26 00:49"]


def test_the_day_of_a_deadline_is_that_of_this_machine(zone: str) -> None:
    """What begins on the 26th has begun in Shanghai at 17:00 UTC on the 25th."""
    known = Known(began={"达成协议": date(2026, 11, 26)})
    late = talk(article(promises=[PAY]), known=known, ended_at=datetime(2026, 11, 25, 17, tzinfo=UTC))
    said = "从 11 月 26 日（达成协议）算起，最晚 12 月 6 日" if zone == "Asia/Shanghai" else "从达成协议起 10 日内"
    assert f"承诺：付款，{said}。" in lines(late)


def test_promises_are_those_that_were_said() -> None:
    one = article(answers={"phone": "十日内付款。", "chat": "说。"}, promises=[PAY])
    assert [line for line in lines(talk(one)) if line.startswith("承诺")] == []  # the answer says the rule already
    both = replace(talk(), answers=[(one, "phone"), (one, "chat"), (one, "social")])
    told = lines(both)
    assert told[1:4] == [
        "答：a问？（版本 3ea9e2e0c1d2）",
        "承诺：付款，从达成协议起 10 日内。",
        "渠道：电话、在线客服、公开回复",
    ]
    assert not [line for line in lines(replace(both, known=Known(without=["promise"]))) if "承诺" in line]


@pytest.mark.parametrize("number", ["RD000001", ""])
def test_a_rule_that_had_no_room_was_not_said(number: str) -> None:
    """And whether it had depends on what stood in the blank, which is not told."""
    one = article(answers={"phone": "报案号{{报案号}}，" + "话" * 14 + "。"}, promises=[PAY])
    known = Known(blanks={"报案号": number})
    reply = compose([one], "phone", SETUP, known, BEGAN.date())
    said = [f"承诺：{piece.text}" for piece in reply.pieces if piece.label == "promise"]
    assert [line for line in lines(talk(one, known=known)) if line.startswith("承诺")] == said


def test_nothing_of_the_customer_but_the_case() -> None:
    one = article(answers={"phone": "{{称呼}}您好。"}, promises=[{**PAY, "what": "给{{称呼}}付款"}])
    known = Known(blanks={"称呼": "欧阳木木", "报案号": "RD000001"})
    text = wrap_up(
        talk(
            one,
            query="欧阳木木问RD000001，\n我叫张三，\x1b[31m手机138\u202e1234 5678",
            known=known,
            reference="RD000001",
        ),
        SETUP,
        BEGAN,
    )
    for value in ("欧阳木木", "张三", "1234", "5678", "\x1b", "\u202e"):
        assert value not in text
    assert text.startswith("问：〔客户称呼〕问〔报案号〕，")
    assert text.count("RD000001") == 1
    assert "案件号：RD000001" in text


def test_a_version_that_is_not_live_any_more_can_still_be_told() -> None:
    """A publish in the middle of a call."""
    assert "答：a问？（版本 3ea9e2e0c1d2）" in lines(talk(article(status="archived")))


@given(st.text(max_size=80), st.dictionaries(st.sampled_from(["称呼", "报案号", "别的"]), st.text(max_size=12)))
def test_whatever_is_typed_stays_one_line_and_is_the_same_again(query: str, blanks: dict[str, str]) -> None:
    made = talk(query=query, known=Known(blanks=blanks))
    text = wrap_up(made, SETUP, BEGAN)
    assert text == wrap_up(made, SETUP, BEGAN)
    assert all(line.split("：")[0] in {"问", "答", "时间"} for line in text.split("\n"))
    assert all(c.isprintable() for line in text.split("\n") for c in line)


@given(st.text(max_size=60))
def test_one_line_stays_what_it_is(text: str) -> None:
    assert one_line(one_line(text)) == one_line(text)
    assert asked("", {}, {}) == ""
