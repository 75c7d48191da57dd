"""Which pages need not be made again? Those that would come out as they stand in the last release.

A page depends on its body, on what the templates know of it, and on what is the same for all pages: theme, templates, names
in header and footer. All bodies are drawn (0.7 ms each); a page whose inputs have the same hash as last time is linked from
the last release. So a page that lists others is made anew exactly when what it says of them has changed.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from importlib.metadata import version
from pathlib import Path

from markupsafe import Markup

from articles.pages import Library, Page
from articles.pages.frame import Frame
from publishing.content import CODE
from publishing.files import walk
from publishing.layout import Release, write_json
from publishing.shell import set_name

_KEYS = "pages.json"
_LIBRARIES = ("mkdocs", "mkdocs-material", "jinja2")


class Reuse:
    """The pages of ``last`` (None: make all of them) that ``fresh`` may take over."""

    def __init__(self, fresh: Release, last: Release | None) -> None:
        self.fresh = fresh
        self.last = last
        self._known = _read(last.path / _KEYS) if last else {}
        self._keys: dict[str, str] = {}
        self._set = ""
        self.taken: set[str] = set()

    def to_make(self, move: Callable[[int], None], library: Library, pages: Iterable[Page]) -> Iterator[Page]:
        """Those of ``pages`` that have to be made, drawn; the others are remembered in ``taken``, with a ``move`` each."""
        self._set = set_name(library.config, self.fresh.source / "site_config")
        shell = _shell(library, self._set)
        for page in pages:
            body = page.draw()
            about = (shell, page.path, page.kind, page.title, page.description, page.category, page.listed, body)
            key = hashlib.sha256(repr(about).encode()).hexdigest()
            self._keys[page.path] = key
            if self.last and self._known.get(page.path) == key and (self.last.site / _file(page.path)).is_file():
                self.taken.add(page.path)
                move(1)
            else:
                yield replace(page, draw=partial(Markup, body))

    def take(self) -> None:
        """Link what is taken into the new site, with the compressed twins. Raises OSError."""
        if self.last is None:
            return
        for path in self.taken:
            for name in (_file(path), _file(path) + ".gz"):
                if (self.last.site / name).is_file():
                    link(self.last.site / name, self.fresh.site / name)
        for name in self._old_set():
            link(self.last.site / name, self.fresh.site / name)

    def files(self) -> set[Path]:
        """The files of the new site that were taken, twins included."""
        names = {name for path in self.taken for name in (_file(path), _file(path) + ".gz")} | self._old_set()
        return {self.fresh.site / name for name in names}

    def remember(self) -> None:
        """Write down what each page was made from, for the next release. Raises OSError."""
        write_json(self.fresh.path / _KEYS, self._keys | {self._set: ""})

    def _old_set(self) -> set[str]:
        """The scripts and styles of the last release, when they are others: pages that are open still ask for them."""
        sets = [name for name in self._known if name.startswith("assets/") and name != self._set]
        site = self.last.site if self.last else None
        return {p.relative_to(site).as_posix() for name in sets if site for p in walk(site / name)}


def link(old: Path, new: Path) -> None:
    """``new`` becomes the same file as ``old``, which never changes; a copy where links are not to be had."""
    new.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(old, new)
    except OSError:
        shutil.copy2(old, new)


def _file(path: str) -> str:
    return f"{path}index.html"


def _shell(library: Library, shared: str) -> str:
    """What all pages share: the code that makes them, the theme (``shared`` is its hash), libraries, what stands around."""
    digest = hashlib.sha256(repr(([version(name) for name in _LIBRARIES], shared)).encode())
    for path in sorted((CODE / "articles" / "pages").glob("*.py")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    brand = library.config.brand
    around = (Frame(library).said(), brand.name, brand.site, brand.url)
    digest.update(repr(around).encode() + (CODE / "mkdocs.yml").read_bytes())
    return digest.hexdigest()


def _read(path: Path) -> dict[str, str]:
    try:
        loaded = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return loaded if isinstance(loaded, dict) else {}
