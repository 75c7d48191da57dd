"""Can each channel's text be sent, or spoken, as it stands?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from articles.loading import Entry
from articles.style.pieces import BLANK, Piece, channel_texts
from articles.style.registry import Finding, rule
from articles.style.scene import Scene

MAX_SPOKEN = 45
_LINK = re.compile(r"https?://|www\.|\[[^\]\n]{0,200}\]\([^)\n]{0,200}\)|\b[\w-]{1,63}\.(?:com|cn|net|org)\b")
_MARKDOWN = re.compile(r"\*\*|__|`|\[[^\]\n]{0,200}\]\(|^[ \t]*(?:#{1,6}|[-*+]|>)\s|^[ \t]*\|.*\|[ \t]*$", re.MULTILINE)
_UNSPEAKABLE = re.compile(r"[/\\~～≥≤<>＜＞=＝≈±+＋×÷→←↑↓|｜^_&@#＃*＊【】\[\]{}①-⑳■●▲★☆✓✔√]")
_STOP = re.compile(r"[。！？!?；;\n]")
_UNREADABLE = re.compile(
    r"(?<!\d)\d{5,20}(?=\s?(?:[元块]|人民币))|\d{1,3}(?:,\d{3})+|\d{4}[-/.]\d{1,2}(?:[-/.]\d{1,2})?(?!\d)|\d\s?[-–—~～]{1,2}\s?\d|\d{1,2}:\d{2}"
)


def _phone(entry: Entry, scene: Scene) -> Iterator[Piece]:
    """The text for the telephone, if there is one."""
    return (piece for channel, piece in channel_texts(entry, scene.config) if channel == "phone")


@rule(
    "W603",
    title="渠道文案不超过字数上限",
    why="短信会被截断，电话里没有人听得完。上限在 channels.yml。",
    good="answers: {phone: 带身份证到柜台补办。, chat: 带身份证到柜台补办。, sms: 补办保单请带身份证到柜台。}",
    bad=f"answers: {{phone: 带身份证到柜台补办。, chat: 带身份证到柜台补办。, sms: {'补办保单请带身份证。' * 15}}}",
)
def limit(entry: Entry, scene: Scene) -> Iterator[Finding]:
    """Each channel's text within its limit, brand facts filled in."""
    for channel, piece in channel_texts(entry, scene.config):
        size, most = len(scene.config.fill(piece.text)), scene.config.channels.channels[channel].limit
        if size > most:
            yield piece.finding(f"有 {size} 字，超过 {most} 字", "删短")


@rule(
    "W608",
    title="有电话和在线客服的文案",
    why="客服最常用这两个渠道，没有文案就只能现编。",
    good="answers: {phone: 带身份证到柜台补办。, chat: 带身份证到柜台补办。}",
    bad="answers: {phone: 带身份证到柜台补办。}",
)
def both(entry: Entry, scene: Scene) -> Iterator[Finding]:  # noqa: ARG001 - one shape for every rule
    """A text for the telephone and one for the chat."""
    if not (entry.article.answers.phone and entry.article.answers.chat):
        yield Finding("缺少电话或在线客服的文案", "补上 answers 里的 phone 和 chat", ("answers",))


@rule(
    "W611",
    title="渠道文案是纯文字，电话里没有网址",
    why="星号、表格和链接在渠道里会原样出现；网址念出来没有人记得住。",
    good="answers: {phone: 打开公司的应用就能查。, chat: 打开公司的应用就能查。}",
    bad="answers: {phone: 请打开 www.example.com 查。, chat: 打开公司的应用就能查。}",
)
def plain(entry: Entry, scene: Scene) -> Iterator[Finding]:
    """No Markdown in any channel, no address on the telephone."""
    for channel, piece in channel_texts(entry, scene.config):
        if channel == "phone" and (found := _LINK.search(piece.text)):
            yield piece.finding("里有网址，念不出来", "说清在哪里找，或请客户看短信", found.start())
        elif found := _MARKDOWN.search(piece.text):
            yield piece.finding(f"里有 Markdown 记号“{found[0].strip()[:5]}”", "写成普通的句子", found.start())


@rule(
    "W612",
    title="电话里的句子不超过 45 字",
    why="长句子念到后面，听的人忘了前面。",
    good="answers: {phone: 先别拆车。拍好照片，再打电话报案。, chat: 先拍照再报案。}",
    bad="""
answers:
  phone: 先别拆车并且把现场的照片和碰撞的部位还有对方的车牌都拍好存好再打电话报案一直等到我们的人来看过
  chat: 先拍照再报案。
""",
)
def short_sentences(entry: Entry, scene: Scene) -> Iterator[Finding]:
    """No spoken sentence longer than 45 characters, brand facts filled in."""
    for piece in _phone(entry, scene):
        at = 0
        for sentence in _STOP.split(piece.text):
            size = len(scene.config.fill(sentence).strip())
            if size > MAX_SPOKEN:
                yield piece.finding(f"里有一句 {size} 字，超过 {MAX_SPOKEN} 字", "用句号断成短句", at)
            at += len(sentence) + 1


@rule(
    "W613",
    title="电话里没有念不出来的符号",
    why="斜杠、加号、箭头这类符号，每个人念得不一样。",
    good="answers: {phone: 带身份证或者护照。, chat: 带身份证或护照。}",
    bad="answers: {phone: 带身份证/护照。, chat: 带身份证或护照。}",
)
def speakable(entry: Entry, scene: Scene) -> Iterator[Finding]:
    """No symbol on the telephone that one cannot say; Markdown and addresses are W611, numbers W614."""
    for piece in _phone(entry, scene):
        text = piece.text
        for known in (BLANK, _LINK, _MARKDOWN, _UNREADABLE):
            text = known.sub(lambda found: "\0" * len(found[0]), text)
        if found := _UNSPEAKABLE.search(text):
            yield piece.finding(f"里的“{found[0]}”念不出来", "改成“或者”“到”“加”这样的字", found.start())


@rule(
    "W614",
    title="电话里的数字好念",
    why="“200000 元”要数几个零，“2026-11-20”不知道怎么念。",
    good="answers: {phone: 最高赔二十万元。, chat: 最高赔 20 万元。}",
    bad="answers: {phone: 最高赔 200000 元。, chat: 最高赔 20 万元。}",
)
def readable_numbers(entry: Entry, scene: Scene) -> Iterator[Finding]:
    """No long amounts, dates with dashes, clock times with colons or ranges with dashes on the telephone."""
    for piece in _phone(entry, scene):
        text = BLANK.sub(lambda found: "\0" * len(found[0]), piece.text)
        if found := _UNREADABLE.search(text):
            fix = "写成“20 万元”“11 月 20 日”“上午 9 点”“3 到 5 天”的样子"
            yield piece.finding(f"里的“{found[0]}”不好念", fix, found.start())
