"""What do we say to a customer on a channel when no agent stands between? Nothing internal, no blank, never too long.

An agent reads a text before it goes out; here nobody does. So a text with an agent's blank (``{{报案号}}``) gives way to the first
sentence of the web answer, and one that is longer than its channel takes loses its opening, then its closing, then whole sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pydantic import BaseModel, Field

from articles.channel_texts import CHANNELS, WEB, ChannelText, channel_text
from articles.config import SiteConfig
from articles.markdown import split_first
from articles.schema import Article

_SENTENCE = re.compile(r"[^。！？!?\n]*[。！？!?\n]*")
_BLANK = "{{"


class CustomerText(BaseModel):
    """One text; borrowed_from: the channel that it was written for, ``web`` for the web answer, empty when for this one."""

    text: str
    borrowed_from: str = ""


class PublicAction(BaseModel):
    """A button: it opens an address or dials a number."""

    label: str
    url: str = Field("", description="打开的地址")
    tel: str = Field("", description="拨的电话")


class Way(BaseModel):
    """Another way to reach somebody."""

    label: str
    value: str


class Human(BaseModel):
    """How to reach a human."""

    hotline: str = Field("", description="客服热线；没有公布时是空的")
    hours: str = Field("", description="热线时间")
    ways: list[Way] = Field([], description="其他渠道")


class Said(BaseModel):
    """What one article says besides its page: a text for each channel, and its buttons."""

    texts: dict[str, CustomerText]
    actions: list[PublicAction] = []


class CustomerAnswers(BaseModel):
    """All that the answer API reads beside the articles. channels: key → name; said: by the id of the article."""

    channels: dict[str, str]
    human: Human
    said: dict[str, Said]


def customer_answers(articles: Iterable[Article], config: SiteConfig) -> CustomerAnswers:
    """What ``articles``, all of which customers may see, say on every channel that the insurer has."""
    names = {key: setup.name for key, setup in config.channels.channels.items()}
    said = {a.id: Said(texts=_texts(a, config), actions=_actions(a, config)) for a in articles}
    return CustomerAnswers(channels=names, human=human(config), said=said)


def human(config: SiteConfig) -> Human:
    """Hotline, hours and other ways, as far as brand.yml has them."""
    facts = config.brand.facts

    def value(name: str) -> str:
        return config.fill("{{" + name + "}}") if name in facts else ""

    hotline = facts["hotline"].value if "hotline" in facts else ""
    ways = [Way(label=c.title, value=config.fill(f"{c.tel}{c.text}")) for c in config.brand.human.channels]
    return Human(hotline=hotline, hours=value("hotline_hours") if hotline else "", ways=ways)


def _texts(article: Article, config: SiteConfig) -> dict[str, CustomerText]:
    made: dict[str, CustomerText] = {}
    for channel in CHANNELS:
        setup = config.channels.channels.get(channel)
        if setup is None:
            continue
        text = channel_text(article, channel, config)
        if _BLANK in text.body:
            first = config.fill(split_first(article.answer)[0])
            text = ChannelText(text.opening, first, text.closing, WEB)
        made[channel] = CustomerText(text=_within(text, setup.limit), borrowed_from=text.borrowed_from)
    return made


def _within(text: ChannelText, limit: int) -> str:
    """``text`` in at most ``limit`` characters."""
    for parts in ((text.opening, text.body, text.closing), (text.body, text.closing), (text.body,)):
        whole = "\n".join(part for part in parts if part)
        if len(whole) <= limit:
            return whole
    kept = ""
    for sentence in _SENTENCE.findall(text.body):
        if len((kept + sentence).rstrip()) > limit:
            break
        kept += sentence
    return kept.rstrip() or text.body[: limit - 1] + "…"


def _actions(article: Article, config: SiteConfig) -> list[PublicAction]:
    found = (config.brand.actions.get(key) for key in article.actions)
    return [
        PublicAction(label=config.fill(action.label), url=action.url, tel=config.fill(action.tel))
        for action in found
        if action is not None and action.is_set
    ]
