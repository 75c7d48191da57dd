"""What did agents look for that no article answers? Equal questions are one gap, and how often it was met is counted."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import Connection, delete, select, update

from core.errors import DeskError
from records.accounts import Clock, utc_now
from records.database import Database
from records.desk_tables import GapRow
from records.events import stored
from records.tables import AccountRow
from records.upserts import insert

State = Literal["open", "closed"]
# The same person asking the same again so soon has pressed the key twice.
TWICE = timedelta(minutes=10)
_SILENT = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Gap:
    """query: masked; category, product: the filters of that search, empty without; who: the name of who asked last; times: how often;
    article: what answers it now, empty when nothing does."""

    id: int
    query: str
    category: str
    product: str
    who: str
    at: datetime
    last_at: datetime
    times: int
    state: State
    article: str


def folded(query: str) -> str:
    """How two questions are told to be the same: without width, case, spaces and punctuation."""
    text = unicodedata.normalize("NFKC", query).casefold()
    return _SILENT.sub("", text) or text


class Gaps:
    """The gaps of one site. Every method raises DatabaseError."""

    def __init__(self, database: Database, clock: Clock = utc_now) -> None:
        self._database, self._clock = database, clock

    def add(self, account: int, query: str, category: str = "", product: str = "") -> tuple[int, bool]:
        """How often it has been met, and whether it is new. A gap that was closed is open again: it is still met.

        Raises DeskError when nothing is left of ``query``.
        """
        kept, now = stored(query), self._clock()
        if not kept:
            raise DeskError("没有问题可记", "先在搜索框里写客户的问题")
        first = {"account": account, "at": now, "last_at": now, "times": 1, "state": "open", "article": ""}
        row = {"folded": folded(kept), "query": kept, "category": category, "product": product, **first}
        mine = GapRow.folded == row["folded"]
        with self._database.writing() as connection:
            made = insert(connection, GapRow).values(**row).on_conflict_do_nothing().returning(GapRow.id)
            if connection.execute(made).one_or_none() is not None:
                return 1, True
            columns = (GapRow.account, GapRow.last_at, GapRow.times, GapRow.state)
            was = connection.execute(select(*columns).where(mine).with_for_update()).one()
            if was.state == "open" and was.account == account and now - was.last_at < TWICE:
                return was.times, False
            again = {"account": account, "last_at": now, "times": was.times + 1}
            again |= {"state": "open", "article": "", "closed_at": None}
            connection.execute(update(GapRow).where(mine).values(**again))
            return was.times + 1, was.state != "open"

    def close(self, gap: int, article: str) -> None:
        """``article`` answers it now; empty: nothing ever will. Raises DeskError when it is not open."""
        given = {"state": "closed", "article": article, "closed_at": self._clock()}
        with self._database.writing() as connection:
            waits = update(GapRow).where(GapRow.id == gap, GapRow.state == "open").values(**given)
            if connection.execute(waits).rowcount != 1:
                raise DeskError("这一条已有人处理，或没有这一条", "刷新页面看结果")

    def open(self) -> list[Gap]:
        """All that are open, those met most often first."""
        columns = [getattr(GapRow, name) for name in ("id", "query", "category", "product")]
        columns += [AccountRow.name, GapRow.at, GapRow.last_at, GapRow.times, GapRow.state, GapRow.article]
        query = select(*columns).join(AccountRow, AccountRow.id == GapRow.account).where(GapRow.state == "open")
        with self._database.reading() as connection:
            rows = connection.execute(query.order_by(GapRow.times.desc(), GapRow.last_at.desc(), GapRow.id))
            return [Gap(*row) for row in rows]


def forget_closed(connection: Connection, before: datetime) -> int:
    """Gaps that were closed before that moment go; how many."""
    return connection.execute(delete(GapRow).where(GapRow.state == "closed", GapRow.closed_at < before)).rowcount
