"""What do results show of each article, and what is it filtered by? Read from the index as it is needed, not all at once."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from pathlib import Path

import numpy as np
from pydantic import TypeAdapter

from search.documents import Record
from search.engines.base import Floats, Mask

# What the score of an article is multiplied by when it should have been looked at again by now.
OVERDUE = 0.95
_RECORD = TypeAdapter(Record)
_NEVER = date.max.isoformat()


def write_records(folder: Path, records: Iterable[Record]) -> None:
    """Write records.jsonl (one a line), where each line begins, and columns.json (what articles are filtered by)."""
    start = [0]
    columns: dict[str, list[object]] = {
        "id": [],
        "category": [],
        "topic": [],
        "products": [],
        "valid_to": [],
        "review_by": [],
    }
    with (folder / "records.jsonl").open("wb") as file:
        for record in records:
            line = _RECORD.dump_json(record) + b"\n"
            file.write(line)
            start.append(start[-1] + len(line))
            for name, values in columns.items():
                value = getattr(record, name)
                values.append(value.isoformat() if isinstance(value, date) else value)
        file.write(b"\n")  # an empty file cannot be mapped
    np.save(folder / "records-start.npy", np.array(start, dtype=np.int64))
    (folder / "columns.json").write_text(json.dumps(columns, ensure_ascii=False), encoding="utf-8")


class Records:
    """The records of an index, by number; each is parsed when it is asked for."""

    def __init__(self, folder: Path) -> None:
        """Raises OSError, ValueError or KeyError when a file is missing or damaged."""
        self._lines = np.asarray(np.memmap(folder / "records.jsonl", mode="r"))
        self._start: list[int] = np.load(folder / "records-start.npy").tolist()
        columns = json.loads((folder / "columns.json").read_text("utf-8"))
        self.ids: list[str] = columns["id"]
        self.number = {name: i for i, name in enumerate(self.ids)}
        self.category: list[str] = columns["category"]
        self.topic: list[str] = columns["topic"]
        self.in_category = _masks([[name] for name in self.category])
        self.of_product = _masks(columns["products"])
        self._valid_to = np.array([day or _NEVER for day in columns["valid_to"]], dtype="U10")
        self._review_by = np.array([day or _NEVER for day in columns["review_by"]], dtype="U10")
        self._day: tuple[str, Mask, Floats | None] = ("", np.zeros(0, dtype=bool), None)
        self.get = lru_cache(maxsize=2048)(self._read)

    def __len__(self) -> int:
        return len(self._start) - 1

    def _read(self, number: int) -> Record:
        """The record with this number."""
        return _RECORD.validate_json(self._lines[self._start[number] : self._start[number + 1]].tobytes())

    def on(self, day: date) -> tuple[Mask, Floats | None]:
        """Which articles have not expired by ``day``, and what each score is multiplied by: overdue ones lose a little
        (None: none is overdue)."""
        name = day.isoformat()
        if self._day[0] != name:
            overdue = self._review_by < name
            prior = np.where(overdue, np.float32(OVERDUE), np.float32(1)) if overdue.any() else None
            self._day = (name, self._valid_to >= name, prior)
        return self._day[1], self._day[2]


def _masks(values: list[list[str]]) -> dict[str, Mask]:
    """Value → which articles have it."""
    names = dict.fromkeys(name for several in values for name in several)
    found: dict[str, Mask] = {name: np.zeros(len(values), dtype=bool) for name in names}
    for number, several in enumerate(values):
        for name in several:
            found[name][number] = True
    return found
