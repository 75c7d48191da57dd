"""What of a text is matched? Words, pairs of adjacent characters, and single characters, each with its weight.

Words carry the meaning; pairs find what jieba cut otherwise (any two adjacent characters of a title find it); characters
help the shortest queries. Each kind has names of its own, so that 退保 the word and 退保 the pair are two features.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from search.engines.base import Term
from search.tokenizer import Chain
from search.tokenizer.stages import Traced

WORD_WEIGHT = 1.0
# A word of letters or digits has no pairs and no characters beside it, and counts for them too.
LATIN_WEIGHT = 2.0
PAIR_WEIGHT = 0.3
CHARACTER_WEIGHT = 1.2
SYNONYM_WEIGHT = 0.7
MOST_TERMS = 160


class Analyser:
    """The chain, and which words stand for which. Makes features of texts and terms of queries."""

    def __init__(self, chain: Chain, synonyms: Mapping[str, Sequence[str]]) -> None:
        self.chain, self.synonyms = chain, synonyms

    def body(self, text: str) -> Counter[str]:
        """The words of ``text``, stop words too, and how often each occurs."""
        return Counter(token.text for token in self.chain.tokens(text))

    def question(self, text: str) -> Counter[str]:
        """Every feature of ``text`` and how often it occurs; stop words count like any other."""
        traced, tokens = self.chain.analyse(text)
        found: Counter[str] = Counter(token.text for token in tokens)
        found.update(_characters(traced, b"\1" * len(text)))
        return found

    def terms(self, query: str) -> list[Term]:
        """What to look for: the words of ``query`` without stop words (unless there is nothing else), the words that stand
        for them, and the pairs and characters of what is left."""
        traced, tokens = self.chain.analyse(query)
        kept = [token for token in tokens if not token.stop] or tokens
        terms = {token.text: Term(token.text, LATIN_WEIGHT if token.text.isascii() else WORD_WEIGHT) for token in kept}
        for word, term in list(terms.items()):
            for synonym in self.synonyms.get(word, ()):
                terms.setdefault(synonym, Term(synonym, SYNONYM_WEIGHT * term.weight, word))
        live = bytearray(len(query))
        for token in kept:
            live[token.start : token.end] = b"\1" * (token.end - token.start)
        for piece in _characters(traced, live):
            terms.setdefault(piece, Term(piece, PAIR_WEIGHT if piece[0] == "#" else CHARACTER_WEIGHT))
        return list(terms.values())[:MOST_TERMS]


def is_word(feature: str) -> bool:
    """Whether ``feature`` is a word, not a pair or a single character."""
    return not (feature[0] == "#" and len(feature) == 3) and not (feature[0] == "." and len(feature) == 2)


def _characters(traced: Traced, live: bytes | bytearray) -> Iterator[str]:
    """``.a`` for each letter, digit or Han character whose original is live, ``#ab`` for each pair with a live one."""
    text, origin = traced.text, traced.origin
    for i, char in enumerate(text):
        if not char.isalnum():
            continue
        # Letters and digits mean something as words; one of them alone, or two, are found everywhere.
        if live[origin[i]] and not char.isascii():
            yield "." + char
        if (
            i + 1 < len(text)
            and text[i + 1].isalnum()
            and not (char + text[i + 1]).isascii()
            and (live[origin[i]] or live[origin[i + 1]])
        ):
            yield "#" + char + text[i + 1]
