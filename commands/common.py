"""What do all verbs share? ``--root``, and one way of telling an error."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from articles.loading import Kb
from commands.progress import bar
from core.errors import KbError, ProblemsFound
from core.paths import Root
from search.local import open_local
from search.service import SearchService


class Kefu(click.Group):
    """A group that tells a KbError as one sentence, and every problem of the content on its own line."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except ProblemsFound as error:
            for problem in error.problems:
                click.echo(str(problem), err=True)
            click.echo(f"{error.code}: {error}", err=True)
        except KbError as error:
            click.echo(f"{error.code}: {error}", err=True)
        sys.exit(1)


def _root(_ctx: click.Context, _param: click.Parameter, value: str) -> Root:
    return Root.at(Path(value))


def root_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """``--root DIR``: which knowledge base."""
    return click.option(
        "--root",
        default=".",
        show_default="当前文件夹",
        metavar="DIR",
        callback=_root,
        help="放 kb/ 和 site_config/ 的文件夹",
    )(command)


def open_search(kb: Kb) -> SearchService:
    """A search over the articles as they stand, with a bar while they are indexed."""
    with bar("建索引", len(kb.articles)) as step:
        return open_local(kb, step)
