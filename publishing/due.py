"""What is there to do without anybody at the keyboard? Work the queue off; publish again on the day an article turns."""

from __future__ import annotations

from core.errors import KbError
from core.paths import Root
from publishing import queue
from publishing.build import Clock, Published, now, publish_again, publish_asked
from publishing.housekeeping import settle
from publishing.layout import current
from publishing.lock import publishing_lock
from publishing.progress import SILENT, Progress


def work_off(root: Root, progress: Progress = SILENT, *, clock: Clock = now) -> Published | None:
    """Publish the newest commit of what has been asked for; None when nothing has. Raises what a publish raises."""
    asked = queue.waiting(root)
    return publish_asked(root, asked[-1].branch, progress, clock=clock) if asked else None


class Turn:
    """An article appears and disappears at its time: what is live is made again when the day says so."""

    def __init__(self) -> None:
        self._looked_at: tuple[str, str] | None = None

    def __call__(self, root: Root, progress: Progress = SILENT, *, clock: Clock = now) -> Published | None:
        """None when nothing turns today. A clock that was put back is a new day like any other."""
        live = current(root)
        if live is None:
            if (root.var / "current").is_symlink():
                with publishing_lock(root):
                    settle(root)
            return None
        today = clock().astimezone().date().isoformat()
        manifest = live.manifest()
        made, turn = str(manifest.get("day", today)), manifest.get("next_change")
        due = today < made or (turn is not None and today >= turn)
        if not due or self._looked_at == (live.name, today):
            return None
        self._looked_at = (live.name, today)  # what cannot be made today cannot be made a minute later
        try:
            published = publish_again(root, progress, clock=clock)
        except KbError as error:
            if error.passes:
                self._looked_at = None
            raise
        self._looked_at = (published[0].name, today)
        return published
