"""What would the site look like if it were published now? Built again after every change, drafts and notes included.

Everything lies in var/preview/, in the shape of a release, so that the API that serves releases serves this one too;
var/releases and var/current are never touched. Pages come first, the search a few seconds later.
"""

from __future__ import annotations

import fcntl
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from articles.checking import check
from articles.loading import Kb
from articles.pages.draft import Draft, opened
from core.errors import KbError, PreviewError
from core.paths import Root
from publishing.data import write_data
from publishing.layout import Release, current, releases_folder, switch, write_json
from publishing.mkdocs_build import build_site
from search.building import build_index
from search.check_dictionaries import check_dictionaries
from search.dictionaries import read_dictionaries
from search.index import fingerprint
from search.local import public_records

_KEPT = 2


class Preview:
    """The last good state of a working tree (``site``: its pages), and what is wrong with the present one (``wrong``)."""

    def __init__(self, root: Root, tell: Callable[[str], None], searchable: Callable[[Root], None]) -> None:
        """tell: one line for the terminal; searchable: called when the search of a new state is ready, with the root
        whose live release it is."""
        self._root = Root(root.path, root.var / "preview")
        self._tell = tell
        self._searchable = searchable
        self._built = 0
        self._indexing = threading.Lock()
        self.site: Path | None = None
        self.wrong: list[str] = []

    def build(self) -> None:
        """Read everything again. Never raises for what an editor wrote: it is told, and the last good state stays."""
        try:
            kb, problems = check(self._root)
            problems += check_dictionaries(self._root)
            errors = [problem for problem in problems if problem.level == "error"]
            self._refuse([str(p) for p in sorted(errors)]) if errors else self._pages(kb)
        except (KbError, OSError, ValueError) as error:
            self._refuse([str(error)])

    def _refuse(self, wrong: list[str]) -> None:
        self.wrong = wrong
        for line in wrong:
            self._tell(line)
        self._tell(f"有 {len(wrong)} 处错误，页面还是上一次没错的样子；改好存盘会自动再来")

    def _pages(self, kb: Kb) -> None:
        day = date.today()
        self._built += 1
        release = Release(releases_folder(self._root) / f"preview-{self._built}")
        release.data.mkdir(parents=True)
        shown = opened(kb, day)
        build_site(shown, release.site, draft=Draft(kb, day))
        self.site, self.wrong = release.site, []
        self._tell("页面已更新")
        threading.Thread(target=self._index, args=(shown, release, self._built), daemon=True).start()

    def _index(self, shown: Kb, release: Release, number: int) -> None:
        """Make ``release`` searchable, unless a newer state has been built meanwhile."""
        with self._indexing:
            if number != self._built:
                return
            try:
                root, day = self._root, date.today()
                if root.config.is_dir():  # a release is opened with the dictionaries that lie in it
                    shutil.copytree(root.config, release.source / "site_config")
                ours = release.root(root)
                analyser = read_dictionaries(ours).analyser(root.var / "cache")
                last = current(root)
                previous = last.index if last else None
                build_index(release.index, public_records(shown, day), analyser, fingerprint(ours), previous=previous)
                write_data(shown, release, day)
                write_json(release.path / "manifest.json", {"commit": "preview", "inline_scripts": []})
                switch(root, release)
                self._searchable(root)
            except (KbError, OSError, ValueError) as error:
                self._tell(f"搜索没有更新：{error}")
                return
            self._prune(number)
            self._tell("搜索已更新")

    def _prune(self, newest: int) -> None:
        for number in range(1, newest - _KEPT + 1):
            shutil.rmtree(releases_folder(self._root) / f"preview-{number}", ignore_errors=True)


@contextmanager
def only_one(root: Root) -> Iterator[None]:
    """Raises PreviewError when another preview of ``root`` runs, or its folder cannot be written."""
    folder = root.var / "preview"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / "lock").open("w")
    except OSError as error:
        raise PreviewError(f"{folder} 不能写入（{error.strerror}）", "换一个可以写的文件夹，或改它的权限") from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise PreviewError("这个文件夹已经有一个预览在运行", "用那一个，或先在那边按 Ctrl+C") from error
        shutil.rmtree(folder / "releases", ignore_errors=True)
        (folder / "current").unlink(missing_ok=True)
        yield
