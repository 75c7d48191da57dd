"""How is a release made? Each step from checked articles to a whole folder; nothing here is live yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from articles.last_commits import last_commits
from articles.loading import Kb
from core.errors import ReleaseError
from core.paths import Root
from publishing.content import next_change, source_hash
from publishing.data import write_data
from publishing.desk import index_desk, write_desk
from publishing.files import compress, inline_script_hashes, write_list
from publishing.gate import check_apart, check_leaks
from publishing.layout import PARTIAL, Release, current, releases, releases_folder, write_json
from publishing.mkdocs_build import build_site
from publishing.opened import Frame, check_whole
from publishing.progress import GATE, INDEX, PACK, Progress
from publishing.relevance import check_relevance
from publishing.reuse import Reuse
from publishing.shell import set_name
from publishing.source import Source, keep_copy, origin_as_json
from publishing.texts import render_texts, write_texts
from search.bands import Learned
from search.building import build_index
from search.dictionaries import read_dictionaries
from search.index import fingerprint
from search.local import desk_records, public_records


@dataclass(frozen=True)
class Order:
    """What is to be built: articles that have been checked, the hash of all that goes in, the moment, the last whole
    release whose unchanged pages may be taken over, and why the gate may be passed when it refuses (empty: it may not)."""

    source: Source
    kb: Kb
    content: str
    now: datetime
    last: Release | None = None
    force: str = ""

    @property
    def day(self) -> date:
        return self.now.astimezone().date()


def make(live: Root, order: Order, progress: Progress) -> Release:
    """A new release of the site ``live``, complete and checked.

    Raises ReleaseError when the gate refuses, OSError when the disk does.
    """
    shown = [a for a in order.kb.articles if a.shown_on(order.day)]
    if not shown:
        raise ReleaseError("没有可以发布的文章", "至少要有一篇 status 是 published 的文章")
    name = _free_name(live, order)
    draft = Release(releases_folder(live) / f"{name}{PARTIAL}")
    draft.data.mkdir(parents=True)
    keep_copy(order.source, draft, order.last)
    reuse = Reuse(draft, order.last)
    build_site(order.kb, draft.site, order.day, reuse, progress)
    _index(live, draft, order, progress)
    write_data(order.kb, draft, order.day)
    branch = order.source.branch
    commits = last_commits(branch.place, order.source.commit) if branch else last_commits(order.source.root)
    write_desk(order.kb, draft, order.now, commits, current(live))
    write_texts(draft, render_texts(order.kb, order.day, commits))
    gate = _gate(live, draft, order, progress)
    progress.step(PACK)
    compress(draft.site, but=reuse.files())
    reuse.remember()
    write_list(draft, reuse.files(), order.last)
    write_json(draft.path / "manifest.json", _manifest(live, draft, order, gate, len(shown)))
    check_whole(live, draft)
    finished = draft.path.with_name(name)
    draft.path.rename(finished)
    return Release(finished)


def _free_name(live: Root, order: Order) -> str:
    """``<commit>-<time>``; a clock that was put back may give a time twice."""
    stem = f"{order.source.commit}-{order.now:%Y%m%dT%H%M%S%f}"
    taken = {release.name for release in releases(live)}
    names = (stem if n == 1 else f"{stem}-{n}" for n in range(1, len(taken) + 2))
    return next(name for name in names if name not in taken)


def _index(live: Root, draft: Release, order: Order, progress: Progress) -> None:
    records = public_records(order.kb, order.day)
    move = progress.step(INDEX, len(records))
    ours = draft.root(live)
    cache = live.var / "cache"
    previous = order.last.index if order.last else None
    build_index(draft.index, records, read_dictionaries(ours).analyser(cache), fingerprint(ours), move, previous)
    index_desk(live, draft, order.last, desk_records(order.kb, order.day), records)


def _gate(live: Root, draft: Release, order: Order, progress: Progress) -> dict[str, object]:
    """What the gate measured. A leak always stops the release; a relevance that got worse does, unless it is forced."""
    shown = [a for a in order.kb.articles if a.shown_on(order.day)]
    move = progress.step(GATE, len(shown))
    check_leaks(order.kb, draft.public, shown)
    check_apart(draft)
    report = check_relevance(live, draft, order.kb, order.last, move)
    if report.refused and not order.force:
        fix = "把变差的问法改得更有区别，或补上相似问；确实要上线，用 kb publish --force 理由"
        raise ReleaseError("；".join(report.refused), fix)
    return report.as_dict()


def _bands(draft: Release) -> dict[str, float]:
    """The thresholds of the three bands, and how they did on left-out phrasings."""
    learned = Learned.read(draft.index / "learned.json")
    return {"answer": learned.answer, "choose": learned.choose, "asked": learned.asked, **learned.figures}


def _frame(order: Order) -> Frame:
    brand, folder = order.kb.config.brand, order.source.root.config
    return Frame(name=brand.name, demo=brand.demo, shell=set_name(order.kb.config, folder), has_look=brand.look.is_set)


def _manifest(live: Root, draft: Release, order: Order, gate: dict[str, object], articles: int) -> dict[str, object]:
    turn = next_change(order.kb, order.day)
    return {
        "number": max((release.number for release in releases(live)), default=0) + 1,
        "content": order.content,
        "source": source_hash(order.source.root),
        "commit": order.source.commit,
        "branch": origin_as_json(order.source),
        "built": order.now.isoformat(),
        "index": fingerprint(draft.root(live)),
        "day": order.day.isoformat(),
        "next_change": turn.isoformat() if turn else None,
        "articles": articles,
        "gate": gate,
        "bands": _bands(draft),
        "forced": order.force if gate["refused"] or not order.source.again else "",
        "inline_scripts": inline_script_hashes(draft.site),
        "frame": _frame(order).model_dump(),
    }
