"""Does the answer answer, and does it promise only what stands in its fields?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from articles.loading import Entry
from articles.markdown import split_first
from articles.style.pieces import basis, said
from articles.style.registry import Finding, rule
from articles.style.scene import Scene
from articles.style.times import Span, deadlines, spans

MAX_CONCLUSION = 40
_POLITE = re.compile(r"^(?:尊敬的|亲爱的|亲[，,！! ]|您好|你好|感谢|谢谢|很高兴|非常抱歉|很抱歉|抱歉)")
_SOON = "尽快|马上|很快|第一时间|立刻|稍后"
_US = "我们|公司|理赔员|查勘员|业务员|工作人员|专员|专人|客服|同事|经办人"
_VAGUE = re.compile(
    rf"(?:{_US})[^，。；：！？\n\0]{{0,8}}?(?P<ours>{_SOON})"
    rf"|(?P<yours>{_SOON})(?:就|会|再|能)?(?:给您|为您|帮您|替您|答复|回复|联系您|处理您|通知您|安排人)"
)


@rule(
    "W602",
    title="第一句不超过 40 字",
    why="客户先看到的就是这一句，客服也先念这一句。",
    good="answer: 带身份证到柜台就能补办。",
    bad="answer: 如果您的保单不小心遗失了或者损坏了的话请您不要着急只要带上您本人的有效身份证件到附近柜台申请即可。",
)
def conclusion_length(entry: Entry, scene: Scene) -> Iterator[Finding]:
    """The first sentence in 40 characters, brand facts filled in."""
    first = scene.config.fill(split_first(entry.article.answer)[0])
    if len(first) > MAX_CONCLUSION:
        yield Finding(f"第一句有 {len(first)} 字，超过 {MAX_CONCLUSION} 字", "第一句只说结论", ("answer",))


@rule(
    "W610",
    title="第一句就是结论",
    why="先寒暄或反问，客户要再找一遍答案。体谅的话写在 opening 里。",
    good="answer: 带身份证到柜台就能补办。",
    bad="answer: 您好，感谢您的咨询。带身份证到柜台就能补办。",
)
def conclusion_first(entry: Entry, scene: Scene) -> Iterator[Finding]:  # noqa: ARG001
    """The first sentence is no greeting, no thanks and no question."""
    first = split_first(entry.article.answer)[0]
    if _POLITE.match(first):
        yield Finding("第一句是客套话，不是结论", "第一句直接回答；体谅的话用 opening", ("answer",))
    elif first.endswith(("？", "?")):
        yield Finding("第一句是问句，不是结论", "第一句直接回答", ("answer",))


@rule(
    "W617",
    title="期限写进字段",
    why="写在文字里的期限算不了日子，改的时候也容易漏。promises、steps 或依据里有的，文字里才可以说。",
    good="""
answer: 谈妥以后 10 日内付款。
promises:
  - {what: 付款, by: company, within: 10, unit: 自然日, from: 达成赔付协议}
""",
    bad="answer: 谈妥以后 10 日内付款。",
)
def deadline(entry: Entry, scene: Scene) -> Iterator[Finding]:
    """A time limit in the text that is in no promise, no step and no source (nor in a fact that a source rests on)."""
    article, config = entry.article, scene.config
    known = {Span(p.within, p.unit) for p in article.promises}
    known |= {Span(s.within, s.unit) for s in article.steps if s.within}
    for piece in basis(entry):
        known |= set(spans(piece.text))
    for source in article.sources:
        for row in source.facts:
            known |= set(spans(config.fact_texts.get(row, "")))
    for piece in said(entry, config):
        first = dict(reversed(list(deadlines(piece.own))))
        for span, at in first.items():
            if span not in known:
                message = f"里的期限“{span}”没有写进字段"
                yield piece.finding(message, "写进 promises 或 steps，或在 sources 里写明出处", at)


@rule(
    "W618",
    title="不作含糊的承诺",
    why="“尽快”“第一时间”没有期限，客户会当成承诺，客服也兑现不了。叫客户“马上报警”不算。",
    good="answer: 材料收到后，公司会告诉您结果。",
    bad="answer: 材料收到后，我们会尽快给您结果。",
)
def vague(entry: Entry, scene: Scene) -> Iterator[Finding]:
    """The company says “soon” of what it will do itself."""
    for piece in said(entry, scene.config):
        for found in _VAGUE.finditer(piece.own):
            word = found["ours"] or found["yours"]
            yield piece.finding(f"里“{word}”是含糊的承诺", "写明期限，或只说做什么", found.start())
