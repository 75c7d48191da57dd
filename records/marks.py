"""What did agents find wrong with an article, and what became of it? Marks reach editors, answers go back to who marked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

from sqlalchemy import ColumnElement, Connection, Row, Select, case, delete, func, select, update
from sqlalchemy.orm import aliased

from core.errors import DeskError
from records.accounts import Clock, utc_now
from records.database import Database
from records.desk_tables import MarkRow, VersionRow
from records.events import stored
from records.reading import Seen, keep
from records.tables import AccountRow

Kind = Literal["wrong", "outdated", "unclear", "missing"]
State = Literal["open", "mended", "declined"]
Outcome = Literal["mended", "declined"]
KINDS: dict[Kind, str] = {"wrong": "内容有误", "outdated": "过期了", "unclear": "看不懂", "missing": "缺一种情况"}
STATES: dict[State, str] = {"open": "等着处理", "mended": "已改好", "declined": "不改"}
assert set(KINDS) == set(get_args(Kind))
MOST_WORDS = 500


@dataclass(frozen=True)
class Mark:
    """who: the name of who marked; words, answer: masked, empty when there are none; answered_by: a name; seen: whether who marked
    has seen the answer."""

    id: int
    article: str
    version: str
    kind: Kind
    words: str
    who: str
    at: datetime
    state: State
    answer: str
    answered_by: str
    answered_at: datetime | None
    seen: bool

    @property
    def is_news(self) -> bool:
        """Whether there is an answer that who marked has not seen."""
        return self.state != "open" and not self.seen


class Marks:
    """The marks of one site. Every method raises DatabaseError."""

    def __init__(self, database: Database, clock: Clock = utc_now) -> None:
        self._database, self._clock = database, clock

    def mark(
        self, account: int, article: str, version: str, kind: Kind, words: str, seen: Seen | None = None
    ) -> tuple[int, bool]:
        """The number of the mark, and whether it is new: the same again, as by a double tap, is the one that waits already.

        seen: what the version says, when it is at hand.
        """
        kept, now = stored(words)[:MOST_WORDS], self._clock()
        same = (MarkRow.article == article, MarkRow.version == version, MarkRow.kind == kind, MarkRow.words == kept)
        with self._database.writing() as connection:
            if seen is not None:
                keep(connection, seen, now)
            waits = select(MarkRow.id).where(MarkRow.account == account, MarkRow.state == "open", *same)
            there = connection.execute(waits).scalar()
            if there is not None:
                return there, False
            row = {"article": article, "version": version, "kind": kind, "words": kept, "at": now}
            made = MarkRow.__table__.insert().values(account=account, state="open", answer="", **row)  # type: ignore[attr-defined]
            return connection.execute(made.returning(MarkRow.id)).scalar_one(), True

    def is_known(self, article: str, version: str) -> bool:
        """Whether somebody has read this version."""
        mine = (VersionRow.article == article, VersionRow.version == version)
        with self._database.reading() as connection:
            return connection.execute(select(VersionRow.version).where(*mine)).one_or_none() is not None

    def answer(self, mark: int, outcome: Outcome, words: str, by: int) -> None:
        """What became of it. Raises DeskError when it is answered already, when there is none, or when nobody says why not."""
        kept = stored(words)[:MOST_WORDS]
        if outcome == "declined" and not kept:
            raise DeskError("没有写为什么不改", "写一句给标记的人看，再点“不改”")
        given = {"state": outcome, "answer": kept, "answered_by": by, "answered_at": self._clock()}
        with self._database.writing() as connection:
            waits = update(MarkRow).where(MarkRow.id == mark, MarkRow.state == "open").values(**given)
            if connection.execute(waits).rowcount != 1:
                raise DeskError("这条标记已有人处理，或没有这一条", "刷新页面看结果")

    def open(self) -> list[Mark]:
        """All that wait, the oldest first."""
        return self._found(_marks().where(MarkRow.state == "open").order_by(MarkRow.at, MarkRow.id))

    def of(self, account: int, most: int = 200) -> list[Mark]:
        """The newest of ``account``: answers that they have not seen first."""
        news = case((MarkRow.state == "open", 1), (MarkRow.seen_at.is_not(None), 1), else_=0)
        mine = _marks().where(MarkRow.account == account)
        return self._found(mine.order_by(news, MarkRow.at.desc(), MarkRow.id.desc()).limit(most))

    def news(self, account: int) -> int:
        """How many answers ``account`` has not seen."""
        with self._database.reading() as connection:
            return connection.execute(select(func.count()).where(*_unseen(account))).scalar_one()

    def saw(self, account: int) -> None:
        """``account`` has seen all answers."""
        with self._database.writing() as connection:
            connection.execute(update(MarkRow).where(*_unseen(account)).values(seen_at=self._clock()))

    def _found(self, query: Select[tuple[object, ...]]) -> list[Mark]:
        with self._database.reading() as connection:
            return [_mark(row) for row in connection.execute(query)]


def forget_answered(connection: Connection, before: datetime) -> int:
    """Marks that were answered before that moment go; how many."""
    old = (MarkRow.state != "open", MarkRow.answered_at < before)
    return connection.execute(delete(MarkRow).where(*old)).rowcount


def _unseen(account: int) -> tuple[ColumnElement[bool], ...]:
    return MarkRow.account == account, MarkRow.state != "open", MarkRow.seen_at.is_(None)


def _marks() -> Select[tuple[object, ...]]:
    who, by = aliased(AccountRow), aliased(AccountRow)
    query = select(MarkRow.__table__, who.name.label("who"), by.name.label("by"))
    return query.join(who, who.id == MarkRow.account).outerjoin(by, by.id == MarkRow.answered_by)


def _mark(row: Row[tuple[object, ...]]) -> Mark:
    return Mark(
        id=row.id,
        article=row.article,
        version=row.version,
        kind=row.kind,
        words=row.words,
        who=row.who,
        at=row.at,
        state=row.state,
        answer=row.answer,
        answered_by=row.by or "",
        answered_at=row.answered_at,
        seen=row.seen_at is not None,
    )
