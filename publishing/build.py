"""How is a release made? Checked, built into a new folder, passed through the gate, then one symlink moves."""

from __future__ import annotations

import fcntl
import hashlib
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

from pydantic import TypeAdapter

from articles.checking import load_checked
from articles.last_commits import last_commits
from articles.loading import Kb
from articles.public import PublicArticle
from core.errors import KbError, ReleaseError
from core.paths import Root
from publishing.approvals import require_approvals
from publishing.data import write_data, write_json
from publishing.files import compress, inline_script_hashes
from publishing.gate import GateReport, check_leaks, check_relevance
from publishing.history.record import record_live
from publishing.layout import Release, current, live_commit, releases_folder, switch
from publishing.mkdocs_build import build_site
from publishing.texts import render_texts, write_texts
from search.bands import Learned
from search.building import build_index
from search.dictionaries import read_dictionaries
from search.index import fingerprint, open_index
from search.local import public_records
from search.service import SearchService

KEPT = 3
STEPS = ("检查文章", "生成网页", "建索引", "过关检查", "压缩和登记")
_CODE = Path(__file__).parent.parent
_ARTICLES = TypeAdapter(list[PublicArticle])

Tell = Callable[[str], None]


def publish(root: Root, tell: Tell = lambda _step: None, *, force: bool = False) -> tuple[Release, bool]:
    """The live release of ``root`` as its files stand now, and whether it had to be built.

    tell: called with each of STEPS as it begins; force: build even when nothing changed.
    Raises ProblemsFound for bad content, ReleaseError when the gate refuses or the folder cannot be written.
    The old release stays live until the last step; then the history takes down what has changed (HistoryError).
    """
    tell(STEPS[0])
    kb = load_checked(root)
    with _lock(root):
        content = content_hash(kb, date.today())
        live = current(root)
        record_live(root)  # what a crash after the last switch left out
        if live is not None and not force and _is_whole(live, content, fingerprint(root)):
            return live, False
        require_approvals(root, kb, live_commit(root))
        _sweep(root)
        try:
            release = _build(kb, content, tell)
            switch(root, release)
        except OSError as error:
            _sweep(root)
            message = f"发布写不下去（{error.strerror or error}）"
            raise ReleaseError(message, "腾出空间或改好权限再发布；原来的站点照常服务") from error
        record_live(root)
        _prune(root, release)
    return release, True


def _is_whole(release: Release, content: str, mark: str) -> bool:
    """Whether ``release`` was made from this content and can still be opened; one that cannot is made anew."""
    try:
        if release.manifest().get("content") != content:
            return False
        open_index(release.index, mark)
        _ARTICLES.validate_json((release.data / "articles.json").read_bytes())
        names = [
            release.site / "index.html",
            release.data / "pages.json",
            release.data / "categories.json",
            release.texts,
        ]
    except (KbError, OSError, ValueError):
        return False
    return all(path.is_file() for path in names)


def _sweep(root: Root) -> None:
    """Take away what a publish that was broken off left behind."""
    for half_made in releases_folder(root).glob("*.partial"):
        shutil.rmtree(half_made, ignore_errors=True)


def content_hash(kb: Kb, day: date) -> str:
    """Everything that a release is made from: articles, configuration, code, and which articles are in date."""
    digest = hashlib.sha256(fingerprint(kb.root).encode())
    folders = [kb.root.kb, kb.root.config, *(_CODE / name for name in ("articles", "publishing", "web"))]
    files = [(p, folder) for folder in folders if folder.is_dir() for p in sorted(folder.rglob("*")) if p.is_file()]
    for path, folder in [*files, (_CODE / "mkdocs.yml", _CODE), (_CODE / "constraints.txt", _CODE)]:
        if "__pycache__" not in path.parts:  # the place counts: an article that moves has another address
            digest.update(str(path.relative_to(folder)).encode() + b"\0" + path.read_bytes() + b"\0")
    digest.update(repr([a.id for a in kb.articles if a.live_on(day)]).encode())
    return digest.hexdigest()


def _build(kb: Kb, content: str, tell: Tell) -> Release:
    root, now, day = kb.root, datetime.now(UTC), date.today()
    commit = _commit(root)
    name = f"{commit}-{now:%Y%m%dT%H%M%S%f}"
    folder = releases_folder(root) / f"{name}.partial"
    draft = Release(folder)
    draft.data.mkdir(parents=True)
    shown = [a for a in kb.articles if a.shown_on(day)]
    if not shown:
        raise ReleaseError("没有可以发布的文章", "至少要有一篇 status 是 published 的文章")
    tell(STEPS[1])
    build_site(kb, draft.site)
    tell(STEPS[2])
    dictionaries = read_dictionaries(root)
    mark = fingerprint(root)
    cache = root.var / "cache"
    live = current(root)
    previous = live.index if live else None
    build_index(draft.index, public_records(kb, day), dictionaries.analyser(cache), mark, previous=previous)
    write_data(kb, draft, day)
    write_texts(draft, render_texts(kb, day, last_commits(root)))
    tell(STEPS[3])
    check_leaks(kb, folder / "public", shown)
    search = SearchService(draft.index, mark, dictionaries, cache)
    gate = check_relevance(search, shown)
    tell(STEPS[4])
    compress(draft.site)
    _write_manifest(draft, content, commit, now, gate, search.learned, len(shown))
    finished = folder.with_name(name)
    folder.rename(finished)
    return Release(finished)


def _write_manifest(
    release: Release, content: str, commit: str, now: datetime, gate: GateReport, learned: Learned, articles: int
) -> None:
    manifest = {
        "content": content,
        "commit": commit,
        "built": now.isoformat(),
        "articles": articles,
        "gate": gate.as_dict(),
        "bands": {"answer": learned.answer, "choose": learned.choose, "asked": learned.asked, **learned.figures},
        "inline_scripts": inline_script_hashes(release.site),
    }
    write_json(release.path / "manifest.json", manifest)


def _commit(root: Root) -> str:
    """The commit that the tree stands on, with +dirty when kb/ or site_config/ differ from it; ``nogit`` without git."""

    def git(*arguments: str) -> str | None:
        try:
            done = subprocess.run(
                ["git", "-C", str(root.path), *arguments], capture_output=True, text=True, check=False
            )
        except OSError:
            return None
        return done.stdout.strip() if done.returncode == 0 else None

    head = git("rev-parse", "--short=12", "HEAD")
    if not head:
        return "nogit"
    return head + ("+dirty" if git("status", "--porcelain", "--", "kb", "site_config") else "")


@contextmanager
def _lock(root: Root) -> Iterator[None]:
    """One publish at a time; the second waits for the first."""
    try:
        releases_folder(root).mkdir(parents=True, exist_ok=True)
        lock = (root.var / "publish.lock").open("w")
    except OSError as error:
        raise ReleaseError(f"{root.var} 不能写入（{error.strerror}）", "换一个可以写的文件夹，或改它的权限") from error
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _prune(root: Root, live: Release) -> None:
    """Keep the last KEPT releases."""
    old = sorted(
        (p for p in releases_folder(root).iterdir() if p.is_dir() and p != live.path), key=lambda p: p.stat().st_mtime
    )
    for path in old[: -(KEPT - 1)]:
        shutil.rmtree(path, ignore_errors=True)
