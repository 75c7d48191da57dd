"""How is a version told to a person? What changed since the one before, sentence by sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from difflib import SequenceMatcher

from articles.channel_texts import WEB
from articles.config import Channels
from publishing.history.entries import Gone, Live, Version
from publishing.texts import Reason, Text

REASONS: dict[Reason, str] = {
    "archived": "已归档",
    "draft": "改回草稿",
    "expired": "过了有效期",
    "not_yet": "还没到生效日期",
    "deleted": "文件里没有了",
}
_SENTENCE = re.compile(r"[^。！？\n]+[。！？]*")
_FIELDS = (("标准问", "question"), ("负责人", "owner"))


def local_time(time: datetime) -> str:
    """``time`` on this machine's clock, to the second: what ``kb asof`` takes back."""
    return f"{time.astimezone():%Y-%m-%d %H:%M:%S}"


def channel_names(channels: Channels) -> dict[str, str]:
    """Channel → its name, the web page among them."""
    return {WEB: "网页", **{key: setup.name for key, setup in channels.channels.items()}}


def changes(version: Version, before: Version | None, names: Mapping[str, str]) -> list[str]:
    """What ``version`` changed, a line each; channels that changed in the same words are told together."""
    if isinstance(version, Gone):
        return [f"下线：{REASONS[version.reason]}"]
    if not isinstance(before, Live):
        verb = "重新上线" if before else "上线"
        return [f"{verb}：{'、'.join(names.get(c, c) for c in version.said.texts)}", *_moved(version, before)]
    told = [*_moved(version, before), *_fields(version, before), *_texts(version, before, names)]
    return told or ["文字没有变，补上了提交或审阅"]


def _moved(version: Live, before: Version | None) -> Iterator[str]:
    if isinstance(before, Live) and before.said.path != version.said.path:
        yield f"挪动：{before.said.path} → {version.said.path}"


def _fields(version: Live, before: Live) -> Iterator[str]:
    for label, name in _FIELDS:
        old, new = getattr(before.said, name), getattr(version.said, name)
        if old != new:
            yield f"{label}：{old or '（没有）'} → {new or '（没有）'}"
    if before.said.audience != version.said.audience:
        yield "改为只给客服看" if version.said.audience == "agent" else "改为也给客户看"
    if before.said.sources != version.said.sources:
        yield "依据："
        yield from _marked(before.said.sources, version.said.sources)


def _texts(version: Live, before: Live, names: Mapping[str, str]) -> Iterator[str]:
    groups: dict[tuple[str, ...], list[str]] = {}
    for channel in version.changed:
        old = before.said.texts.get(channel, Text(text=""))
        lines = tuple(_marked(_sentences(old.text), _sentences(version.said.texts[channel].text)))
        groups.setdefault(lines, []).append(names.get(channel, channel))
    for lines, together in groups.items():
        yield f"{'、'.join(together)}："
        yield from lines


def _sentences(text: str) -> list[str]:
    return [sentence.strip() for sentence in _SENTENCE.findall(text) if sentence.strip()]


def _marked(old: list[str], new: list[str]) -> Iterator[str]:
    """The sentences that went (－) and came (＋), in place; what stayed is left out."""
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            yield from (f"  － {sentence}" for sentence in old[a:b])
            yield from (f"  ＋ {sentence}" for sentence in new[c:d])
