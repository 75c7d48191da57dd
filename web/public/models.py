"""What do the public calls take and give? The models that the OpenAPI document is made from."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from search.documents import Kind

Question = Annotated[str, StringConstraints(min_length=1, max_length=500, pattern=r"\S")]


class SearchQuery(BaseModel):
    q: Question = Field(description="客户的话，1–500 字；标点按文字处理")
    category: str | None = Field(None, description="只看一个类别（类别的键）")
    product: str | None = Field(None, description="只看一个险种（险种的键）")
    limit: int = Field(10, ge=1, le=50, description="最多几个结果")
    literal: str = Field("", description="写任何值：照原样搜，不改错字和拼音")


class SuggestQuery(BaseModel):
    q: Question = Field(description="已经打出的字")
    limit: int = Field(8, ge=1, le=50, description="最多几条")


class ArticlePath(BaseModel):
    id: str = Field(description="文章编号")


class MatchedBy(BaseModel):
    text: str = Field(description="匹配到的标准问或相似问")
    kind: Kind = Field(description="standard 标准问，similar 相似问，article 正文")
    words: list[str] = Field(description="匹配到的词")


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
