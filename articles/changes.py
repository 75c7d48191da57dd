"""What do customers and agents read differently now? Two knowledge bases compared, article by article, as texts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Literal

from articles.channel_texts import channel_text, web_text
from articles.config import SiteConfig
from articles.loading import Entry, Kb
from articles.schema import Article, Choice, Promise

Kind = Literal["new", "changed", "moved", "gone", "draft"]
_BY = {"company": "公司", "customer": "客户"}
_AUDIENCE = {"public": "客户和客服", "agent": "只给客服"}


@dataclass(frozen=True)
class Line:
    """One thing that reads differently. where: 网页, 电话, 期限“付款”, 依据 …; old, new: empty when it was or is not there."""

    where: str
    old: str
    new: str


@dataclass(frozen=True)
class ArticleChange:
    """moved: it has another address, and perhaps other texts too; draft: nobody reads it yet. note: one more sentence."""

    id: str
    question: str
    path: str
    place: str
    kind: Kind
    note: str
    lines: tuple[Line, ...]


def changes(old: Kb, new: Kb) -> list[ArticleChange]:
    """Every article that reads differently in ``new``, in the order of its files; those that are gone come last."""
    before = {entry.article.id: entry for entry in old.entries}
    after = {entry.article.id: entry for entry in new.entries}
    found = [_change(before.get(i), entry, old.config, new.config) for i, entry in after.items()]
    found += [_gone(e, old.config, "文章删掉了") for i, e in before.items() if i not in after and _is_live(e)]
    return [change for change in found if change is not None]


def _is_live(entry: Entry | None) -> bool:
    return entry is not None and entry.article.status == "published"


def _change(was: Entry | None, now: Entry, old: SiteConfig, new: SiteConfig) -> ArticleChange | None:
    article = now.article
    if not _is_live(now):
        if was is not None and _is_live(was):
            archived = f"由“{article.replaced_by}”代替" if article.replaced_by else "没有代替它的文章"
            return _gone(now, new, archived if article.status == "archived" else "退回草稿")
        is_same = was is not None and was.article == article
        return None if is_same or article.status != "draft" else _told(now, new, "draft", "", ())
    if was is None or not _is_live(was):
        note = "归档的文章重新上线" if was is not None and was.article.status == "archived" else ""
        return _told(now, new, "new", note, _texts_only(article, new))
    lines = tuple(_lines(was.article, article, old, new))
    if was.article.category != article.category:
        return _told(now, new, "moved", f"从“{_category(old, was.article)}”挪来，旧地址自动跳转", lines)
    return _told(now, new, "changed", "", lines) if lines else None


def _gone(entry: Entry, config: SiteConfig, note: str) -> ArticleChange:
    return _told(entry, config, "gone", note, ())


def _told(entry: Entry, config: SiteConfig, kind: Kind, note: str, lines: tuple[Line, ...]) -> ArticleChange:
    article = entry.article
    place = _category(config, article) + (f" › {article.topic}" if article.topic else "")
    if article.audience == "agent":
        place += "，只给客服"
    return ArticleChange(article.id, article.question, entry.path, place, kind, note, lines)


def _category(config: SiteConfig, article: Article) -> str:
    found = config.categories.categories.get(article.category)
    return found.name if found else article.category


def _texts_only(article: Article, config: SiteConfig) -> tuple[Line, ...]:
    """What a new article says; one line for all channels that say the same."""
    lines = [Line("网页", "", _page(article, config)), *_channels(None, article, config, config)]
    return (*lines, *(Line(f"期限“{p.what}”", "", _promise(p)) for p in article.promises))


def _lines(was: Article, now: Article, old: SiteConfig, new: SiteConfig) -> Iterator[Line]:
    yield from _one("标准问", was.question, now.question)
    yield from _promises(was.promises, now.promises)
    yield from _one("网页", _page(was, old), _page(now, new))
    yield from _many("先选一选", _choices(was), _choices(now), paired=True)
    yield from _channels(was, now, old, new)
    yield from _many("依据", [s.cite for s in was.sources], [s.cite for s in now.sources], paired=True)
    yield from _many("相似问", was.similar, now.similar)
    yield from _many("反例", was.not_for, now.not_for)
    yield from _many("按钮", _buttons(was, old), _buttons(now, new))
    yield from _many("相近的问题", was.related, now.related)
    yield from _one("只给客服的说明", old.fill(was.agent_notes).strip(), new.fill(now.agent_notes).strip())
    yield from _many("不要这样说", was.avoid, now.avoid, paired=True)
    yield from _one("转办", _escalation(was), _escalation(now))
    yield from _one("谁能看", _AUDIENCE[was.audience], _AUDIENCE[now.audience])
    yield from _one("子主题", was.topic, now.topic)
    yield from _many("险种", was.products, now.products)
    yield from _one("生效日", str(was.valid_from or ""), str(now.valid_from or ""))
    yield from _one("失效日", str(was.valid_to or ""), str(now.valid_to or ""))
    yield from _one("负责人", was.owner, now.owner)
    yield from _one("复核日期", str(was.review_by or ""), str(now.review_by or ""))


def _one(where: str, old: str, new: str) -> Iterator[Line]:
    if old != new:
        yield Line(where, old, new)


def _many(where: str, old: Sequence[str], new: Sequence[str], *, paired: bool = False) -> Iterator[Line]:
    """What left and what came; paired: the first that left became the first that came, and so on."""
    left, came = [x for x in old if x not in new], [x for x in new if x not in old]
    if paired:
        yield from (Line(where, a, b) for a, b in zip_longest(left, came, fillvalue=""))
    else:
        yield from (Line(where, text, "") for text in left)
        yield from (Line(where, "", text) for text in came)


def _buttons(article: Article, config: SiteConfig) -> list[str]:
    known = config.brand.actions
    return [config.fill(known[key].label) if key in known else key for key in article.actions]


def _escalation(article: Article) -> str:
    found = article.escalate
    return f"{found.when}，转{found.to}" + (f"；权限：{found.leeway}" if found.leeway else "") if found else ""


def _promises(old: Sequence[Promise], new: Sequence[Promise]) -> Iterator[Line]:
    """Deadlines, each beside the one that it replaces: the same thing promised, else the one in its place."""
    left = [p for p in old if p.what not in {q.what for q in new}]
    by_what = {p.what: p for p in old}
    for promise in new:
        was = by_what.pop(promise.what, None) or (left.pop(0) if left else None)
        if was is not None:
            by_what.pop(was.what, None)
        yield from _one(f"期限“{promise.what}”", _promise(was) if was else "", _promise(promise))
    for gone in by_what.values():
        yield Line(f"期限“{gone.what}”", _promise(gone), "")


def _promise(promise: Promise) -> str:
    basis = f"，依据{promise.basis}" if promise.basis else ""
    since = promise.since.removeprefix("从").removesuffix("起")
    return f"{promise.within} {promise.unit}内，从{since}起，{_BY[promise.by]}的期限{basis}"


def _page(article: Article, config: SiteConfig) -> str:
    """The page as it reads aloud, without the deadlines, which have lines of their own."""
    return web_text(article.model_copy(update={"promises": []}), config)


def _choices(article: Article) -> list[str]:
    """Each question with its choices and where they lead."""
    return [f"{ask.question}（{'、'.join(map(_led, ask.choices))}）" for ask in article.ask]


def _led(choice: Choice) -> str:
    return f"{choice.text} → {choice.article or choice.next or '人工'}"


def _channels(was: Article | None, now: Article, old: SiteConfig, new: SiteConfig) -> Iterator[Line]:
    """A line for each text that differs, naming every channel that it is said in."""
    names: dict[tuple[str, str], list[str]] = {}
    for channel, setup in new.channels.channels.items():
        before = channel_text(was, channel, old).text if was is not None else ""
        after = channel_text(now, channel, new)
        if before != after.text:
            names.setdefault((before, after.text), []).append(setup.name + borrowed(after.borrowed_from, new))
    for (a, b), channels in names.items():
        yield Line("、".join(channels), a, b)


def borrowed(source: str, config: SiteConfig) -> str:
    """Whose text it is, in brackets; empty for an own one."""
    known = {str(key): setup.name for key, setup in config.channels.channels.items()}
    return f"（借用{known.get(source, '网页第一句')}）" if source else ""
