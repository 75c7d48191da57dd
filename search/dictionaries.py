"""Which words, stop words and synonyms does this insurer use? Reads site_config/dictionaries/.

words.txt: one term a line. stop.txt: one stop or question word a line. synonyms.txt: ``退钱, 退保`` (both ways) or
``买车险 => 车险`` (one way). ``#`` starts a comment. A file that is missing is empty.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from core.paths import Root
from search.features import Analyser
from search.tokenizer import Chain
from search.tokenizer.segment import Segmenter
from search.tokenizer.stages import fold

_KEPT = 2
_SEGMENTERS: dict[tuple[str, ...], Segmenter] = {}  # the last ones, by their words


@dataclass(frozen=True)
class Dictionaries:
    """The three files, folded; synonyms: word → words that a query with it also looks for."""

    words: tuple[str, ...] = ()
    stop: frozenset[str] = frozenset()
    synonyms: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def chain(self, cache: Path) -> Chain:
        """The analysis chain with these dictionaries; ``cache`` is a folder that can be written."""
        return Chain(_segmenter((*self.words, *self.synonyms), cache), self.stop)

    def analyser(self, cache: Path) -> Analyser:
        """What makes features and terms with these dictionaries."""
        chain = self.chain(cache)
        synonyms = {
            word: tuple(dict.fromkeys(token.text for other in others for token in chain.tokens(other)))
            for word, others in self.synonyms.items()
        }
        return Analyser(chain, synonyms)


def _segmenter(words: tuple[str, ...], cache: Path) -> Segmenter:
    """One for all that is opened with the same words: it holds half a million words and takes half a second to make."""
    if words not in _SEGMENTERS:
        for old in list(_SEGMENTERS)[: 1 - _KEPT]:
            _SEGMENTERS.pop(old, None)
        _SEGMENTERS[words] = Segmenter(words, cache)
    return _SEGMENTERS[words]


def read_dictionaries(root: Root) -> Dictionaries:
    """The dictionaries of ``root``."""
    folder = root.config / "dictionaries"
    return Dictionaries(
        words=tuple(_lines(folder / "words.txt")),
        stop=frozenset(_lines(folder / "stop.txt")),
        synonyms=_synonyms(folder / "synonyms.txt"),
    )


def _lines(path: Path) -> list[str]:
    if not path.is_file():
        return []
    lines = (line.split("#", 1)[0].strip() for line in path.read_text("utf-8-sig").splitlines())
    return [fold(line).text for line in lines if line]


def _synonyms(path: Path) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for line in _lines(path):
        left, arrow, right = line.partition("=>")
        group = [word.strip() for word in left.split(",") if word.strip()]
        targets = [word.strip() for word in right.split(",") if word.strip()] if arrow else group
        for word in group:
            found[word] += [target for target in targets if target != word and target not in found[word]]
    return {word: tuple(others) for word, others in found.items()}
