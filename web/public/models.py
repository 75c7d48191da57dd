"""What do the public calls take and give? The models that the OpenAPI document is made from."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field, StringConstraints

from search.bands import Band
from search.documents import Kind

Question = Annotated[str, StringConstraints(min_length=1, max_length=500, pattern=r"\S")]


class SearchQuery(BaseModel):
    q: Question = Field(description="客户的话，1–500 字；标点按文字处理")
    category: str | None = Field(None, description="只看一个类别（类别的键）")
    product: str | None = Field(None, description="只看一个险种（险种的键）")
    limit: int = Field(10, ge=1, le=50, description="最多几个结果")
    literal: str = Field("", description="写任何值：照原样搜，不改错字和拼音")
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


class SearchAnswer(BaseModel):
    query: str
    corrected: str | None = Field(description="实际搜的话，和 query 不同时才有（改了错字或拼音）")
    band: Band = Field(description="answer 有把握，choose 请客户从前几条里选，unsure 没把握")
    probability: float = Field(description="第一条就是答案的概率")
    guess: list[CategoryGuess] = Field(description="问题属于哪个类别，最可能的在前")
    total: int
    results: list[SearchHit]
    facets: Facets


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
