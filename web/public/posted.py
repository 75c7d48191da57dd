"""What does a stop or a notice change in a file of the static site? HTML and the browser's small index, made again while it stands."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from flask import render_template
from markupsafe import Markup

from articles.pages.icons import icon
from articles.public import PublicArticle
from records.standing import NoticeText
from web.live import Live

SMALL_INDEX = "assets/search/small.json"
_MAIN = '<div id="main"'
_RECENT = 64  # pages that a process keeps as they stand with what is posted
_TITLE = re.compile(r"<title>.*?</title>", re.DOTALL)
_CHECKING = "停用核对中"


@dataclass(frozen=True)
class Made:
    """A file as it is sent: its bytes, the same compressed, and what tells it from others."""

    body: bytes
    packed: bytes
    tag: str


def made_page(file: Path, notices: list[NoticeText], stopped: Collection[str]) -> Made | None:
    """The page in ``file`` with ``notices`` on top and without a sentence of what is ``stopped`` (addresses of articles); None when
    it stands as it is. Raises OSError."""
    if not notices and not stopped:
        return None
    shown = str(notices_html(notices))
    return _made_page(file, file.stat().st_mtime_ns, shown, tuple(sorted(stopped)))


def made_small_index(file: Path, stopped: Collection[str]) -> Made | None:
    """The small index without what is ``stopped`` (addresses); None when nothing is. Raises OSError."""
    return _made_index(file, file.stat().st_mtime_ns, tuple(sorted(stopped))) if stopped else None


def stopped_page(now: Live, article: PublicArticle, notices: list[NoticeText]) -> Made:
    """What stands at the address of an article that is stopped: that it is being checked, the telephone, a human. Its frame is that
    of the page for addresses that are not there. Raises OSError."""
    frame = (now.release.site / "404.html").read_text("utf-8")
    words = {
        "article": article,
        "category": now.categories[article.category]["name"],
        "hotline": now.said.human.hotline,
        "hours": now.said.human.hours,
        "icon": icon,
    }
    before, main, rest = frame.partition(_MAIN)
    after = rest[rest.index("</main>") :] if main and "</main>" in rest else ""
    body = render_template("public/stopped.html", **words) if after else main + rest
    title = render_template("public/stopped-title.html", article=article)
    page = f"{before}{notices_html(notices)}{body}{after}"
    # As a function: a backslash in a title is no reference to a group.
    return _made(_TITLE.sub(lambda found: found[0].replace("没有这一页", title), page, count=1))


def notices_html(notices: list[NoticeText]) -> Markup:
    """The band of notices; empty when there are none."""
    return Markup(render_template("public/notices.html", notices=notices, icon=icon)) if notices else Markup()


@lru_cache(_RECENT)
def _made_page(file: Path, _changed: int, notices: str, stopped: tuple[str, ...]) -> Made | None:
    plain = file.read_text("utf-8")
    page = plain
    for address in stopped:
        # A line of a list: the question stays, the first sentence of its answer goes.
        line = (
            rf'(<a [^>]*href="[^"]*{re.escape(address)}"[^>]*><b>(?:(?!</a>).)*?</b>)<span>(?:(?!</a>).)*?</span></a>'
        )
        page = re.sub(line, rf"\g<1><span>{_CHECKING}</span></a>", page, flags=re.DOTALL)
    if notices:
        page = page.replace(_MAIN, notices + _MAIN, 1)
    return _made(page) if page != plain else None


@lru_cache(4)
def _made_index(file: Path, _changed: int, stopped: tuple[str, ...]) -> Made:
    rows = json.loads(file.read_text("utf-8"))
    left = [row for row in rows if row["u"] not in stopped]
    return _made(json.dumps(left, ensure_ascii=False, separators=(",", ":")))


def _made(text: str) -> Made:
    body = text.encode()
    return Made(body, gzip.compress(body, 6, mtime=0), hashlib.sha256(body).hexdigest()[:32])
