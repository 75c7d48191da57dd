"""Door 3, the clock: one process, one lock, a table of jobs. Nothing here knows how a job is done."""

from __future__ import annotations

import logging
import os
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from types import FrameType

from core.errors import KbError, ProblemsFound, WorkerError
from core.logs import log_to_stderr
from core.paths import Root
from publishing.due import Turn, work_off
from publishing.lock import worker_lock
from publishing.progress import Progress
from publishing.weekly import send_weekly
from records.purging import purge
from records.urgent_history import open_tasks

log = logging.getLogger("kb.worker")
TICK = 0.5
RETRY = 60.0


class Logged(Progress):
    """A publish in the log: its steps only when somebody looks for them."""

    def step(self, name: str, length: int = 0) -> Callable[[int], None]:
        log.debug("step", extra={"step": name, "length": length})
        return lambda _done: None

    def note(self, text: str) -> None:
        log.info("note", extra={"text": text})


@dataclass(frozen=True)
class Job:
    """run is called every so many seconds (of a clock that never jumps), after a failure a minute later."""

    name: str
    every: float
    run: Callable[[Root, Progress], object]


def jobs() -> tuple[Job, ...]:
    """The table."""
    return (
        Job("publish queue", 1, work_off),
        Job("valid_from and valid_to", 20, Turn()),
        Job("weekly digest", 600, partial(send_weekly, tasks=open_tasks)),
        Job("purge of old records", 3600, purge),
    )


def run(root: Root, log_level: str, *, beside: bool = False) -> None:
    """Work until a signal comes. beside: started by a server, so wait for the lock and end when the server has ended.

    Raises WorkerError when another worker runs (not when ``beside``).
    """
    log_to_stderr(log_level)
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, _stop)
    parent = os.getppid() if beside else None
    while True:
        try:
            with worker_lock(root):
                log.info("worker started", extra={"root": str(root.path)})
                _work(root, parent)
                return
        except WorkerError:
            if not beside or os.getppid() != parent:
                raise
            time.sleep(TICK)


def _work(root: Root, parent: int | None) -> None:
    due = dict.fromkeys(jobs(), 0.0)
    while parent is None or os.getppid() == parent:
        for job, when in due.items():
            if time.monotonic() >= when:
                wait = job.every if _done(job, root) else max(job.every, RETRY)
                due[job] = time.monotonic() + wait
        time.sleep(TICK)


def _done(job: Job, root: Root) -> bool:
    """Run ``job``; whatever goes wrong is told, and the worker goes on."""
    try:
        result = job.run(root, Logged())
    except KbError as error:
        problems = [str(p) for p in error.problems] if isinstance(error, ProblemsFound) else []
        log.error("job failed", extra={"job": job.name, "code": error.code, "error": str(error), "problems": problems})
        return not error.passes
    except Exception:
        log.exception("job broke", extra={"job": job.name})
        return False
    if result is not None:
        log.info("job done", extra={"job": job.name})
    return True


def _stop(_signal: int, _frame: FrameType | None) -> None:
    """At once, even in the middle of a publish: what was half made is swept away by the next one."""
    log.info("worker stopped")
    raise SystemExit(0)
