"""What is an article? One schema for both spellings: Markdown with front matter, and lists in YAML."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator

MAX_ID = 80
ID_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Id = Annotated[str, StringConstraints(pattern=ID_PATTERN, max_length=MAX_ID)]
Unit = Literal["自然日", "工作日", "小时", "个月", "年"]
Channel = Literal["phone", "chat", "wechat", "sms", "social", "email"]


class Part(BaseModel):
    """Base of everything that an editor writes: unknown fields are mistakes, values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Step(Part):
    """One step of the way to go."""

    title: Text = Field(description="这一步叫什么")
    text: str = Field("", description="怎么做")
    who: Literal["customer", "company", "both"] = Field("customer", description="谁来做")
    within: int | None = Field(None, ge=1, description="多久之内，只在有出处时写")
    unit: Unit = "自然日"


class Document(Part):
    """One thing to bring; a plain string is its name."""

    name: Text
    note: str = ""


class Promise(Part):
    """A deadline as data: who owes what within how long, counted from which event."""

    what: Text = Field(description="答应做什么")
    by: Literal["company", "customer"] = Field(description="谁的期限")
    within: int = Field(ge=1)
    unit: Unit = "自然日"
    since: Text = Field(alias="from", description="从哪件事算起")
    basis: str = Field("", description="依据")

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Escalation(Part):
    """When the first line stops, and which queue takes it."""

    when: Text
    to: Text = Field(description="queues.yml 里的键")
    leeway: str = Field("", description="一线可以决定什么，更多由谁批（只给客服看）")


class Choice(Part):
    """One answer to a question of a flow: it leads to an article, to a further question or to a human; to one of them."""

    text: Text
    article: Id | None = Field(None, description="通向哪篇文章")
    next: Text | None = Field(None, description="通向哪个问题")
    to: Literal["human"] | None = Field(None, description="human：找人工；每个问题都要有这样一个出路")


class Ask(Part):
    """One question of a flow (精确提问)."""

    key: Text
    question: Text
    choices: list[Choice] = Field(min_length=2)


class Source(Part):
    """A law, regulation or clause with its article number; ``facts`` are rows of the fact register that it rests on."""

    cite: Text
    facts: list[Text] = []


class Answers(Part):
    """Plain text per channel, with {{placeholders}}."""

    phone: str = ""
    chat: str = ""
    wechat: str = ""
    sms: str = ""
    social: str = ""
    email: str = ""


class Article(Part):
    """One question and its canonical answer."""

    id: Id = Field(description="稳定不变的编号，小写字母、数字和连字符")
    question: Text = Field(description="标准问：5–30 字，一个意图")
    answer: Text = Field(description="网页答案，Markdown；第一句就是结论，40 字以内")
    category: str = Field("", description="类别；不写就是所在文件夹")
    similar: list[Text] = Field([], description="相似问法：客户真实的说法")
    not_for: list[Text] = Field([], description="反例：看着像、其实该找别的文章的问法")
    topic: str = Field("", description="子主题，categories.yml 里列出的名称")
    products: list[Text] = Field([], description="险种，categories.yml 里的键")
    tags: list[Text] = []
    audience: Literal["public", "agent"] = Field("public", description="public 给客户看，agent 只给客服看")
    status: Literal["draft", "published", "archived"] = Field("published", description="草稿、已发布、已归档")
    replaced_by: Id | None = Field(None, description="归档后由哪篇文章代替")
    steps: list[Step] = []
    documents: list[Document] = []
    answers: Answers = Answers()
    opening: str = Field("", description="开场的体谅话，phrases.yml 里的键")
    promises: list[Promise] = []
    escalate: Escalation | None = None
    ask: list[Ask] = Field([], max_length=4, description="两到四个问题，选完通向合适的文章")
    actions: list[Text] = Field([], description="按钮，brand.yml 里的键")
    sources: list[Source] = []
    owner: str = Field("", description="谁对它负责")
    review_by: date | None = Field(None, description="什么时候之前要再看一遍")
    valid_from: date | None = None
    valid_to: date | None = None
    must_read: bool = False
    related: list[Id] = []
    avoid: list[Text] = Field([], description="不要这样说（只给客服看）")
    agent_notes: str = Field("", description="只给客服看的说明")

    @field_validator("documents", mode="before", json_schema_input_type=list[Document | str])
    @classmethod
    def _named(cls, value: object) -> object:
        """A plain string is a document's name."""
        return [{"name": v} if isinstance(v, str) else v for v in value] if isinstance(value, list) else value

    @field_validator("sources", mode="before", json_schema_input_type=list[Source | str])
    @classmethod
    def _cited(cls, value: object) -> object:
        """A plain string is a source without fact rows."""
        return [{"cite": v} if isinstance(v, str) else v for v in value] if isinstance(value, list) else value

    @property
    def url(self) -> str:
        """The page, from the site's root."""
        return f"/{self.category}/{self.id}/"

    @property
    def asked(self) -> list[str]:
        """Every way to ask it: the 标准问 first, then the 相似问."""
        return [self.question, *self.similar]

    def shown_on(self, day: date) -> bool:
        """Whether a customer may see it on ``day``: published, public and in date."""
        return self.audience == "public" and self.live_on(day)

    def live_on(self, day: date) -> bool:
        """Whether it is published and in date on ``day``, for whichever audience."""
        started = self.valid_from is None or self.valid_from <= day
        ended = self.valid_to is not None and self.valid_to < day
        return self.status == "published" and started and not ended
