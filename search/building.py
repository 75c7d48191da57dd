"""How is an index made? Analysed, frozen, learned from, and every file of it entered with its checksum."""

from __future__ import annotations

import json
import multiprocessing
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from core.errors import IndexMismatch
from search.analysis import Analysis, analyse
from search.bands import Learned
from search.corpus import Corpus
from search.documents import Record
from search.engines.fields import FieldIndex
from search.engines.frozen import FrozenEngine
from search.features import Analyser
from search.index import checksum, verified
from search.learning import learn
from search.lexicon import write_lexicon
from search.records import Records, write_records
from search.sounds import characters, spoken
from search.suggestions import Beginnings

# What an index has learned stands while fewer than this share of its articles has changed.
_CHANGED = 0.03


def build_index(
    folder: Path,
    records: list[Record],
    analyser: Analyser,
    mark: str,
    progress: Callable[[int], None] = lambda _n: None,
    previous: Path | None = None,
) -> None:
    """Write an index of ``records`` into ``folder`` (new), marked with the fingerprint ``mark``.

    progress: called with how many more articles have been seen to. previous: another index; where it has the same fingerprint,
    articles that are in it as they are now are not cut again, and what it has learned stands while little has changed.
    """
    folder.mkdir(parents=True)
    old = _read_previous(previous, mark)
    analysis = analyse(records, analyser, old.analysis if old else None, progress)
    ids = {record.id for record in records}
    gone = [name for name in old.ids if name not in ids] if old else []
    with _aside(FieldIndex.write, folder / "fields", analysis.fields, gone, old.fields if old else None):
        FrozenEngine.build(folder / "engine", analysis.corpus)
        write_records(folder, records)
        analysis.beginnings.save(folder)
        write_lexicon(folder / "lexicon.json", analysis.corpus, spoken, characters())
        little = old is not None and len(analysis.fresh) + len(gone) < _CHANGED * len(records)
        learned = old.learned if old and little else learn(analysis.corpus, records, analyser.terms)
        (folder / "learned.json").write_text(learned.model_dump_json(indent=1), encoding="utf-8")
    files = {
        path.relative_to(folder).as_posix(): checksum(path) for path in sorted(folder.rglob("*")) if path.is_file()
    }
    body = {"fingerprint": mark, "articles": len(records), "hashes": analysis.hashes, "files": files}
    (folder / "index.json").write_text(json.dumps(body, ensure_ascii=False), encoding="utf-8")


@contextmanager
def _aside(do: Callable[..., None], *arguments: object) -> Iterator[None]:
    """Do something in a process of its own meanwhile (Whoosh writes slowly). What it raises is raised here at the end."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("fork")) as pool:
        done = pool.submit(do, *arguments)
        yield
        done.result()


@dataclass(frozen=True)
class _Previous:
    """What an earlier index can lend."""

    analysis: Analysis
    ids: list[str]
    fields: Path
    learned: Learned


def _read_previous(folder: Path | None, mark: str) -> _Previous | None:
    """None when there is none, or when it is damaged or marked otherwise."""
    if folder is None:
        return None
    try:
        hashes = verified(folder, mark)["hashes"]
        analysis = Analysis(hashes, Corpus.load(folder / "engine"), Beginnings.load(folder), [], [])
        return _Previous(analysis, Records(folder).ids, folder / "fields", Learned.read(folder / "learned.json"))
    except (IndexMismatch, OSError, ValueError, KeyError, TypeError):
        return None
