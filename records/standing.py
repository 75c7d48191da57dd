"""What is stopped, and which notices stand? A snapshot that every process keeps, read again every few seconds at most."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

from core.errors import DatabaseError

log = logging.getLogger("kb.records")
FRESH = 2.0  # seconds that a snapshot stands; then the next request has it read again, on the side
QUIET = 3.0  # seconds after which that request waits for it: nobody has asked for a while
WEB = "web"


@dataclass(frozen=True)
class Stop:
    """An article out of use. at, ended_at: from when to when; who, ended_by: names of colleagues."""

    article: str
    reason: str
    at: datetime
    who: str
    ended_at: datetime | None = None
    ended_by: str | None = None

    def held(self, moment: datetime) -> bool:
        """Whether the article was stopped at ``moment``."""
        return self.at <= moment and (self.ended_at is None or moment < self.ended_at)


@dataclass(frozen=True)
class Notice:
    """texts: channel → text, one for ``web`` at least; articles: the ids that it stands on, none for the whole site."""

    id: int
    texts: Mapping[str, str]
    articles: tuple[str, ...]
    starts: datetime
    ends: datetime
    at: datetime
    who: str
    ended_at: datetime | None = None
    ended_by: str | None = None

    def stood(self, moment: datetime) -> bool:
        """Whether it could be read at ``moment``."""
        begun = max(self.starts, self.at) <= moment < self.ends
        return begun and (self.ended_at is None or moment < self.ended_at)

    def text(self, channel: str) -> str:
        """What it says on ``channel``: the channel's own text, else that of the web."""
        return self.texts.get(channel) or self.texts[WEB]


@dataclass(frozen=True)
class NoticeText:
    """A notice on one channel. articles: none when it stands on the whole site."""

    id: int
    text: str
    articles: tuple[str, ...]
    ends: datetime


@dataclass(frozen=True)
class Standing:
    """One snapshot. stops: by the id of the article; all: notices that stand or are planned, the next to begin first."""

    stops: Mapping[str, Stop] = field(default_factory=lambda: MappingProxyType({}))
    all: tuple[Notice, ...] = ()

    def stopped(self, article: str) -> Stop | None:
        """Why ``article`` must not be shown, told or copied; None when it may."""
        return self.stops.get(article)

    def notices(self, about: str | Collection[str] | None, now: datetime, channel: str = WEB) -> list[NoticeText]:
        """What stands on ``about`` (an id, several, or None for a page that is no article) at ``now``, on ``channel``: the
        notices of the whole site first."""
        ids = {about} if isinstance(about, str) else set(about or ())
        here = [n for n in self.all if n.stood(now) and (not n.articles or ids.intersection(n.articles))]
        here.sort(key=lambda notice: bool(notice.articles))
        return [NoticeText(n.id, n.text(channel), n.articles, n.ends) for n in here]

    def tasks(self, now: datetime) -> dict[str, str]:
        """What editors have to do about it: id of an article → in words."""
        told = {article: "公告挂着，看要不要改" for n in self.all if n.stood(now) for article in n.articles}
        return {**told, **dict.fromkeys(self.stops, "已停用，等编辑改")}


class Watch:
    """Keeps the snapshot of one process. When the database is away, the last one stands: nothing that is stopped comes back."""

    def __init__(self, read: Callable[[], Standing], tell: Callable[[str], None] = lambda _reason: None) -> None:
        """read: asks the database, raises DatabaseError; tell: is told the reason each time that it could not be read."""
        self._read, self._tell = read, tell
        self._standing = Standing()
        self._tried: float | None = None
        self._reading = threading.Lock()
        self._away = False

    def get(self) -> Standing:
        """Never raises. Waits for the database only after a while in which nobody has asked."""
        age = self._age()
        if age > QUIET:
            with self._reading:
                if self._age() > QUIET:
                    self._take()
        elif age > FRESH and self._reading.acquire(blocking=False):
            threading.Thread(target=self._take_and_release, name="kb-standing", daemon=True).start()
        return self._standing

    def refresh(self) -> None:
        """Now: this process has just changed something."""
        with self._reading:
            self._take()

    def _age(self) -> float:
        return float("inf") if self._tried is None else time.monotonic() - self._tried

    def _take_and_release(self) -> None:
        try:
            self._take()
        finally:
            self._reading.release()

    def _take(self) -> None:
        """Holds ``_reading``."""
        try:
            self._standing = self._read()
        except DatabaseError as error:
            self._tell(error.reason)
            if not self._away:
                log.error("stops and notices cannot be read; the last ones stand", extra={"reason": error.reason})
            self._away = True
        else:
            if self._away:
                log.info("stops and notices can be read again")
            self._away = False
        finally:
            self._tried = time.monotonic()
