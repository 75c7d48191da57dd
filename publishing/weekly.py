"""Has the digest of this week left? The worker asks; one try a week, so that nobody gets the same letter twice."""

from __future__ import annotations

import json
from datetime import datetime

from articles.loading import load
from core.paths import Root
from core.settings import settings
from publishing.build import Clock, now
from publishing.digest import Sent, digest_due, is_configured, send_digest
from publishing.layout import write_json
from publishing.progress import SILENT, Progress


def send_weekly(root: Root, _progress: Progress = SILENT, *, clock: Clock = now) -> Sent | None:
    """Send it when it is due; None when it is not, or nothing is configured.

    Raises DeliveryError when a part did not leave: that is told once, and ``kb stale --send`` sends all of it again.
    """
    ours, moment = settings(), clock()
    if not is_configured(ours) or not digest_due(_last(root), moment):
        return None
    write_json(root.var / "digest.json", {"sent": moment.isoformat()})
    return send_digest(load(root), ours, moment.astimezone().date())


def _last(root: Root) -> datetime | None:
    try:
        return datetime.fromisoformat(json.loads((root.var / "digest.json").read_text("utf-8"))["sent"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
