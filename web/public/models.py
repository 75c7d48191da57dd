"""What do the public calls take and give? The models that the OpenAPI document is made from."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictBool, StrictInt, StringConstraints

from articles.public import PublicArticle
from records.tokens import TOKEN
from records.votes import MOST_WORDS, REASONS, Reason
from search.bands import Band
from search.documents import Kind

# Something that is no space to anybody: pydantic and JSON Schema disagree on two characters.
Question = Annotated[str, StringConstraints(min_length=1, max_length=500, pattern=r"[^\s\x85\uFEFF]")]


Token = Annotated[str, StringConstraints(pattern=TOKEN)]
Id = Annotated[str, StringConstraints(min_length=1, max_length=100)]
Channel = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]{0,31}$")]
_REASONS = "，".join(f"{key} {name}" for key, name in REASONS.items())


def _whole(value: object) -> object:
    """2.0 is an integer in JSON; "2" and true are none."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


Rank = Annotated[StrictInt, Field(ge=1, le=1000), BeforeValidator(_whole)]


class SearchQuery(BaseModel):
    q: Question = Field(description="客户的话，1–500 字；标点按文字处理")
    category: str | None = Field(None, description="只看一个类别（类别的键）")
    product: str | None = Field(None, description="只看一个险种（险种的键）")
    limit: int = Field(10, ge=1, le=50, description="最多几个结果")
    literal: str = Field("", description="写任何值：照原样搜，不改错字和拼音")
    typing: str = Field("", description="写任何值：还没有打完，这次不记下")
    explain: str = Field("", description="写任何值：每个结果说明每个词给了多少分")


class SuggestQuery(BaseModel):
    q: Question = Field(description="已经打出的字")
    limit: int = Field(8, ge=1, le=50, description="最多几条")


class ArticlePath(BaseModel):
    id: str = Field(description="文章编号")


class MatchedBy(BaseModel):
    text: str = Field(description="匹配到的标准问或相似问")
    kind: Kind = Field(description="standard 标准问，similar 相似问，article 正文")
    words: list[str] = Field(description="匹配到的词")
    synonyms: dict[str, str] = Field(description="按同义词匹配到的：客户说的词 → 找到的词")


class ScorePart(BaseModel):
    text: str
    kind: Literal["word", "synonym", "pair", "character"] = Field(description="词、同义词、相邻两字、单字")
    question: float = Field(description="匹配得最好的那一问给的分")
    article: float = Field(description="所有问法合起来和正文给的分")


class SearchHit(BaseModel):
    id: str
    question: str = Field(description="标准问")
    category: str
    category_name: str
    topic: str
    url: str
    answer: str = Field(description="结论，一句话")
    snippet: str = Field(description="HTML 片段，只含 <mark>")
    score: float
    matched: MatchedBy
    explain: list[ScorePart] = Field(description="得分由哪些部分组成；参数 explain 有值时才有")


class CategoryGuess(BaseModel):
    key: str
    name: str
    probability: float


class Facet(BaseModel):
    key: str
    name: str
    count: int


class Facets(BaseModel):
    category: list[Facet]
    product: list[Facet]


class NoticeOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: int
    text: str = Field(description="所要渠道的文字，没有就是网页的；纯文本，可以有换行")
    articles: list[str] = Field(description="挂在哪些文章上（编号）；空的是全站")
    ends: datetime = Field(description="到什么时候为止")


class ArticleAnswer(PublicArticle):
    notices: list[NoticeOut] = Field(description="这篇文章上现在的公告，全站的在前")


class SearchAnswer(BaseModel):
    query: str
    corrected: str | None = Field(description="实际搜的话，和 query 不同时才有（改了错字或拼音）")
    band: Band = Field(description="answer 有把握，choose 请客户从前几条里选，unsure 没把握")
    probability: float = Field(description="第一条就是答案的概率")
    guess: list[CategoryGuess] = Field(description="问题属于哪个类别，最可能的在前")
    total: int
    results: list[SearchHit]
    facets: Facets
    stopped: str | None = Field(description="最匹配的那条回答停用了：这样告诉客户；没有停用时是 null")
    notices: list[NoticeOut] = Field(description="现在的公告：全站的，和挂在这些结果上的")


class SuggestHit(BaseModel):
    text: str
    id: str
    url: str
    category: str


class SuggestAnswer(BaseModel):
    query: str
    suggestions: list[SuggestHit]


class SimilarAnswer(BaseModel):
    id: str
    similar: list[SuggestHit] = Field(description="内容相近的其他文章，最近的在前")


class CategoryOut(BaseModel):
    key: str
    name: str
    hint: str
    url: str
    articles: int
    topics: list[str]


class CategoriesAnswer(BaseModel):
    categories: list[CategoryOut]
    products: dict[str, str]


class VoteBody(BaseModel):
    visitor: Token = Field(description="只用于评价的随机标识，22–64 个字母、数字、- 或 _；不要用在别处")
    article: Id = Field(description="文章编号")
    solved: StrictBool = Field(description="解决了没有")
    reason: Reason | None = Field(None, description=f"没解决的原因：{_REASONS}；解决了就不记")
    words: Annotated[str, StringConstraints(max_length=MOST_WORDS)] = Field("", description="留言，500 字以内")
    channel: Channel = Field("web", description="从哪里来：web、widget……")


class VoteAnswer(BaseModel):
    article: str
    solved: bool
    reason: Reason | None
    words: str | None = Field(description="存下来的留言，个人信息已经换成标签")
    at: datetime = Field(description="第一次评价的时间")
    changed_at: datetime = Field(description="最后一次改动的时间")


class EventBody(BaseModel):
    kind: Literal["click", "view"] = Field(description="click 点了搜索结果，view 看了文章")
    article: Id = Field(description="文章编号")
    rank: Rank | None = Field(None, description="点的是第几个结果，从 1 数起")
    query: Annotated[str, StringConstraints(max_length=500)] | None = Field(
        None, description="搜的话；存之前去掉个人信息"
    )
    channel: Channel = Field("web", description="从哪里来：web、widget……")
    visitor: Token | None = Field(None, description="访客的随机标识，只用来数当天有多少位访客；和评价用的不同")
