"""Which release does this request see? Holds the live one open, and takes up a new one without a restart."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import IO

from core.errors import KbError, ReleaseError
from core.paths import Root
from publishing.layout import Release, current, releases
from publishing.lock import hold
from publishing.opened import Opened, open_release

log = logging.getLogger("kb.web")
# A process that nobody has asked for this many seconds opens a new release before it answers; a busy one meanwhile.
QUIET = 2.0


@dataclass(frozen=True)
class Live(Opened):
    """An opened release that cannot be pruned while a request still holds this (the file ``pin`` is locked)."""

    pin: IO[bytes] | None = None


class Holder:
    """Hands out the live release. When the symlink has moved, the new one is opened beside the old one, then taken."""

    def __init__(self, root: Root) -> None:
        """Raises ReleaseError when there is no release, IndexMismatch when it cannot be opened."""
        release = current(root)
        if release is None:
            raise ReleaseError("还没有发布", "先运行 kb publish")
        self.root = root
        self._live = Live(**vars(open_release(root, release)))
        self._pinned_by = 0
        self._asked = time.monotonic()
        self._refused = ""
        self._opening = threading.Lock()

    def get(self) -> Live:
        """The release that this request sees. Raises ReleaseError when every release has been taken away."""
        if self._pinned_by != os.getpid():
            self._pin()
        quiet = time.monotonic() - self._asked > QUIET
        self._asked = time.monotonic()
        if not self._live.release.site.is_dir():
            self._replace_lost()
        release = current(self.root)
        fresh = release is not None and release.name not in (self._live.release.name, self._refused)
        if release is not None and fresh and self._opening.acquire(blocking=False):
            if quiet:
                self._take(release)
            else:
                threading.Thread(target=self._take, args=(release,), daemon=True).start()
        return self._live

    def _pin(self) -> None:
        """Once a process: what was opened before the fork is pinned by whoever answers, not by the one that forked."""
        with self._opening:
            if self._pinned_by != os.getpid():
                self._live = replace(self._live, pin=hold(self._live.release))
                self._pinned_by = os.getpid()

    def _take(self, release: Release) -> None:
        """Holds ``_opening`` already."""
        try:
            self._live = self._open(release)
            log.info("release taken up", extra={"release": release.name})
        except KbError:
            self._refused = release.name
            log.exception("release cannot be opened; the old one stays", extra={"release": release.name})
        finally:
            self._opening.release()

    def _open(self, release: Release) -> Live:
        pin = hold(release)
        if pin is None:
            raise ReleaseError(f"发布 {release.name} 不见了", "运行 kb publish 重新发布")
        return Live(**vars(open_release(self.root, release)), pin=pin)

    def _replace_lost(self) -> None:
        """The folder that is served from has been deleted: the live release, or else the newest that can be opened."""
        with self._opening:
            if self._live.release.site.is_dir():
                return
            for release in self._others():
                try:
                    self._live = self._open(release)
                except KbError:
                    continue
                log.error("release is gone; another one serves", extra={"release": release.name})
                return
        raise ReleaseError("所有的发布都不见了", "运行 kb publish 重新发布")

    def _others(self) -> Iterator[Release]:
        live = current(self.root)
        if live is not None:
            yield live
        yield from (r for r in reversed(releases(self.root)) if "withdrawn" not in r.state())
