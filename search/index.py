"""What lies in the index folder of a release, and is it ours to open?

``engine/`` the engine's own files, ``fields/`` Whoosh's, ``records…`` what results show, ``suggest-…`` beginnings of words,
``lexicon.json`` how words sound, ``learned.json`` how sure a ranking is, ``index.json`` the fingerprint, what each article was, and
the size and checksum of every file.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from core.errors import IndexMismatch
from core.paths import Root
from search.bands import Learned
from search.engines.base import Engine
from search.engines.frozen import FrozenEngine
from search.lexicon import Lexicon
from search.records import Records
from search.suggestions import Beginnings

_LIBRARIES = ("jieba", "numpy", "opencc", "pypinyin", "scikit-learn")
_REBUILD = "运行 kb publish 重建"


@dataclass(frozen=True)
class Opened:
    """The parts of an opened index; articles are numbered alike in all of them."""

    engine: Engine
    records: Records
    beginnings: Beginnings
    lexicon: Lexicon
    learned: Learned
    fields: Path


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


def open_index(folder: Path, mark: str) -> Opened:
    """The index in ``folder``.

    Raises IndexMismatch when it is missing, damaged, or made by other code or with other dictionaries than ``mark``.
    """
    try:
        verified(folder, mark)
        records, beginnings = Records(folder), Beginnings.load(folder)
        lexicon, learned = Lexicon.read(folder / "lexicon.json"), Learned.read(folder / "learned.json")
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise IndexMismatch(f"索引 {folder.name} 打不开（{type(error).__name__}）", _REBUILD) from error
    return Opened(FrozenEngine.open(folder / "engine"), records, beginnings, lexicon, learned, folder / "fields")


def verified(folder: Path, mark: str) -> dict[str, Any]:
    """index.json of ``folder``, whose files are all there and whole.

    Raises IndexMismatch, or OSError, ValueError, KeyError or TypeError.
    """
    manifest: dict[str, Any] = json.loads((folder / "index.json").read_text("utf-8"))
    if manifest["fingerprint"] != mark:
        raise IndexMismatch("索引是用别的词典或别的程序版本建的", _REBUILD)
    for name, wanted in manifest["files"].items():
        if checksum(folder / name) != wanted:
            raise IndexMismatch(f"索引文件 {name} 不完整", _REBUILD)
    return manifest


def checksum(path: Path) -> list[object]:
    """Size and SHA-256 of a file."""
    with path.open("rb") as file:
        return [path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest()]
