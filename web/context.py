"""What does the current request know? Its release, its id, and where to note what happens."""

from __future__ import annotations

from typing import cast

from flask import current_app, g

from records.service import Records
from web.live import Holder, Live


def live() -> Live:
    """The release that this request is pinned to."""
    if "live" not in g:
        g.live = cast(Holder, current_app.extensions["kb-holder"]).get()
    return cast(Live, g.live)


def records() -> Records:
    """Where to note what happens in this request."""
    return cast(Records, current_app.extensions["kb-records"])


def request_id() -> str:
    return str(g.get("request_id", ""))
