"""What does a Markdown answer hold, and how does it look as HTML or as plain text?

CommonMark with tables (markdown-it-py). Raw HTML is never passed on: what the check refuses, the page escapes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

SAFE_SCHEMES = ("http:", "https:", "mailto:", "tel:")
_SCHEME = re.compile(r"^[a-zA-Z][a-zA-Z0-9+.-]*:")
# Every channel of an article reads the same answer, one after the other.
_RECENT = 64
_SENTENCE_END = re.compile(r"[。！？!?]")


def _any_link(url: str) -> bool:  # noqa: ARG001 - markdown-it calls it by this name
    """The check wants to see bad links too."""
    return True


_checker = MarkdownIt("commonmark", {"html": True}).enable("table")
_checker.validateLink = _any_link  # type: ignore[method-assign]
_page = MarkdownIt("commonmark", {"html": False}).enable("table")


@dataclass(frozen=True)
class Link:
    href: str
    line: int
    image: bool = False


@dataclass(frozen=True)
class Html:
    text: str
    line: int


def links_and_html(text: str) -> tuple[list[Link], list[Html]]:
    """Every link (and image) and every piece of raw HTML, with its line in ``text`` (0-based)."""
    links: list[Link] = []
    html: list[Html] = []
    for token in _checker.parse(text):
        line = token.map[0] if token.map else 0
        if token.type == "html_block":
            html.append(Html(token.content.strip(), line))
        for child in token.children or ():
            if child.type in ("softbreak", "hardbreak"):
                line += 1
            elif child.type == "html_inline":
                html.append(Html(child.content, line))
            else:
                href = child.attrGet("href") or child.attrGet("src")
                if href:
                    links.append(Link(str(href), line, child.type == "image"))
    return links, html


def scheme(href: str) -> str:
    """The scheme of a link with its colon, lower case; empty for a link inside the site."""
    found = _SCHEME.match(href.strip())
    return found[0].lower() if found else ""


def to_html(text: str, resolve: Callable[[str], str | None]) -> str:
    """``text`` as HTML. ``resolve`` turns a link inside the site into its address; None takes the link away."""
    tokens = _page.parse(text)
    for token in tokens:
        for child in token.children or ():
            if child.type == "link_open" and not scheme(str(child.attrGet("href"))):
                child.attrSet("href", resolve(str(child.attrGet("href"))) or "")
    for token in tokens:
        token.children = list(_without_dead(token.children)) if token.children else token.children
    return str(_page.renderer.render(tokens, _page.options, {}))


def _without_dead(children: list[Token]) -> Iterator[Token]:
    dead = False
    for child in children:
        if child.type == "link_open" and not child.attrGet("href"):
            dead = True
        elif child.type == "link_close" and dead:
            dead = False
        else:
            yield child


@lru_cache(_RECENT)
def to_plain(text: str) -> str:
    """``text`` as it reads aloud: no marks, one line a block."""
    lines: list[str] = []
    for token in _page.parse(text):
        if token.type == "inline":
            parts = ("\n" if c.type in ("softbreak", "hardbreak") else c.content for c in token.children or ())
            lines.append("".join(parts))
        elif token.type in ("fence", "code_block"):
            lines.append(token.content.strip())
    return "\n".join(line for line in lines if line)


@lru_cache(_RECENT)
def split_first(text: str) -> tuple[str, str]:
    """The first sentence as plain text, and the rest of the answer as Markdown."""
    stripped = text.strip()
    block, _, rest = stripped.partition("\n\n")
    plain = to_plain(block).replace("\n", "")
    end = _SENTENCE_END.search(plain)
    if end is None or end.end() == len(plain):
        return plain, rest.strip()
    source_end = _SENTENCE_END.search(block)
    tail = block[source_end.end() :].strip() if source_end else ""
    return plain[: end.end()], f"{tail}\n\n{rest}".strip()
