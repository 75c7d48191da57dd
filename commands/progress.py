"""How does long work show that it goes on? A bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

import click

from publishing.progress import STEPS, Progress


@contextmanager
def bar(label: str, length: int) -> Iterator[Callable[[int], None]]:
    """A progress bar on standard error; gives the function that moves it on."""
    if length == 0 or not sys.stderr.isatty():
        yield lambda _n: None
        return
    with click.progressbar(length=length, label=label, file=sys.stderr) as shown:
        yield shown.update


class Shown(Progress):
    """A publish on standard error: one line a step, and on a terminal a bar where a step has a length."""

    def __init__(self) -> None:
        self._open = ExitStack()

    def step(self, name: str, length: int = 0) -> Callable[[int], None]:
        """End the step before, begin this one."""
        self._open.close()
        label = f"[{STEPS.index(name) + 1}/{len(STEPS)}] {name}"
        if not length or not sys.stderr.isatty():
            click.echo(label, err=True)
        return self._open.enter_context(bar(label, length))

    def note(self, text: str) -> None:
        click.echo(text, err=True)

    def close(self) -> None:
        """End the last step."""
        self._open.close()


@contextmanager
def shown() -> Iterator[Progress]:
    """Progress of a publish on standard error."""
    progress = Shown()
    try:
        yield progress
    finally:
        progress.close()
