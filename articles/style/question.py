"""Is the 标准问 one short question?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from articles.loading import Entry
from articles.style.registry import Finding, rule
from articles.style.scene import Scene

_ASKING = re.compile(
    r"怎么|怎样|如何|多少|多久|多长|哪|什么|几[天年次个]|吗|呢|为何|谁|能不能|是不是|要不要|可不可以|是否|有没有|[赔退算交保]不[赔退算交保]"
)
_JOINT = re.compile(r"，?(?:以及|还有|另外|并且|顺便|和|与)")


@rule(
    "W601",
    title="标准问 5–30 字",
    why="太短说不清问什么，太长在手机上和搜索结果里显示不全。",
    good="question: 保单丢了怎么补办？",
    bad="question: 补办？",
)
def length(entry: Entry, scene: Scene) -> Iterator[Finding]:  # noqa: ARG001 - one shape for every rule
    """A question of 5 to 30 characters."""
    size = len(entry.article.question)
    if not 5 <= size <= 30:
        yield Finding(f"标准问有 {size} 字", "写成 5–30 字、一个意图", ("question",))


@rule(
    "W609",
    title="标准问只问一件事",
    why="一篇文章答一个意图，两件事写成两篇，客户才搜得到。同一件事追问一句（“犹豫期有几天，从哪天算？”）可以。",
    good="question: 保单丢了怎么补办？",
    bad="question: 保单怎么补办以及退保能退多少？",
)
def one_intent(entry: Entry, scene: Scene) -> Iterator[Finding]:  # noqa: ARG001
    """Two question marks, or an “and” with a question on either side. A comma joins a question with its follow-up: no finding."""
    question = entry.article.question
    marks = [part for part in re.split(r"[？?]", question) if part.strip()]
    asking = list(_ASKING.finditer(question))
    joined = any(
        asking[0].end() <= found.start() and found.end() <= asking[-1].start()
        for found in _JOINT.finditer(question)
        if asking
    )
    if len(marks) > 1 or joined:
        yield Finding("标准问里问了两件事", "拆成两篇文章，各问一件", ("question",))
