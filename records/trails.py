"""What has this visit tried already? For the page 找人工 and whoever takes over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from records.tables import TrailRow
from records.tokens import hashed

KEPT_DAYS = 7
MOST = 50


@dataclass(frozen=True)
class Told:
    """One step as it stands. asked: masked; band and article: what was found, when anything was."""

    at: datetime
    asked: str
    band: str | None
    article: str | None


def trail(connection: Connection, session: str) -> list[Told]:
    """The last steps of the session with this token, oldest first."""
    columns = (TrailRow.at, TrailRow.asked, TrailRow.band, TrailRow.article)
    mine = TrailRow.session == hashed("trail", session)
    rows = connection.execute(select(*columns).where(mine).order_by(TrailRow.id.desc()).limit(MOST))
    return [Told(*row) for row in reversed(rows.all())]
