"""Where does one word end and the next begin? jieba on a tokenizer of our own, with the insurance dictionary.

A private ``jieba.Tokenizer``: the process-wide one can be changed by anything else that is imported.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from pathlib import Path

import jieba

jieba.setLogLevel(logging.WARNING)
# A word of the insurance dictionary is never cut by the general one.
_WORD_FREQUENCY = 200_000


class Segmenter:
    """Cuts folded text; ``words`` are kept whole, ``cache`` is the folder for jieba's own cache."""

    def __init__(self, words: Iterable[str] = (), cache: Path | None = None) -> None:
        self._jieba = jieba.Tokenizer()
        if cache is not None:
            cache.mkdir(parents=True, exist_ok=True)
            # jieba writes it under another name and renames it, so two that start at once do no harm.
            self._jieba.tmp_dir = str(cache)
            self._jieba.cache_file = "jieba.cache"
        self._jieba.initialize()
        for word in words:
            self._jieba.add_word(word, _WORD_FREQUENCY)

    def cut(self, text: str) -> list[str]:
        """Segments that joined equal ``text``. No guessing of unknown words: index and query must agree."""
        segments: list[str] = list(self._jieba.cut(text, HMM=False))
        return segments if sum(map(len, segments)) == len(text) else list(text)

    def frequency(self, word: str) -> int:
        """How often general Chinese text has ``word``; 0 when it is not known."""
        return int(self._jieba.FREQ.get(word) or 0)

    @property
    def total(self) -> int:
        """The sum of all frequencies."""
        return int(self._jieba.total)

    def parts(self, word: str) -> list[tuple[int, str]]:
        """Known shorter words inside ``word``, as (offset, part): jieba's search mode."""
        known = self._jieba.FREQ
        return [
            (i, word[i : i + size])
            for size in (2, 3)
            if len(word) > size
            for i in range(len(word) - size + 1)
            if known.get(word[i : i + size])
        ]
