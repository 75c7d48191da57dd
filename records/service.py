"""What may the web do with the records? Note what happened, take a vote, close a contact; nothing else talks to the database."""

from __future__ import annotations

from datetime import UTC, datetime

from records.contacts import Contact, close_contact
from records.database import Database
from records.events import Event
from records.votes import Reason, Vote, cast_vote
from records.writer import Tell, Writer


class Records:
    """The records of one site, from any process of it."""

    def __init__(self, database: Database, tell: Tell) -> None:
        self._database = database
        self._writer = Writer(database, tell)

    def note(self, event: Event) -> None:
        """Written soon, or lost and counted. Never raises, never waits."""
        self._writer.put(event)

    def vote(
        self, visitor: str, article: str, solved: bool, reason: Reason | None = None, words: str | None = None
    ) -> tuple[Vote, bool]:
        """What stands now, and whether it is new. Raises DatabaseError when it could not be stored."""
        with self._database.writing() as connection:
            return cast_vote(connection, visitor, article, solved, reason, words, datetime.now(UTC))

    def close(self, contact: Contact) -> Contact:
        """What stands now. Raises ContactError when it is another agent's, DatabaseError when it could not be stored: try again."""
        with self._database.writing() as connection:
            return close_contact(connection, contact)

    def flush(self) -> None:
        """Write what waits."""
        self._writer.close()
