"""How is a table shown on a terminal? In columns, where a Han character takes two."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """One line a row, below the heads."""
    lines = [heads, *rows]
    widths = [max(_width(line[i]) for line in lines) for i in range(len(heads))]
    padded = (
        "  ".join(cell + " " * (w - _width(cell)) for cell, w in zip(line, widths, strict=True)) for line in lines
    )
    return "\n".join(line.rstrip() for line in padded)


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
