"""By which words does this release cut text? The general dictionary takes half a second to load, so one process loads it
once for all releases with the same words: the index, the gate and the next release that is taken up share it."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path

from core.paths import Root
from search.dictionaries import Dictionaries, read_dictionaries
from search.tokenizer import Chain


@dataclass(frozen=True)
class _Shared(Dictionaries):
    def chain(self, cache: Path) -> Chain:
        with _lock:
            if not _last or _last[0][:2] != (self, cache):
                _last[:] = [(self, cache, super().chain(cache))]
            return _last[0][2]


_lock = threading.Lock()
_last: list[tuple[Dictionaries, Path, Chain]] = []


def shared_dictionaries(root: Root) -> Dictionaries:
    """The dictionaries of ``root``, whose chain is made once a process as long as they stay the same."""
    return _Shared(**vars(read_dictionaries(root)))
