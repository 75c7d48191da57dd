"""Where does a view of the desk find what people have read and marked, and what an article says now?"""

from __future__ import annotations

from typing import cast

from flask import current_app

from articles.desk.version import parts, version_of
from articles.desk.view import DeskArticle
from records.gaps import Gaps
from records.marks import Marks
from records.own import Own
from records.reading import Reading, Seen
from web.context import live


def reading() -> Reading:
    return cast(Reading, current_app.extensions["kb-reading"])


def own() -> Own:
    return cast(Own, current_app.extensions["kb-own"])


def marks() -> Marks:
    return cast(Marks, current_app.extensions["kb-marks"])


def gaps() -> Gaps:
    return cast(Gaps, current_app.extensions["kb-gaps"])


def article(name: str) -> DeskArticle | None:
    """The article with this id, in whatever state; None when there is none."""
    return live().desk().articles.get(name)


def seen(article: DeskArticle) -> Seen:
    """``article`` as it stands before somebody now."""
    return Seen(article.id, parts(article), live().release.name)


def version(name: str) -> str:
    """The version that is there now; empty when there is no such article."""
    entry = live().desk().feed.get(name)
    if entry is not None:
        return entry.version
    now = article(name)
    return version_of(parts(now)) if now is not None else ""
