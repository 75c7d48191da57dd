"""What else do the files of a release need? Compressed twins, the hashes of inline scripts, and a list to check them by."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import os
import re
from collections.abc import Collection, Iterator
from pathlib import Path

from core.errors import ReleaseError
from publishing.layout import Release, write_json

_COMPRESSED = {".html", ".css", ".js", ".json", ".svg", ".xml", ".txt"}
_SMALLEST = 512
_INLINE = re.compile(rb"<script(?![^>]*\bsrc=)(?![^>]*ld\+json)[^>]*>(.*?)</script>", re.DOTALL)
_LIST = "files.json"
_LISTED = ("public", "desk", "source")


def walk(folder: Path) -> Iterator[Path]:
    """Every file under ``folder``, in order of its path; links to folders are not followed."""
    for place, folders, names in os.walk(folder):
        folders.sort()
        here = Path(place)
        yield from (here / name for name in sorted(names) if (here / name).is_file())


def compress(site: Path, but: Collection[Path] = ()) -> None:
    """Write ``name.gz`` beside every text file that is worth it, ``but`` beside those that have one already.

    The same content gives the same bytes.
    """
    for path in walk(site):
        if path in but or path.suffix not in _COMPRESSED or path.stat().st_size < _SMALLEST:
            continue
        path.with_name(path.name + ".gz").write_bytes(gzip.compress(path.read_bytes(), compresslevel=6, mtime=0))


def inline_script_hashes(site: Path) -> list[str]:
    """A CSP source (``'sha256-…'``) for each inline script in the site's pages (CSP Level 3, 2.3.1)."""
    found: set[str] = set()
    for page in site.rglob("*.html"):
        for script in _INLINE.findall(page.read_bytes()):
            found.add(f"'sha256-{base64.b64encode(hashlib.sha256(script).digest()).decode()}'")
    return sorted(found)


def write_list(release: Release, taken: Collection[Path], last: Release | None) -> None:
    """List every file of ``release`` with its size and checksum; those of ``taken`` were summed up for ``last``."""
    known = _read_list(last) if last else {}
    listed: dict[str, list[object]] = {}
    for folder in _LISTED:
        for path in walk(release.path / folder):
            name = path.relative_to(release.path).as_posix()
            listed[name] = known[name] if path in taken and name in known else [path.stat().st_size, _sum(path)]
    write_json(release.path / _LIST, listed)


def check_list(release: Release, *, content: bool) -> None:
    """Raises ReleaseError when a file of ``release`` is missing or has another size, or (content) other bytes."""
    listed = _read_list(release)
    if not listed:
        raise ReleaseError(f"发布 {release.name} 不完整", "运行 kb publish 重新发布")
    for name, (size, digest) in listed.items():
        path = f"{release.path}/{name}"
        try:
            whole = os.stat(path).st_size == size and (not content or _sum(Path(path)) == digest)  # noqa: PTH116 - 50,000
        except OSError:
            whole = False
        if not whole:
            raise ReleaseError(f"发布 {release.name} 不完整：{name}", "运行 kb publish 重新发布")


def _read_list(release: Release) -> dict[str, list[object]]:
    try:
        loaded = json.loads((release.path / _LIST).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return loaded if isinstance(loaded, dict) else {}


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
