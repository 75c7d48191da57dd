"""Is the article looked after: who, until when, on what basis, and is it the only one of its kind?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from articles.loading import Entry
from articles.style.registry import Finding, rule
from articles.style.scene import Scene

MIN_SIMILAR = 5
_LAW = re.compile(r"《[^》]{0,80}(?:法|法典|条例|规定|办法|解释)(?:[（(][^》）)]{0,20}[）)])*》")
_ARTICLE = re.compile(r"第[\d零〇一二三四五六七八九十百千、至到]+[条章节]")


@rule(
    "W604",
    title="至少 5 条相似问",
    why="客户说的话和标准问不一样，相似问越多越好找。",
    good="similar: [保单不见了, 合同丢了, 补一份保单, 保险单遗失, 保单找不到]",
    bad="similar: [保单不见了]",
)
def similar(entry: Entry, scene: Scene) -> Iterator[Finding]:  # noqa: ARG001 - one shape for every rule
    """Five ways to ask beside the 标准问."""
    size = len(entry.article.similar)
    if size < MIN_SIMILAR:
        yield Finding(f"相似问只有 {size} 条", f"补到 {MIN_SIMILAR} 条以上客户真实的说法", ("similar",))


@rule(
    "W605",
    title="写明依据",
    why="没有依据的答案，客服不敢念，过几年也说不清当初凭什么这样答。",
    good="sources: [{cite: 《保险法》第十三条}]",
    bad="sources: []",
)
def has_source(entry: Entry, scene: Scene) -> Iterator[Finding]:  # noqa: ARG001
    """At least one source."""
    if not entry.article.sources:
        yield Finding("没有写依据", "在 sources 里写法规或条款和条号", ("sources",))


@rule(
    "W606",
    title="写明负责人",
    why="法规变了、客户说答案不对，要知道找谁改。",
    good="owner: 保全运营组",
    bad='owner: ""',
)
def has_owner(entry: Entry, scene: Scene) -> Iterator[Finding]:  # noqa: ARG001
    """An owner."""
    if not entry.article.owner:
        yield Finding("没有写负责人", "补上 owner", ("owner",))


@rule(
    "W607",
    title="写明复核日期",
    why="没有日期就没有人再看，旧答案会一直留在网上。",
    good="review_by: 2099-06-30",
    bad="review_by: null",
)
def has_review(entry: Entry, scene: Scene) -> Iterator[Finding]:  # noqa: ARG001
    """A day by which somebody looks again."""
    if entry.article.review_by is None:
        yield Finding("没有写复核日期", "补上 review_by", ("review_by",))


@rule(
    "W620",
    title="复核日期没有过",
    why="过了日期的答案在搜索里排得靠后。这一条是提示，不挡提交：它是日子到了，不是谁改错了。",
    good="review_by: 2099-06-30",
    bad="review_by: 2020-06-30",
    level="notice",
)
def review_due(entry: Entry, scene: Scene) -> Iterator[Finding]:
    """Looked at again in time. A notice: no push caused it, so none is stopped by it, not even with ``--strict``."""
    due = entry.article.review_by
    if due is not None and due < scene.day:
        yield Finding(f"复核日期 {due} 已经过了", "对照依据再看一遍，改 review_by", ("review_by",))


@rule(
    "W621",
    title="引用法规写到条号",
    why="只写法规名，核对的人要把全文翻一遍。条款、公司做法没有条号的不用写；事实清单里也没有条号的不用写。",
    good="sources: [{cite: 《保险法》第十三条}]",
    bad="sources: [{cite: 《保险法》}]",
)
def article_number(entry: Entry, scene: Scene) -> Iterator[Finding]:
    """A law or regulation with its article number, unless the fact register knows none for what it is cited for."""
    for i, source in enumerate(entry.article.sources):
        rows = [scene.config.fact_texts[row] for row in source.facts if row in scene.config.fact_texts]
        without = {law for row in rows for law in _without_number(row)}
        for law in _without_number(source.cite):
            if law not in without and all(_ARTICLE.search(row) for row in rows):
                yield Finding(f"依据{law}没有写条号", "写成“《保险法》第二十三条”的样子", ("sources", i, "cite"))


def _without_number(text: str) -> Iterator[str]:
    """The laws that ``text`` names after which no article number follows before the next title."""
    found = list(_LAW.finditer(text))
    ends = [law.start() for law in found[1:]] + [len(text)]
    for law, end in zip(found, ends, strict=False):
        if not _ARTICLE.search(text[law.end() : end]):
            yield law[0]


@rule(
    "W619",
    title="没有几乎一样的文章",
    why="两篇说同一件事，改了一篇忘了另一篇，客户就会得到两个答案。",
    good="answer: 带身份证到柜台就能补办，丢了不影响保障。",
    bad="answer: 退保由投保人本人带身份证、保单和银行卡到柜台办，家里别的人不能代办。",
    beside="answer: 退保由投保人本人带身份证、保单和银行卡到柜台办，家里别的人不能代办！",
)
def twins(entry: Entry, scene: Scene) -> Iterator[Finding]:
    """No other article with nearly the same answer or 标准问; told at the later of the two."""
    for field, name, found in (("answer", "答案", scene.twin_answers), ("question", "标准问", scene.twin_questions)):
        twin = found.get(entry.article.id)
        if twin:
            message = f"{name}和 {scene.where[twin.key]} 有 {twin.share:.0%} 一样"
            yield Finding(message, "合成一篇，或写清各自的情形", (field,))


_ASK = """\
ask:
  - key: what
    question: 您想办什么？
    choices:
      - {{ text: 补办保单, next: where }}
      - {{ text: 都不是，找人工, to: human }}
  - key: where
    question: 去哪里办？
    choices:
      - {{ text: 去柜台, article: {article} }}
      - {{ text: 都不是，找人工, to: human }}"""


@rule(
    "W623",
    title="先选一选只通向客户看得到的文章",
    why="草稿、下线的、只给客服看的文章客户点不开，页面就不画这个选项，有这种情况的客户会选错。",
    good=_ASK.format(article="reissue"),
    bad=_ASK.format(article="other"),
    beside="id: other\nstatus: draft",
)
def seen_choices(entry: Entry, scene: Scene) -> Iterator[Finding]:
    """No error: an article has to be taken down in a hurry, and every question keeps its way to a human."""
    if entry.article.audience != "public":
        return
    for i, ask in enumerate(entry.article.ask):
        for j, choice in enumerate(ask.choices):
            if choice.article in scene.hidden:
                message = f"选项“{choice.text}”通向的“{choice.article}”客户看不到"
                yield Finding(message, "改成一篇已发布、给客户看的文章，或删掉这个选项", ("ask", i, "choices", j))
