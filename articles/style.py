"""Does it read well? Findings that do not stop a release: warnings, errors with ``--strict``."""

from __future__ import annotations

from collections.abc import Iterator

from articles.config import SiteConfig
from articles.loading import Entry
from articles.markdown import split_first
from core.errors import Problem

MAX_CONCLUSION = 40
MIN_SIMILAR = 5


def style_problems(entry: Entry, config: SiteConfig) -> Iterator[Problem]:
    """Style findings of one article; drafts and archived ones are left in peace."""
    article = entry.article
    if article.status != "published":
        return
    if not 5 <= len(article.question) <= 30:
        yield entry.problem("W601", f"标准问有 {len(article.question)} 字", "写成 5–30 字、一个意图", "question")
    first = config.fill(split_first(article.answer)[0])
    if len(first) > MAX_CONCLUSION:
        yield entry.problem("W602", f"第一句有 {len(first)} 字，超过 40 字", "第一句只说结论", "answer")
    for name, setup in config.channels.channels.items():
        size = len(config.fill(getattr(article.answers, name)))
        if size > setup.limit:
            message = f"{setup.name}文案有 {size} 字，超过 {setup.limit} 字"
            yield entry.problem("W603", message, "删短", "answers", name)
    if len(article.similar) < MIN_SIMILAR:
        yield entry.problem("W604", f"相似问只有 {len(article.similar)} 条", "补到 5 条以上客户真实的说法", "similar")
    if not article.sources:
        yield entry.problem("W605", "没有写依据", "在 sources 里写法规或条款和条号", "sources")
    if not article.owner:
        yield entry.problem("W606", "没有写负责人", "补上 owner", "owner")
    if article.review_by is None:
        yield entry.problem("W607", "没有写复核日期", "补上 review_by", "review_by")
    if not (article.answers.phone and article.answers.chat):
        yield entry.problem("W608", "缺少电话或在线客服的文案", "补上 answers 里的 phone 和 chat", "answers")
