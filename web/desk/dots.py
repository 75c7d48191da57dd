"""What waits for this person, in which place of the bar? Articles that they must read, and answers to what they marked."""

from __future__ import annotations

from core.errors import KbError
from records.accounts import Account
from web.context import live
from web.desk.kept import marks, reading


def dots(who: Account) -> dict[str, int]:
    """Address of a place → how many wait there; nothing when nobody can say: a page is more than its bar."""
    try:
        return {"/desk/reading": unread(who), "/desk/marks": marks().news(who.id)}
    except KbError:
        return {}


def unread(who: Account) -> int:
    """How many articles ``who`` must read and has not acknowledged as they are now. Raises DatabaseError, ReleaseError."""
    current = live().desk().feed.must_read
    return len(current) - len(reading().acknowledged(who.id, current))
