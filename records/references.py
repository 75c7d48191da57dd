"""What may be kept of a case? Its number, when it looks like one; never something that leads to a person."""

from __future__ import annotations

import re
import unicodedata

from core.masking import find

# With Python's own $, a line break could stand at the end: always with fullmatch.
_NUMBER = re.compile(r"[A-Za-z0-9][A-Za-z0-9_/-]{0,39}")
_PERSONAL = {"phone", "id-card"}


def case_number(text: str) -> str | None:
    """``text`` as a case number: letters, digits, ``-``, ``_``, ``/``, 40 at most, full width folded; None when it is none, or is
    somebody's mobile or identity number. It comes from another system, so nothing more is known of its shape."""
    number = unicodedata.normalize("NFKC", text[:200]).strip()
    if not _NUMBER.fullmatch(number) or any(found.kind in _PERSONAL for found in find(number)):
        return None
    return number
