"""Can this stop or notice be taken as it was typed? Everything that is wrong, at once, in the words of who fills in the form."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from articles.config import PLACEHOLDER, ChannelSetup
from articles.schema import Channel
from core.errors import UrgentRefused
from core.masking import LABELS, find
from records.events import stored
from records.standing import WEB

LONGEST_REASON = 200  # characters
LONGEST_WEB = 300
_MOST_ARTICLES = 50
_TAG = re.compile(r"<[a-zA-Z/!?][^>]*>")
# Names of typhoons and addresses of offices are what a notice is about, and look like those of people.
_HARMLESS = {"name", "address"}

Wrong = list[tuple[str, str]]  # (field of the form, sentence)


@dataclass(frozen=True)
class NoticeForm:
    """What was typed. starts: empty for now; both times ``2027-01-04T08:00``, on the clock of this machine unless they name a zone;
    texts: channel → text; articles: ids, none for the whole site."""

    texts: Mapping[str, str]
    ends: str
    starts: str = ""
    articles: tuple[str, ...] = field(default=())


def wrong_with_reason(reason: str) -> Wrong:
    """A stop says why: colleagues and the editor read it."""
    if not stored(reason):
        return [("reason", "请写停用的原因。")]
    if len(reason) > LONGEST_REASON:
        return [("reason", f"原因太长（{len(reason)} 字），请写 {LONGEST_REASON} 字以内。")]
    return []


def checked(
    form: NoticeForm,
    known: Container[str],
    channels: Mapping[Channel, ChannelSetup],
    now: datetime,
    before: Sequence[tuple[str, str]] = (),
) -> dict[str, object]:
    """The columns of a notice: plain texts, ids in order, moments. before: what else was found wrong.

    Raises UrgentRefused with all that is wrong.
    """
    texts = {channel: text for channel, typed in form.texts.items() if (text := _plain(typed))}
    wrong = [*_wrong_texts(texts, channels), *before]
    starts, ends = _moment("starts", form.starts, wrong) if form.starts.strip() else now, None
    if form.ends.strip():
        ends = _moment("ends", form.ends, wrong)
    else:
        wrong.append(("ends", "请写什么时候结束。"))
    if starts is not None and ends is not None and ends <= starts:
        wrong.append(("ends", "结束要晚于开始，请改时间。"))
    elif ends is not None and ends <= now:
        wrong.append(("ends", "结束时间已经过了，请改晚一些。"))
    articles = tuple(dict.fromkeys(form.articles))
    unknown = [article for article in articles if article not in known]
    if unknown:
        wrong.append(("articles", f"没有这些文章：{'、'.join(unknown[:5])}。请改编号。"))
    if len(articles) > _MOST_ARTICLES:
        wrong.append(("articles", f"最多写 {_MOST_ARTICLES} 篇；再多就挂全站，不写文章。"))
    if wrong:
        raise UrgentRefused(wrong)
    return {"texts": texts, "articles": list(articles), "starts": starts, "ends": ends}


def _wrong_texts(texts: Mapping[str, str], channels: Mapping[Channel, ChannelSetup]) -> Iterator[tuple[str, str]]:
    if WEB not in texts:
        yield WEB, "请写网页上的公告，其他渠道没写时用它。"
    setups: dict[str, ChannelSetup] = dict(channels.items())
    for channel, text in texts.items():
        setup = setups.get(channel)
        if channel != WEB and setup is None:
            yield channel, f"没有“{channel}”这个渠道，请去掉。"
            continue
        name, limit = ("网页", LONGEST_WEB) if setup is None else (setup.name, setup.limit)
        if len(text) > limit:
            yield channel, f"{name}的公告太长（{len(text)} 字），请写 {limit} 字以内。"
        if _TAG.search(text):
            yield channel, f"{name}的公告只能是文字，请去掉 HTML 标签。"
        if PLACEHOLDER.search(text):
            yield channel, f"{name}的公告没有人替它填空，请把 {{{{…}}}} 换成文字。"
        personal = dict.fromkeys(LABELS[each.kind] for each in find(text) if each.kind not in _HARMLESS)
        if personal:
            yield channel, f"{name}的公告里像是有{'、'.join(personal)}，所有人都会看到，请去掉。"


def _plain(text: str) -> str:
    """Without characters that no one sees."""
    lines = "".join(c if c.isprintable() or c == "\n" else " " for c in text.replace("\r\n", "\n")).split("\n")
    return "\n".join(line.strip() for line in lines).strip()


def _moment(name: str, typed: str, wrong: Wrong) -> datetime | None:
    try:
        return datetime.fromisoformat(typed.strip()).astimezone()
    except (ValueError, OverflowError, OSError):
        which = "开始" if name == "starts" else "结束"
        wrong.append((name, f"{which}时间读不懂，请写成 2027-01-04T08:00。"))
        return None
