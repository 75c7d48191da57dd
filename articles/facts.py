"""Which facts may an article rest on? The fact register (site_config/facts.md): tables whose rows have an id and a grade.

Grades: A checked against the text of the law, B vouched for, C unverified (never stated as fact).
"""

from __future__ import annotations

import re

_ROW = re.compile(r"^\|\s*([A-Z]\d{2,4})\s*\|(.*)\|\s*([ABC])\s*\|\s*$", re.MULTILINE)


def read_facts(text: str) -> dict[str, str]:
    """Row id → grade."""
    return {row: grade for row, _, grade in _ROW.findall(text)}


def read_fact_texts(text: str) -> dict[str, str]:
    """Row id → what stands between the id and the grade: the fact, its numbers, its basis."""
    return {row: said.strip() for row, said, _ in _ROW.findall(text)}
