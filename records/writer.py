"""Who writes events? A thread of each process, in batches, off the path of a request. What cannot be written is counted and lost."""

from __future__ import annotations

import atexit
import logging
import os
import threading
import time
from collections import Counter
from collections.abc import Callable
from queue import Empty, Full, Queue

from core.errors import DatabaseError
from records.database import Database
from records.events import Event, write

log = logging.getLogger("kb.records")
WAITING = 10_000  # events that may wait in one process
BATCH = 500
GATHER = 0.25  # seconds that a batch may grow
LAST_WORDS = 3.0  # seconds to write what waits when the process ends

# ("written", kind, how many) or ("lost", reason, how many)
Tell = Callable[[str, str, int], None]


class Writer:
    """Takes events and never waits. The thread starts in the process that has something to write, so a fork does no harm."""

    def __init__(self, database: Database, tell: Tell, waiting: int = WAITING) -> None:
        self._database, self._tell, self._waiting = database, tell, waiting
        self._queue: Queue[Event | None]
        self._thread: threading.Thread | None
        self._starting: threading.Lock
        self._fresh()
        os.register_at_fork(after_in_child=self._fresh)

    def put(self, event: Event) -> None:
        """Never raises, never waits: with a full queue the event is lost, and counted."""
        try:
            self._queue.put_nowait(event)
        except Full:
            self._tell("lost", "queue", 1)
        if self._thread is None or not self._thread.is_alive():
            self._start()

    def close(self, patience: float = LAST_WORDS) -> None:
        """Write what waits. What is not written after so many seconds is lost, and counted."""
        with self._starting:
            thread, self._thread = self._thread, None
        if thread is None:
            return
        end = time.monotonic() + patience
        try:
            self._queue.put(None, timeout=patience)
            thread.join(max(0.0, end - time.monotonic()))
        except Full:
            pass
        if thread.is_alive():
            self._tell("lost", "exit", self._queue.qsize())

    def _fresh(self) -> None:
        """What a fork copied belongs to the parent: the queue, the thread, and a lock that somebody may have held."""
        self._queue, self._thread, self._starting = Queue(self._waiting), None, threading.Lock()
        self._registered = False

    def _start(self) -> None:
        with self._starting:
            if self._thread is not None and self._thread.is_alive():
                return
            thread = self._thread = threading.Thread(target=self._work, name="kb-events", daemon=True)
            thread.start()
            if not self._registered:
                atexit.register(self.close)
                self._registered = True

    def _work(self) -> None:
        going = True
        while going:
            batch, going = self._gather()
            if batch:
                self._write(batch)

    def _gather(self) -> tuple[list[Event], bool]:
        """What has come within a moment; whether to go on after it."""
        batch: list[Event] = []
        thing = self._queue.get()
        end = time.monotonic() + GATHER
        while thing is not None:
            batch.append(thing)
            if len(batch) == BATCH:
                return batch, True
            try:
                thing = self._queue.get(timeout=max(0.0, end - time.monotonic()))
            except Empty:
                return batch, True
        return batch, False

    def _write(self, batch: list[Event]) -> None:
        try:
            with self._database.writing() as connection:
                write(connection, batch)
        except Exception as error:  # the thread has to live on
            reason = error.reason if isinstance(error, DatabaseError) else "other"
            self._tell("lost", reason, len(batch))
            unknown = error if reason == "other" else None  # a fault to look into, not one to mend outside
            log.error("events lost", exc_info=unknown, extra={"reason": reason, "number": len(batch)})
            return
        for kind, number in Counter(event.kind for event in batch).items():
            self._tell("written", kind, number)
