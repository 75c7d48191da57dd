"""What lies in the index folder of a release, and is it ours to open?

``records.json`` what results show, ``suggest.json`` beginnings of words, ``engine/`` the engine's own files,
``index.json`` the fingerprint and the size and checksum of every file.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

from pydantic import TypeAdapter

from core.errors import IndexMismatch
from core.paths import Root
from search.documents import Record
from search.engines.base import Analysed, Engine
from search.engines.frozen import FrozenEngine
from search.features import document_features
from search.lexicon import Lexicon, build_lexicon
from search.suggestions import Beginning, beginnings
from search.tokenizer import Chain

_LIBRARIES = ("jieba", "numpy", "opencc", "pypinyin")
_REBUILD = "运行 kb publish 重建"
_RECORDS = TypeAdapter(list[Record])


@dataclass(frozen=True)
class Opened:
    """The parts of an opened index; articles are numbered in the order of ``records``."""

    engine: Engine
    records: list[Record]
    beginnings: list[Beginning]
    lexicon: Lexicon


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


def build_index(
    folder: Path, records: list[Record], chain: Chain, mark: str, progress: Callable[[int], None] = lambda _n: None
) -> None:
    """Write an index of ``records`` into ``folder`` (new), marked with the fingerprint ``mark``.

    progress: called with 1 for each article.
    """
    folder.mkdir(parents=True)

    def analysed() -> Iterator[Analysed]:
        for record in records:
            progress(1)
            questions = tuple(document_features(chain, question) for question in record.asked)
            not_for = tuple(document_features(chain, question) for question in record.not_for)
            yield Analysed(questions, document_features(chain, record.whole), not_for)

    FrozenEngine.build(folder / "engine", analysed())
    (folder / "records.json").write_bytes(_RECORDS.dump_json(records))
    _write(folder / "suggest.json", beginnings(records, chain))
    build_lexicon(folder / "lexicon.json", records, chain)
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
        records = _RECORDS.validate_json((folder / "records.json").read_bytes())
        starts = json.loads((folder / "suggest.json").read_text("utf-8"))
        lexicon = Lexicon.read(folder / "lexicon.json")
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise IndexMismatch(f"索引 {folder.name} 打不开（{type(error).__name__}）", _REBUILD) from error
    return Opened(
        FrozenEngine.open(folder / "engine"), records, [(text, way, a, q) for text, way, a, q in starts], lexicon
    )


def _write(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


def _checksum(path: Path) -> list[object]:
    with path.open("rb") as file:
        return [path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest()]
