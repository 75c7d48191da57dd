"""Which facts may an article rest on? The fact register (site_config/facts.md): tables whose rows have an id and a grade.

Grades: A checked against the text of the law, B vouched for, C unverified (never stated as fact).
"""

from __future__ import annotations

import re

_ROW = re.compile(r"^\|\s*([A-Z]\d{2,4})\s*\|.*\|\s*([ABC])\s*\|\s*$", re.MULTILINE)


def read_facts(text: str) -> dict[str, str]:
    """Row id → grade."""
    return dict(_ROW.findall(text))
