"""Did this article help? One vote a visitor and article, which the same visitor may change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

from sqlalchemy import Connection, func, or_, select, update

from records.events import stored
from records.tables import VoteRow
from records.tokens import hashed
from records.upserts import insert

Reason = Literal["unclear", "not_mine", "outdated", "did_not_help", "human"]
REASONS: dict[Reason, str] = {
    "unclear": "看不懂",
    "not_mine": "不是我的问题",
    "outdated": "过期了",
    "did_not_help": "照做没用",
    "human": "想找人工",
}
assert set(REASONS) == set(get_args(Reason))
MOST_WORDS = 500


@dataclass(frozen=True)
class Vote:
    """What stands. words: masked, None when there are none or their time is over; changed_at: when it was last changed."""

    article: str
    solved: bool
    reason: Reason | None
    words: str | None
    at: datetime
    changed_at: datetime


def cast_vote(
    connection: Connection,
    visitor: str,
    article: str,
    solved: bool,
    reason: Reason | None,
    words: str | None,
    now: datetime,
) -> tuple[Vote, bool]:
    """Store what the visitor with this token says now in the place of what they said before; what stands, and whether it is new.

    A reason is kept only with ``solved`` false. words: as they were typed.
    """
    columns = (VoteRow.article, VoteRow.solved, VoteRow.reason, VoteRow.words, VoteRow.at, VoteRow.changed_at)
    given = insert(connection, VoteRow).values(
        visitor=hashed("vote", visitor),
        article=article,
        solved=solved,
        reason=None if solved else reason,
        words=(stored(words) or None) if words else None,
        at=now,
        changed_at=now,
    )
    new = {name: given.excluded[name] for name in ("solved", "reason", "words")}
    written = connection.execute(
        given.on_conflict_do_update(
            index_elements=["visitor", "article"],
            set_={**new, "changed_at": given.excluded.changed_at},
            where=or_(*(getattr(VoteRow, name).is_distinct_from(value) for name, value in new.items())),
        ).returning(*columns)
    ).one_or_none()
    # The same again, as by a double tap, changes nothing and returns nothing.
    mine = (VoteRow.visitor == hashed("vote", visitor), VoteRow.article == article)
    row = written or connection.execute(select(*columns).where(*mine)).one()
    return Vote(**row._asdict()), written is not None


def forget_words(connection: Connection, before: datetime) -> int:
    """The vote stays, the words of votes last changed before that moment go; how many had some."""
    old = (VoteRow.changed_at < before, VoteRow.words.is_not(None))
    number = connection.execute(select(func.count()).where(*old)).scalar_one()
    if number:
        connection.execute(update(VoteRow).where(*old).values(words=None))
    return number
