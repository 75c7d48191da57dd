"""How has this insurer set it up? Categories, brand, channels, phrases and queues, read from site_config/.

Every file is optional: with no categories.yml the folders of kb/ are the categories.
"""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator, model_validator

from articles.holidays import Holidays
from articles.look import Look
from articles.schema import Channel, Id

# A fact of the brand, or a blank that an agent fills.
PLACEHOLDER = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Setup(BaseModel):
    """Base of the configuration files: unknown keys are mistakes."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Category(Setup):
    """One problem category: a folder of kb/."""

    name: Name
    hint: str = ""
    short: str = ""
    topics: list[Name] | None = Field(None, description="子主题；不写则不限")


DEFAULT_PRODUCTS = {
    "motor": "车险",
    "health": "医疗与健康险",
    "accident": "意外险",
    "life": "寿险与年金",
    "property": "家财与企财险",
    "liability": "责任险",
}


class Categories(Setup):
    """categories.yml"""

    products: dict[str, Name] = DEFAULT_PRODUCTS
    featured: list[Id] = []
    needs_review: list[Name] = Field([], description="子主题或类别：改了要有别人的 Reviewed-by 才能发布")
    categories: dict[Id, Category] = {}


class Fact(Setup):
    """A fact of the brand, written {{name}} in articles. A sample is a value to be replaced, and is shown as such."""

    value: Name
    label: str = ""
    sample: bool = False


class Action(Setup):
    """A button: a link or a telephone number. With neither it is hidden."""

    label: Name
    url: Annotated[str, StringConstraints(pattern=r"^(https?://\S+|/\S*|)$")] = ""
    tel: str = ""
    qr: str = Field("", description="二维码图片（site_config 里的文件名）")
    icon: str = ""

    @property
    def is_set(self) -> bool:
        return bool(self.url or self.tel)


class Call(Setup):
    tel: Name
    text: Name


class Urgent(Setup):
    """The strip for somebody who has just had an accident."""

    title: Name = "刚出险"
    calls: list[Call] = []
    text: str = ""
    article: str = ""


class Moment(Setup):
    """A moment of life on the home page that leads to an article."""

    title: Name
    text: str = ""
    icon: str = ""
    article: Id


class Caution(Setup):
    strong: Name
    text: str = ""


class Home(Setup):
    title: Name = "您遇到什么事了？"
    lead: str = "说一句话就行。先给结论，再说怎么办。"
    placeholder: str = "用自己的话问"
    urgent: Urgent | None = None
    moments: list[Moment] = []
    caution: Caution | None = None


class HumanChannel(Setup):
    """Another way to reach a human: its name, what to do (with facts), and a number to dial."""

    title: Name
    text: str = ""
    tel: str = ""


class Human(Setup):
    channels: list[HumanChannel] = []


class FooterLink(Setup):
    title: Name
    article: Id


class Footer(Setup):
    complaint: str = ""
    regulator: str = ""
    links: list[FooterLink] = []
    note: str = ""
    process: Id | None = Field(None, description="文章编号：投诉的流程取它的步骤")
    icp: str = ""
    police: str = ""


class Brand(Setup):
    """brand.yml: all that names the insurer."""

    name: Name = "客服"
    site: str = "帮助中心"
    url: Annotated[str, StringConstraints(pattern=r"^https?://\S+/$")] = "http://127.0.0.1:8000/"
    demo: bool = True
    facts: dict[str, Fact] = {}
    actions: dict[str, Action] = {}
    home: Home = Home()
    human: Human = Human()
    footer: Footer = Footer()
    look: Look = Look()
    privacy: str = Field("", description="隐私说明，Markdown；也可以写成一段一项的列表；不写就用自带的")

    @field_validator("privacy", mode="before")
    @classmethod
    def _paragraphs(cls, value: object) -> object:
        paragraphs = isinstance(value, list) and all(isinstance(part, str) for part in value)
        return "\n\n".join(map(str, value)) if isinstance(value, list) and paragraphs else value


class ChannelSetup(Setup):
    """One channel: its limit in characters, its closing, and whose text it borrows when it has none."""

    name: Name
    limit: int = Field(ge=1)
    closing: str = ""
    fallback: list[Channel] = []


class Placeholder(Setup):
    """A blank that an agent fills before copying."""

    label: Name
    pattern: str = ".+"
    example: str = ""

    @model_validator(mode="after")
    def _can_be_filled(self) -> Placeholder:
        try:
            fits = re.compile(self.pattern).fullmatch(self.example or "")
        except re.error as error:
            raise ValueError(f"pattern 不是正则表达式：{error.msg}") from error
        if self.example and not fits:
            raise ValueError(f"example“{self.example}”不合 pattern")
        return self


DEFAULT_CHANNELS: dict[Channel, ChannelSetup] = {
    "phone": ChannelSetup(name="电话", limit=120, fallback=["chat"]),
    "chat": ChannelSetup(name="在线客服", limit=300, fallback=["wechat", "phone"]),
    "wechat": ChannelSetup(name="微信", limit=300, fallback=["chat", "phone"]),
    "sms": ChannelSetup(name="短信", limit=140, fallback=["phone", "chat"]),
    "social": ChannelSetup(name="公开回复", limit=140, fallback=["phone", "chat"]),
    "email": ChannelSetup(name="邮件", limit=2000, fallback=["chat", "phone"]),
}


class Channels(Setup):
    """channels.yml"""

    channels: dict[Channel, ChannelSetup] = DEFAULT_CHANNELS
    placeholders: dict[str, Placeholder] = {}


class Phrases(Setup):
    """phrases.yml"""

    openers: dict[str, Name] = {}


class Queue(Setup):
    name: Name


class Queues(Setup):
    """queues.yml"""

    queues: dict[str, Queue] = {}


class Term(Setup):
    """A trade term: what plain language calls it, and what it means."""

    term: Name
    plain: Name = Field(description="平常话；几种说法用“、”隔开")
    explain: Name = Field(description="一两句解释，只用事实清单 A、B 级的条目或词典的意思")
    instead: str = Field("", description="有更好的说法时写在这里：文章里不用这个词，改成它")
    tooltip: bool = Field(False, description="页面会解释这个词，网页和文案里可以直接用；要有 slug")
    slug: Annotated[str, StringConstraints(pattern=r"^([a-z][a-z0-9-]*|)$")] = Field(
        "", description="网址里的名字，一般是拼音，定了不改；写了就有自己的一页，文章里第一次出现时能点开看"
    )
    facts: list[Name] = Field([], description="解释所依据的事实条目")

    @property
    def wordings(self) -> list[str]:
        """Every plain wording."""
        return [wording for wording in self.plain.split("、") if wording] + ([self.instead] if self.instead else [])


class Outdated(Setup):
    """A name of a law or an authority that is no longer right."""

    name: Name
    now: Name = Field(description="现在的名字")


class Glossary(Setup):
    """glossary.yml"""

    terms: list[Term] = []
    outdated: list[Outdated] = []


class Owner(Setup):
    """Who answers for articles: how the code host and the mail call them."""

    handle: Annotated[str, StringConstraints(pattern=r"^(@[\w.-]+(/[\w.-]+)*|[^@\s]+@[^@\s]+|)$")] = Field(
        "", description="GitHub、GitLab 上的名字：@组织/小组、@人，或邮箱"
    )
    email: Annotated[str, StringConstraints(pattern=r"^([^@\s]+@[^@\s]+|)$")] = ""


class Owners(Setup):
    """owners.yml"""

    owners: dict[Name, Owner] = {}


class SiteConfig(BaseModel):
    """Everything in site_config/."""

    model_config = ConfigDict(frozen=True)

    categories: Categories = Categories()
    brand: Brand = Brand()
    channels: Channels = Channels()
    phrases: Phrases = Phrases()
    queues: Queues = Queues()
    glossary: Glossary = Glossary()
    owners: Owners = Owners()
    holidays: Holidays = Holidays()
    facts: dict[str, str] = Field({}, description="fact register: row id → grade A, B or C")
    fact_texts: dict[str, str] = Field({}, description="fact register: row id → what the row says, with its basis")

    def category(self, key: str) -> Category:
        return self.categories.categories[key]

    def fill(self, text: str) -> str:
        """``text`` with every brand fact put in; a sample value is marked as one."""
        for name, fact in self.brand.facts.items():
            text = text.replace("{{" + name + "}}", fact.value + ("（示例）" if fact.sample else ""))
        return text
