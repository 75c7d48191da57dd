"""What do the calls that answer take and give? The models that the OpenAPI document is made from."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictBool

from articles.customer import Human, PublicAction
from articles.public import PublicAsk, PublicPromise
from articles.schema import Document, Step
from search.bands import Band
from web.public.models import NoticeOut, Question


def writable(value: Any) -> Any:
    """JSON can name half a character, which no text can hold."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value


class AnswerBody(BaseModel):
    question: Annotated[Question, BeforeValidator(writable)] = Field(description="客户的话，1–500 字")
    channel: str = Field("web", description="要哪个渠道的文字：web，或 channels.yml 里的键")
    session: str = Field("", description="上一次回答给的 session；没有、过期、不对都当作新的一次来访")
    category: str | None = Field(
        None, description="只看一个类别（键）。不写：很有把握时只看猜到的类别；写空的：不要这样猜"
    )
    product: str | None = Field(None, description="只看一个险种（键）")
    literal: StrictBool = Field(False, description="照原样搜，不改错字和拼音")
    article: str | None = Field(None, description="客户从 choices 或 flow 里选了哪一篇（编号）：直接回答这一篇")


class TrailBody(BaseModel):
    session: str = Field("", description="上一次回答给的 session")


class Read(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class AnswerOut(Read):
    id: str
    question: str = Field(description="标准问")
    url: str
    text: str = Field(description="这个渠道的文字，不超过渠道的字数上限")
    borrowed_from: str = Field(description="文字借自哪个渠道；自己的是空的")
    conclusion: str = Field(description="结论，一句话")
    body: str = Field(description="结论之后的正文，纯文本（只有 web 有，下面几项也是）")
    steps: list[Step]
    documents: list[Document]
    promises: list[PublicPromise]
    actions: list[PublicAction]


class ChoiceOut(Read):
    id: str
    question: str
    url: str
    answer: str = Field(description="结论，一句话")


class FlowOut(Read):
    article: str = Field(description="这些问题是哪篇文章的")
    ask: list[PublicAsk] = Field(description="从第一个问题开始；选项通向文章，或下一个问题")
    articles: list[ChoiceOut] = Field(description="选项通向的文章")


class GuessOut(Read):
    key: str
    name: str
    probability: float
    used: bool = Field(description="是不是只看了这个类别")


class CategoryLink(BaseModel):
    key: str
    name: str
    url: str


class AnswerReply(BaseModel):
    band: Band = Field(description="answer 有把握，choose 请客户从几条里选，unsure 没把握")
    probability: float = Field(description="第一条就是答案的概率；客户自己选的、问得和文章一字不差的是 1")
    corrected: str | None = Field(description="实际搜的话，和问题不同时才有")
    message: str = Field(description="摆在最上面的一句话")
    human_first: bool = Field(description="问了几次都没有新东西：先请客户找人工")
    guess: GuessOut | None = Field(description="问题属于哪个类别")
    answer: AnswerOut | None = Field(description="band 是 answer 时才有")
    choices: list[ChoiceOut] = Field(description="band 是 choose 时才有，最多三条")
    flow: FlowOut | None = Field(description="先选一选，再回答")
    categories: list[CategoryLink] = Field(description="band 是 unsure 时才有")
    notices: list[NoticeOut] = Field(description="现在的公告，所要渠道的文字：全站的，和挂在这次回答、选项上的")
    human: Human
    trail: list[str] = Field(description="这次来访问过什么、看过什么，一句一条，接通人工后照着说")
    session: str = Field(description="下一次提问时带上")
    release: str


class TrailReply(BaseModel):
    text: str = Field(description="整段，可以照着念")
    trail: list[str]
    human: Human
    session: str
