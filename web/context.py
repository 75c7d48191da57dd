"""What does the current request know? Its release, its id, what is stopped now, and where to note what happens."""

from __future__ import annotations

from typing import cast

from flask import current_app, g

from core.paths import Root
from records.service import Records
from records.standing import Standing
from records.urgent import Urgent
from web.live import Holder, Live


def live() -> Live:
    """The release that this request is pinned to."""
    if "live" not in g:
        g.live = cast(Holder, current_app.extensions["kb-holder"]).get()
    return cast(Live, g.live)


def root() -> Root:
    """The site that is served."""
    return cast(Holder, current_app.extensions["kb-holder"]).root


def records() -> Records:
    """Where to note what happens in this request."""
    return cast(Records, current_app.extensions["kb-records"])


def urgent() -> Standing:
    """What is stopped, and which notices stand, as this request sees it: no older than a few seconds."""
    if "standing" not in g:
        g.standing = cast(Urgent, current_app.extensions["kb-urgent"]).standing()
    return cast(Standing, g.standing)


def request_id() -> str:
    return str(g.get("request_id", ""))
