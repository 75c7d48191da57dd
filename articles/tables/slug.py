"""What is an article called that nobody has given a number? The sound of its question in Latin letters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container

from pypinyin import lazy_pinyin

_LONGEST = 48


def slug(question: str, taken: Container[str]) -> str:
    """An id made from ``question`` that is not taken: 怎么退保？ → zen-me-tui-bao, then zen-me-tui-bao-2."""
    syllables = re.findall(r"[a-z0-9]+", " ".join(lazy_pinyin(unicodedata.normalize("NFKC", question))).casefold())
    name = ""
    for syllable in syllables:
        if len(name) + 1 + len(syllable) > _LONGEST:
            break
        name += f"-{syllable}" if name else syllable
    name = name or (syllables[0][:_LONGEST] if syllables else "wen-ti")
    return name if name not in taken else next(n for n in (f"{name}-{i}" for i in range(2, 10**9)) if n not in taken)
