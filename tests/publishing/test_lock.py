"""Is a lock gone with its publish, however that ends, though a helper of it lives on?"""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

from core.paths import Root
from publishing.lock import publishing_lock

_PUBLISH = """
import os, sys, time
from core.paths import Root
from publishing.lock import publishing_lock

with publishing_lock(Root.at(sys.argv[1])):
    if not os.fork():
        print(os.getpid(), flush=True)  # it says so itself: only now has it let go
    time.sleep(60)
"""


def test_a_helper_that_outlives_its_publish_holds_nothing(live: Root) -> None:
    command = [sys.executable, "-c", _PUBLISH, str(live.path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as publish:
        assert publish.stdout is not None
        helper = int(publish.stdout.readline())
        publish.kill()
        publish.wait()
        os.kill(helper, 0)  # it is there
        try:
            with publishing_lock(live, lambda: pytest.fail("the lock has outlived its publish")):
                pass
        finally:
            os.kill(helper, signal.SIGKILL)


def test_while_the_publish_lives_its_lock_does_though_a_helper_let_go(live: Root) -> None:
    command = [sys.executable, "-c", _PUBLISH, str(live.path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as publish:
        assert publish.stdout is not None
        helper = int(publish.stdout.readline())
        os.kill(helper, signal.SIGKILL)
        with pytest.raises(InterruptedError), publishing_lock(live, _interrupt):
            raise AssertionError("two publishes at once")
        publish.kill()


def _interrupt() -> None:
    raise InterruptedError
