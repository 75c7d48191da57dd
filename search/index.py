"""What lies in the index folder of a release, and is it ours to open?

``records.json`` what results show, ``suggest.json`` beginnings of words, ``engine/`` the engine's own files,
``index.json`` the fingerprint and the size and checksum of every file.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

from pydantic import TypeAdapter

from core.errors import IndexMismatch
from core.paths import Root
from search.documents import Document, Record
from search.engines.base import Analysed
from search.engines.whoosh import WhooshEngine
from search.suggestions import beginnings
from search.tokenizer import Chain

_LIBRARIES = ("jieba", "opencc", "whoosh-reloaded")
_REBUILD = "运行 kb publish 重建"
_RECORDS = TypeAdapter(list[Record])


@dataclass(frozen=True)
class Opened:
    """The parts of an opened index; document keys count through ``documents``."""

    engine: WhooshEngine
    records: dict[str, Record]
    documents: list[Document]
    beginnings: list[tuple[str, int]]


def fingerprint(root: Root) -> str:
    """What an index depends on beside the articles: dictionaries, this package's code and the libraries that cut text."""
    digest = hashlib.sha256(_code_fingerprint().encode())
    for path in sorted((root.config / "dictionaries").glob("*.txt")):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]


@cache
def _code_fingerprint() -> str:
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(path.name.encode() + path.read_bytes())
    for name in _LIBRARIES:
        digest.update(f"{name}={version(name)}".encode())
    return digest.hexdigest()


def documents_of(records: Iterable[Record]) -> list[Document]:
    """Every document in the order of its key."""
    return [document for record in records for document in record.documents()]


def build_index(
    folder: Path, records: list[Record], chain: Chain, mark: str, progress: Callable[[int], None] = lambda _n: None
) -> None:
    """Write an index of ``records`` into ``folder`` (new), marked with the fingerprint ``mark``.

    progress: called with 1 after each document.
    """
    folder.mkdir(parents=True)
    documents = documents_of(records)

    def analysed() -> Iterable[Analysed]:
        for key, document in enumerate(documents):
            progress(1)
            yield Analysed(key, document.number >= 0, tuple(t.text for t in chain.tokens(document.text)))

    WhooshEngine.build(folder / "engine", analysed())
    (folder / "records.json").write_bytes(_RECORDS.dump_json(records))
    _write(folder / "suggest.json", beginnings(documents, chain))
    files = {
        path.relative_to(folder).as_posix(): _checksum(path) for path in sorted(folder.rglob("*")) if path.is_file()
    }
    _write(folder / "index.json", {"fingerprint": mark, "articles": len(records), "files": files})


def open_index(folder: Path, mark: str) -> Opened:
    """The index in ``folder``.

    Raises IndexMismatch when it is missing, damaged, or made by other code or with other dictionaries than ``mark``.
    """
    try:
        manifest = json.loads((folder / "index.json").read_text("utf-8"))
        files: dict[str, list[object]] = manifest["files"]
        if manifest["fingerprint"] != mark:
            raise IndexMismatch("索引是用别的词典或别的程序版本建的", _REBUILD)
        for name, wanted in files.items():
            if _checksum(folder / name) != wanted:
                raise IndexMismatch(f"索引文件 {name} 不完整", _REBUILD)
        records = {r.id: r for r in _RECORDS.validate_json((folder / "records.json").read_bytes())}
        starts = json.loads((folder / "suggest.json").read_text("utf-8"))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise IndexMismatch(f"索引 {folder.name} 打不开（{type(error).__name__}）", _REBUILD) from error
    return Opened(
        WhooshEngine.open(folder / "engine"),
        records,
        documents_of(records.values()),
        [(text, number) for text, number in starts],
    )


def _write(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")


def _checksum(path: Path) -> list[object]:
    with path.open("rb") as file:
        return [path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest()]
