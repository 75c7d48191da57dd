"""What else do the files of a site need? A compressed twin of each text file, and the hashes of inline scripts."""

from __future__ import annotations

import base64
import gzip
import hashlib
import re
from pathlib import Path

_COMPRESSED = {".html", ".css", ".js", ".json", ".svg", ".xml", ".txt"}
_SMALLEST = 512
_INLINE = re.compile(rb"<script(?![^>]*\bsrc=)(?![^>]*ld\+json)[^>]*>(.*?)</script>", re.DOTALL)


def compress(site: Path) -> None:
    """Write ``name.gz`` beside every text file that is worth it. The same content gives the same bytes."""
    for path in sorted(site.rglob("*")):
        if path.is_file() and path.suffix in _COMPRESSED and path.stat().st_size >= _SMALLEST:
            path.with_name(path.name + ".gz").write_bytes(gzip.compress(path.read_bytes(), compresslevel=6, mtime=0))


def inline_script_hashes(site: Path) -> list[str]:
    """A CSP source (``'sha256-…'``) for each inline script in the site's pages (CSP Level 3, 2.3.1)."""
    found: set[str] = set()
    for page in site.rglob("*.html"):
        for script in _INLINE.findall(page.read_bytes()):
            found.add(f"'sha256-{base64.b64encode(hashlib.sha256(script).digest()).decode()}'")
    return sorted(found)
