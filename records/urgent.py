"""What cannot wait for git? A supervisor stops an article or posts a notice, with an entry in the audit log, until it is undone."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence

from sqlalchemy import insert, update

from articles.config import ChannelSetup
from articles.schema import Channel
from core.errors import UrgentRefused
from records import audit
from records.accounts import Account, Clock, utc_now
from records.database import Database
from records.events import stored
from records.standing import Standing, Watch
from records.tables import NoticeRow, StopRow
from records.upserts import insert as insert_once
from records.urgent_form import NoticeForm, checked, wrong_with_reason
from records.urgent_history import standing


class Urgent:
    """The stops and notices of one site. Whatever changes something raises DatabaseError."""

    def __init__(
        self, database: Database, clock: Clock = utc_now, tell: Callable[[str], None] = lambda _reason: None
    ) -> None:
        """tell: is told the reason whenever the snapshot could not be read."""
        self._database, self._clock = database, clock
        self._watch = Watch(lambda: standing(database, clock()), tell)

    def standing(self) -> Standing:
        """What stands, as this process knows it: no older than a few seconds. Never raises."""
        return self._watch.get()

    def stop(self, article: str, reason: str, who: Account) -> bool:
        """Take ``article`` out of use at once; False when it was so before. reason: as it was typed, kept masked.

        Raises UrgentRefused for a reason that is none.
        """
        wrong = wrong_with_reason(reason)
        if wrong:
            raise UrgentRefused(wrong)
        now = self._clock()
        with self._database.writing() as connection:
            row = {"article": article, "reason": stored(reason), "account": who.id, "at": now}
            given = insert_once(connection, StopRow).values(**row).on_conflict_do_nothing().returning(StopRow.id)
            is_new = connection.execute(given).one_or_none() is not None
            if is_new:
                audit.note(connection, now, who.login, "article.stopped", article)
        self._watch.refresh()
        return is_new

    def start(self, article: str, who: Account) -> bool:
        """Bring ``article`` back; False when it was not stopped."""
        now = self._clock()
        with self._database.writing() as connection:
            mine = (StopRow.article == article, StopRow.ended_at.is_(None))
            done = connection.execute(update(StopRow).where(*mine).values(ended_at=now, ended_by=who.id)).rowcount > 0
            if done:
                audit.note(connection, now, who.login, "article.started", article)
        self._watch.refresh()
        return done

    def post(
        self,
        form: NoticeForm,
        who: Account,
        known: Container[str],
        channels: Mapping[Channel, ChannelSetup],
        wrong: Sequence[tuple[str, str]] = (),
    ) -> int:
        """Its number. known: the ids of all articles; channels: what they are called and how much they hold; wrong: what was found
        before.

        Raises UrgentRefused with everything that is wrong in ``form``.
        """
        now = self._clock()
        row = checked(form, known, channels, now, wrong)
        with self._database.writing() as connection:
            made = insert(NoticeRow).values(**row, account=who.id, at=now).returning(NoticeRow.id)
            number: int = connection.execute(made).scalar_one()
            audit.note(connection, now, who.login, "notice.posted", str(number))
        self._watch.refresh()
        return number

    def end(self, number: int, who: Account) -> bool:
        """Take a notice down before its end; False when it is over, or was never there."""
        now = self._clock()
        with self._database.writing() as connection:
            mine = (NoticeRow.id == number, NoticeRow.ended_at.is_(None), NoticeRow.ends > now)
            ended = update(NoticeRow).where(*mine).values(ended_at=now, ended_by=who.id)
            done = connection.execute(ended).rowcount > 0
            if done:
                audit.note(connection, now, who.login, "notice.ended", str(number))
        self._watch.refresh()
        return done
