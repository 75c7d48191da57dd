"""Is what is copied exactly what was put together, and is nothing copied that must not be?"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.config import Brand, Channels, ChannelSetup, Phrases, Placeholder, SiteConfig
from articles.desk.reply import Known, Reply, compose
from articles.desk.view import desk_article, desk_setup
from articles.schema import Article, Channel
from core.errors import ReplyRefused

TODAY = date(2026, 11, 25)
CONFIG = SiteConfig(
    brand=Brand.model_validate({"facts": {"line": {"value": "40000"}}}),
    phrases=Phrases(openers={"calm": "您先别急。", "wait": "让您久等了。"}),
    channels=Channels(
        channels={
            "phone": ChannelSetup(name="电话", limit=60, closing="说清楚了吗？", fallback=["chat"]),
            "chat": ChannelSetup(name="在线", limit=300, closing="请拨 {{line}}。"),
            "social": ChannelSetup(name="公开回复", limit=140, fallback=["phone"]),
        },
        placeholders={
            "报案号": Placeholder(label="报案号", pattern="[A-Z0-9]{8}", example="RD000001"),
            "称呼": Placeholder(label="客户称呼"),
        },
    ),
)
PAY = {"what": "付款", "by": "company", "within": 10, "from": "达成协议"}


def article(name: str = "a", **fields: Any) -> Article:
    return Article.model_validate({"id": name, "question": f"{name}问？", "answer": "**先**报案。再说。", **fields})


def reply(
    *articles: Article, channel: Channel = "phone", known: Known | None = None, config: SiteConfig = CONFIG
) -> Reply:
    made = [desk_article(one, config, {"a", "b"}) for one in articles]
    return compose(made, channel, desk_setup(config), known or Known(), TODAY)


def kinds(made: Reply) -> list[tuple[str, str]]:
    return [(one.kind, one.name) for one in made.missing]


def test_opener_answer_deadline_and_closing_stand_on_lines() -> None:
    one = article(opening="calm", answers={"phone": "拨 {{line}} 报案。"}, promises=[PAY])
    made = reply(one)
    assert made.copied() == "您先别急。\n拨 40000 报案。\n付款，从达成协议起 10 日内。\n说清楚了吗？"
    assert [piece.label for piece in made.pieces] == ["opening", "body", "promise", "closing"]
    assert (made.count, made.limit) == (len(made.copied()), 60)
    dated = reply(one, known=Known(began={"达成协议": date(2026, 11, 20)}, without=["opening"]))
    assert "\n付款，从 11 月 20 日（达成协议）算起，最晚 11 月 30 日。\n" in dated.copied()


def test_stacked_articles_have_one_opener_and_one_closing() -> None:
    first = article("a", answers={"chat": "第一件。"}, promises=[PAY])
    second = article("b", opening="wait", answers={"chat": "第二件。"}, promises=[PAY, {**PAY, "what": "通知"}])
    third = article("c", opening="calm", answers={"chat": "第三件。"})
    assert reply(first, second, third, first, channel="chat").copied().split("\n") == [
        "让您久等了。",
        "第一件。",
        "第二件。",
        "第三件。",
        "付款，从达成协议起 10 日内。",
        "通知，从达成协议起 10 日内。",
        "请拨 40000。",
    ]


def test_a_rule_that_the_answer_says_is_not_said_twice() -> None:
    one = article(answers={"phone": "谈妥以后十天内付款。"}, promises=[PAY])
    assert reply(one).copied() == "谈妥以后十天内付款。\n说清楚了吗？"
    assert "最晚" in reply(one, known=Known(began={"达成协议": date(2026, 11, 20)})).copied()


def test_rules_fall_away_when_the_channel_takes_no_more_and_days_do_not() -> None:
    one = article(answers={"phone": "话" * 40 + "。"}, promises=[PAY, {**PAY, "what": "通知", "from": "收到"}])
    made = reply(one)
    assert made.count <= 60
    assert made.left_out == ["付款，从达成协议起 10 日内。", "通知，从收到起 10 日内。"]
    dated = reply(one, known=Known(began={"收到": date(2026, 11, 20)}))
    assert dated.left_out == ["付款，从达成协议起 10 日内。"]
    assert kinds(dated) == [("limit", "phone")]
    with pytest.raises(ReplyRefused, match=rf"电话最多 60 字，现在 {dated.count} 字"):
        dated.copied()
    assert reply(one, known=Known(began={"收到": date(2026, 11, 20)}, without=["promise"])).count == 48


def test_parts_can_be_left_out() -> None:
    one = article(opening="calm", answers={"phone": "说。"}, promises=[PAY])
    assert reply(one, known=Known(without=["opening", "closing", "promise"])).copied() == "说。"
    nothing = reply(one, known=Known(without=["opening", "body", "promise", "closing"]))
    assert (nothing.text, kinds(nothing)) == ("", [("empty", "phone")])
    with pytest.raises(ReplyRefused, match="没有可以复制的文字"):
        nothing.copied()


def test_blanks_are_asked_for_and_named() -> None:
    one = article(answers={"phone": "{{称呼}}，报案号是{{ 报案号 }}，记住{{报案号}}。"})
    made = reply(one)
    assert made.blanks == ["称呼", "报案号"]
    assert made.text.startswith("{{称呼}}，报案号是{{ 报案号 }}")
    with pytest.raises(ReplyRefused, match="还差 2 处：称呼、报案号"):
        made.copied()
    half = reply(one, known=Known(blanks={"称呼": "王女士", "报案号": " "}))
    with pytest.raises(ReplyRefused, match="还差 1 处：报案号。填好才能复制"):
        half.copied()
    wrong = reply(one, known=Known(blanks={"称呼": "王女士", "报案号": "rd1"}))
    assert kinds(wrong) == [("pattern", "报案号")]
    with pytest.raises(ReplyRefused, match="报案号的写法不对。照要求的样子改，例如 RD000001"):
        wrong.copied()
    full = reply(one, known=Known(blanks={"称呼": "王女士", "报案号": "RD000001", "别的": "无关"}))
    assert full.copied() == "王女士，报案号是RD000001，记住RD000001。\n说清楚了吗？"


@given(st.text(min_size=1, max_size=40).filter(lambda value: "\n" not in value and value.strip() != ""))
def test_what_was_entered_stands_in_the_text_as_it_was_entered(value: str) -> None:
    one = article(answers={"phone": "{{称呼}}您好。"})
    made = reply(one, known=Known(blanks={"称呼": value, "报案号": "RD000001"}))
    assert made.text == f"{value}您好。\n说清楚了吗？"
    assert made.blanks == ["称呼"]


def test_a_value_that_is_too_long_or_looks_like_a_blank() -> None:
    one = article(answers={"phone": "{{称呼}}。"})
    assert kinds(reply(one, known=Known(blanks={"称呼": "长" * 201})))[0] == ("pattern", "称呼")
    assert reply(one, known=Known(blanks={"称呼": "{{报案号}}", "报案号": "RD000001"})).text.startswith("{{报案号}}。")
    unknown = article(answers={"phone": "{{ line }}。"})
    assert kinds(reply(unknown, known=Known(blanks={"line": "x"}))) == [("blank", "line")]


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"status": "draft"}, "“a问？”还是草稿，不能复制"),
        ({"status": "archived", "replaced_by": "b"}, "已下线，不能复制。请用新的一版：b"),
        ({"valid_to": "2026-11-24"}, "已过期，不能复制。请用新的一版"),
        ({"valid_from": "2026-11-26"}, "还没有生效，不能复制"),
    ],
)
def test_what_is_not_live_is_not_copied(fields: dict[str, Any], message: str) -> None:
    made = reply(article(answers={"phone": "说。"}, **fields), article("b", answers={"phone": "说。"}))
    assert kinds(made) == [("state", "a")]
    with pytest.raises(ReplyRefused, match=message):
        made.copied()
    assert reply(article(answers={"phone": "说。"}, valid_from="2026-11-25", valid_to="2026-11-25")).copied()


def test_an_internal_article_is_copied_only_where_it_was_written_for_customers() -> None:
    made = reply(article(audience="agent"))
    assert kinds(made) == [("internal", "a")]
    with pytest.raises(ReplyRefused, match="只给客服看"):
        made.copied()
    assert reply(article(audience="agent", answers={"chat": "写给客户。"})).copied() == "写给客户。\n说清楚了吗？"
    assert reply(article()).copied() == "先报案。\n说清楚了吗？"


def test_a_public_reply_holds_nothing_of_one_customer() -> None:
    one = article(answers={"phone": "您的报案号是{{报案号}}。"}, promises=[PAY])
    known = Known(blanks={"报案号": "RD000001"}, began={"达成协议": date(2026, 11, 20)})
    made = reply(one, channel="social", known=known)
    assert made.copied() == "先报案。\n付款，从达成协议起 10 日内。"
    assert made.hints == ["公开回复不写这位客户的日期，只说规定"]
    assert made.pieces[0].borrowed_from == "web"


def test_a_borrowed_text_says_so_and_a_channel_that_is_not_there_too() -> None:
    made = reply(article(answers={"chat": "在线说。"}))
    assert [(p.label, p.article, p.borrowed_from) for p in made.pieces] == [("body", "a", "chat"), ("closing", "", "")]
    assert kinds(reply(article(), channel="sms")) == [("channel", "sms")]
    with pytest.raises(ReplyRefused, match="没有“sms”这个渠道"):
        reply(article(), channel="sms").copied()
