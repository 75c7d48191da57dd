"""Does each channel say its own text, or borrow by the stated rule?"""

from __future__ import annotations

from typing import Any

import pytest

from articles.channel_texts import channel_text, web_text
from articles.config import Brand, Channels, ChannelSetup, Phrases, SiteConfig
from articles.schema import Answers, Article, Channel

CONFIG = SiteConfig(
    brand=Brand.model_validate({"facts": {"line": {"value": "40000"}, "days": {"value": "3 天", "sample": True}}}),
    phrases=Phrases(openers={"calm": "您先别急。"}),
    channels=Channels(
        channels={
            "phone": ChannelSetup(name="电话", limit=120, closing="说清楚了吗？", fallback=["chat"]),
            "chat": ChannelSetup(name="在线", limit=300),
            "sms": ChannelSetup(name="短信", limit=140, fallback=["phone", "chat"]),
            "social": ChannelSetup(name="公开", limit=140, closing="请拨 {{line}}。", fallback=["email"]),
        }
    ),
)


def article(**fields: Any) -> Article:
    return Article.model_validate({"id": "a", "question": "问？", "answer": "**先**报案。再说。", **fields})


def test_opener_text_and_closing_stand_on_lines_with_brand_facts_filled() -> None:
    made = channel_text(
        article(opening="calm", answers={"phone": "拨 {{line}}，{{days}}，号是{{报案号}}。"}), "phone", CONFIG
    )
    assert made.text == "您先别急。\n拨 40000，3 天（示例），号是{{报案号}}。\n说清楚了吗？"
    assert (made.opening, made.closing, made.borrowed_from) == ("您先别急。", "说清楚了吗？", "")


@pytest.mark.parametrize(
    ("channel", "answers", "body", "source"),
    [
        ("sms", {"phone": "电话说。", "chat": "在线说。"}, "电话说。", "phone"),
        ("sms", {"chat": "在线说。"}, "在线说。", "chat"),
        ("sms", {"sms": "短信说。", "phone": "电话说。"}, "短信说。", ""),
        ("sms", {"phone": "  \n", "chat": "在线说。"}, "在线说。", "chat"),
        ("sms", {"wechat": "不在借用之列。"}, "先报案。", "web"),
        ("chat", {"phone": "电话说。"}, "先报案。", "web"),
        ("wechat", {"phone": "没有设置的渠道。"}, "先报案。", "web"),
    ],
)
def test_fallback(channel: Channel, answers: dict[str, str], body: str, source: str) -> None:
    made = channel_text(article(answers=Answers(**answers)), channel, CONFIG)
    assert (made.body, made.borrowed_from) == (body, source)


def test_a_borrowed_text_keeps_the_closing_of_its_new_channel() -> None:
    assert channel_text(article(answers={"email": "写信说。"}), "social", CONFIG).text == "写信说。\n请拨 40000。"


def test_web_text_tells_steps_documents_and_deadlines_too() -> None:
    text = web_text(
        article(
            answer="先拨 {{line}}。看[这里](b.md)。",
            steps=[{"title": "查勘", "text": "到现场。", "who": "company", "within": 2, "unit": "小时"}],
            documents=[{"name": "行驶证", "note": "原件"}, "驾驶证"],
            promises=[{"what": "付款", "by": "company", "within": 10, "from": "谈妥", "basis": "《保险法》第二十三条"}],
        ),
        CONFIG,
    )
    assert text.splitlines() == [
        "先拨 40000。看这里。",
        "第 1 步 查勘（我们，2 小时内）：到现场。",
        "要带：行驶证（原件）",
        "要带：驾驶证",
        "期限：付款，我们，从谈妥起 10 自然日内（《保险法》第二十三条）",
    ]
