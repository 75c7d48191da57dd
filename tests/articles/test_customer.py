"""Is what goes out without an agent fit to go out: no blank, nothing internal, within the channel's limit?"""

from __future__ import annotations

import json

import pytest

from articles.checking import load_checked
from articles.config import ChannelSetup, SiteConfig
from articles.customer import CustomerAnswers, customer_answers
from core.paths import Root


def answers(root: Root, config: SiteConfig | None = None) -> CustomerAnswers:
    kb = load_checked(root)
    return customer_answers(kb.articles, config or kb.config)


def test_each_channel_says_its_own_text_or_whose_it_borrows(good: Root) -> None:
    texts = answers(good).said["claim-days"].texts
    assert (texts["phone"].text, texts["phone"].borrowed_from) == ("谈妥以后十天内付款。", "")
    assert (texts["sms"].text, texts["sms"].borrowed_from) == ("谈妥以后十天内付款。", "phone")


def test_a_text_with_a_blank_gives_way_to_the_first_sentence(good: Root) -> None:
    texts = answers(good).said["first-steps"].texts
    assert texts["phone"].text == "人没事最要紧，您先别急。\n先看人，再拨 40000 报案。"
    assert texts["phone"].borrowed_from == "web"
    assert texts["chat"].borrowed_from == ""
    assert not any("{{" in text.text for said in answers(good).said.values() for text in said.texts.values())


@pytest.mark.parametrize(
    ("limit", "text"),
    [
        (40, "人没事最要紧，您先别急。\n先看人有没有受伤，再拨 40000。"),
        (20, "先看人有没有受伤，再拨 40000。"),
        (10, "先看人有没有受伤，…"),
    ],
)
def test_a_text_is_never_longer_than_its_channel_takes(good: Root, limit: int, text: str) -> None:
    kb = load_checked(good)
    channels = kb.config.channels.model_copy(update={"channels": {"chat": ChannelSetup(name="聊天", limit=limit)}})
    made = answers(good, kb.config.model_copy(update={"channels": channels}))
    assert made.channels == {"chat": "聊天"}
    assert set(made.said["first-steps"].texts) == {"chat"}
    assert made.said["first-steps"].texts["chat"].text == text


def test_nothing_internal(good: Root) -> None:
    text = json.dumps(answers(good).said["first-steps"].model_dump(), ensure_ascii=False)
    for secret in ("内部口径", "千万不要承诺", "壹千圆整", "理赔组", "报案号"):
        assert secret not in text


def test_only_buttons_that_lead_somewhere(good: Root) -> None:
    actions = answers(good).said["first-steps"].actions
    assert [(a.label, a.tel, a.url) for a in actions] == [("拨 40000", "40000", "")]


def test_the_way_to_a_human_comes_from_the_brand(good: Root) -> None:
    assert answers(good).human.model_dump() == {"hotline": "40000", "hours": "", "ways": []}
    brand = good.config / "brand.yml"
    text = brand.read_text("utf-8")
    more = "  hotline_hours: { value: 全天 }\n  app: { value: 掌上 App, label: 官方 App, sample: true }\n"
    more += 'human: { channels: [{ title: 官方 App, text: "用{{app}}" }] }\nactions:\n'
    brand.write_text(text.replace("actions:\n", more, 1), "utf-8")
    human = answers(good).human
    assert human.hours == "全天"
    assert [(way.label, way.value) for way in human.ways] == [("官方 App", "用掌上 App（示例）")]
