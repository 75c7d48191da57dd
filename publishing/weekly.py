"""Has the digest of this week left? The worker asks; one try a week, so that nobody gets the same letter twice."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime

from articles.loading import load
from articles.stale import NOTHING
from core.paths import Root
from core.settings import settings
from publishing.build import Clock, now
from publishing.digest import Sent, digest_due, is_configured, send_digest
from publishing.layout import write_json
from publishing.progress import SILENT, Progress


def _none(_root: Root) -> Mapping[str, str]:
    return NOTHING


def send_weekly(
    root: Root, _progress: Progress = SILENT, *, clock: Clock = now, tasks: Callable[[Root], Mapping[str, str]] = _none
) -> Sent | None:
    """Send it when it is due; None when it is not, or nothing is configured. tasks: asks what cannot wait (see due_articles).

    Raises DeliveryError when a part did not leave: that is told once, and ``kb stale --send`` sends all of it again.
    """
    ours, moment = settings(), clock()
    if not is_configured(ours) or not digest_due(_last(root), moment):
        return None
    waiting = tasks(root)
    write_json(root.var / "digest.json", {"sent": moment.isoformat()})
    return send_digest(load(root), ours, moment.astimezone().date(), tasks=waiting)


def _last(root: Root) -> datetime | None:
    try:
        return datetime.fromisoformat(json.loads((root.var / "digest.json").read_text("utf-8"))["sent"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
