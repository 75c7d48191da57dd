"""What is a page, before anything is drawn? Its address, its name, and how to draw its body."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

Kind = Literal[
    "home", "category", "article", "gone", "questions", "ask", "human", "terms", "term", "widget", "privacy", "offline"
]


@dataclass(frozen=True)
class Page:
    """path: from the site's root, empty for the home page; listed: whether search engines are told of it."""

    path: str
    kind: Kind
    title: str
    draw: Callable[[], Markup]
    description: str = ""
    category: str = ""
    listed: bool = True


def up_from(path: str) -> str:
    """The way from a page to the site's root."""
    return "../" * path.count("/") or "./"
