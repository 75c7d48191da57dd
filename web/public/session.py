"""How does a visit go on when any worker may answer? Its trail travels with it, signed; nothing is kept here.

A token holds a few masked questions and the articles that were shown. Whoever has it can read that, but not change it.
"""

from __future__ import annotations

import secrets
from typing import cast

from flask import current_app
from itsdangerous import BadData, URLSafeTimedSerializer
from pydantic import BaseModel, ValidationError

from core.keys import shared_key
from core.paths import Root
from search.bands import Band
from search.trail import Trail, Turn

LIFETIME = 6 * 3600  # seconds since the last question
_LONGEST = 8192


class _Turn(BaseModel):
    q: str
    b: Band
    s: list[str]


class _Visit(BaseModel):
    n: str
    t: list[_Turn]


class Sessions:
    """Makes and reads the tokens of one site."""

    def __init__(self, root: Root) -> None:
        self._signer = URLSafeTimedSerializer(shared_key(root.var / "session.key"), salt="kb-session")

    def read(self, token: str | None) -> tuple[str, Trail]:
        """The visit's random name and its trail; a new visit for a token that is forged, damaged or too old."""
        try:
            if not token or len(token) > _LONGEST:
                raise BadData("none")
            visit = _Visit.model_validate(self._signer.loads(token, max_age=LIFETIME))
        except (BadData, ValidationError, ValueError):
            return secrets.token_urlsafe(12), ()
        return visit.n, tuple(Turn(turn.q, turn.b, tuple(turn.s)) for turn in visit.t)

    def token(self, name: str, trail: Trail) -> str:
        """The token of a visit that has got so far."""
        turns = [{"q": turn.asked, "b": turn.band, "s": list(turn.shown)} for turn in trail]
        return str(self._signer.dumps({"n": name, "t": turns}))


def sessions() -> Sessions:
    return cast(Sessions, current_app.extensions["kb-sessions"])
