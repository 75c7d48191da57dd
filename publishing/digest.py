"""Who is reminded of articles to be looked at again, and when? A weekly digest by mail and to the robot of a chat."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import groupby

from articles.loading import Kb
from articles.stale import NOTHING, Due, due_articles
from core.chat import LONGEST, send_chat
from core.errors import DeliveryError
from core.mail import Mailer
from core.settings import Settings

WITHIN = 30  # days ahead
_HOUR = time(8)  # on Mondays, local time


@dataclass
class Sent:
    """What left. articles: how many are due; mails: the addresses that got one; chat: whether the robot did."""

    articles: int
    mails: list[str] = field(default_factory=list)
    chat: bool = False


def digest_due(last_sent: datetime | None, now: datetime) -> bool:
    """Whether the digest of this week has still to leave: each Monday at 8, or later when nobody was there then.

    Both with a time zone. A last time that lies in the future was written by a wrong clock, and does not count.
    """
    local = now.astimezone()
    monday = datetime.combine(local.date() - timedelta(days=local.weekday()), _HOUR).astimezone()
    if monday > local:
        monday = datetime.combine(monday.date() - timedelta(days=7), _HOUR).astimezone()
    return last_sent is None or last_sent < monday or last_sent > now


def is_configured(settings: Settings) -> bool:
    """Whether there is any way to send a digest."""
    return bool(settings.smtp_url.get_secret_value() or settings.chat_webhook.get_secret_value())


def send_digest(
    kb: Kb, settings: Settings, today: date, within: int = WITHIN, tasks: Mapping[str, str] = NOTHING
) -> Sent:
    """Each owner with an address in owners.yml gets their own list, KB_DIGEST_TO and the chat get all of it.

    tasks: what cannot wait (see due_articles).

    Nothing is sent when nothing is due. Raises DeliveryError when nothing is configured, or when a part did not leave:
    the others have left all the same.
    """
    if not is_configured(settings):
        raise DeliveryError("没有设置怎么寄", "设置 KB_SMTP_URL 和 KB_MAIL_FROM，或 KB_CHAT_WEBHOOK")
    due = due_articles(kb, today, within, tasks)
    sent, failed = Sent(len(due)), []
    if due:
        failed += _mail(kb, settings, due, sent)
        failed += _chat(kb, settings, due, sent)
    if failed:
        more = f"（共 {len(failed)} 处没有送到）" if len(failed) > 1 else ""
        raise DeliveryError(f"{failed[0].message}{more}", failed[0].fix)
    return sent


def _mail(kb: Kb, settings: Settings, due: list[Due], sent: Sent) -> list[DeliveryError]:
    url = settings.smtp_url.get_secret_value()
    if not url:
        return []
    everything = [address.strip() for address in settings.digest_to.split(",") if address.strip()]
    letters = [(everything, due)] if everything else []
    for owner, mine in groupby(due, key=lambda one: one.owner):
        known = kb.config.owners.owners.get(owner)
        if known and known.email and known.email not in everything:
            letters.append(([known.email], list(mine)))
    if not letters:
        return [DeliveryError("没有一个收件地址", "在 site_config/owners.yml 里写 email，或设置 KB_DIGEST_TO")]
    failed = []
    try:
        mailer = Mailer(url, settings.mail_from)
    except DeliveryError as error:
        return [error]
    for to, some in letters:
        try:
            mailer.send(to, f"{kb.config.brand.name}知识库：{_counted(some)}", _letter(some))
            sent.mails += to
        except DeliveryError as error:
            failed.append(error)
    return failed


def _chat(kb: Kb, settings: Settings, due: list[Due], sent: Sent) -> list[DeliveryError]:
    webhook = settings.chat_webhook.get_secret_value()
    if not webhook:
        return []
    try:
        send_chat(webhook, _message(f"{kb.config.brand.name}知识库：{_counted(due)}", due), settings.chat_kind)
        sent.chat = True
    except DeliveryError as error:
        return [error]
    return []


def _counted(due: Sequence[Due]) -> str:
    urgent = sum(1 for one in due if one.urgent)
    late = sum(1 for one in due if not one.urgent and (one.days is None or one.days < 0))
    told = f"{len(due)} 篇文章要复核" + (f"，其中 {late} 篇已过期或没有日期" if late else "")
    return told + (f"，{urgent} 篇停用或挂着公告" if urgent else "")


def _letter(due: Sequence[Due]) -> str:
    """Everything, by owner."""
    lines = ["这些文章到了要再看一遍的时候。看过以后，把 review_by 改成下一次的日期，提交、发布。"]
    if any(one.urgent for one in due):
        lines.append("停用的：改好、发布以后，请主管在坐席台“停用和公告”里恢复。")
    lines.append("")
    for owner, some in groupby(due, key=lambda one: one.owner):
        lines.append(f"【{owner}】")
        lines += [f"{one.state}  {one.question}  {one.path}（{one.id}）" for one in some]
        lines.append("")
    return "\n".join(lines)


def _message(title: str, due: Sequence[Due]) -> str:
    """As much as a robot takes: the figures of every owner, then the most urgent articles."""
    lines = [title]
    for owner, some in groupby(due, key=lambda one: one.owner):
        lines.append(f"{owner}：{_counted(list(some))}")
    urgent = sorted(due, key=lambda one: (not one.urgent, one.review_by or date.max, one.id))
    lines += [f"- {one.state} {one.question}（{one.id}）" for one in urgent]
    rest = "……其余见 kb stale"
    kept: list[str] = []
    for line in lines:
        if len("\n".join([*kept, line, rest]).encode()) > LONGEST:
            return "\n".join([*kept, rest])
        kept.append(line)
    return "\n".join(kept)
