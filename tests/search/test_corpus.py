"""Do the arrays say what the articles hold, joined, cut down, and read again?"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from search.corpus import Analysed, Corpus, TextKind

A = Analysed((Counter(["退保", "多少", "钱"]), Counter(["退", "钱"])), Counter({"现金": 300}), (Counter(["车险"]),))
B = Analysed((Counter(["发票"]),), Counter())
C = Analysed((), Counter(["空"]))


def told(corpus: Corpus) -> list[list[tuple[int, dict[str, int]]]]:
    """Every article as its texts: (kind, feature → count)."""
    found = []
    for article in range(corpus.articles):
        texts = []
        for text in range(int(corpus.first[article]), int(corpus.first[article + 1])):
            entries = range(int(corpus.start[text]), int(corpus.start[text + 1]))
            counts = {corpus.names[corpus.feature[i]]: int(corpus.count[i]) for i in entries}
            texts.append((int(corpus.kind[text]), counts))
        found.append(texts)
    return found


def test_says_what_the_articles_hold() -> None:
    assert told(Corpus.of([A, B])) == [
        [
            (TextKind.QUESTION, {"退保": 1, "多少": 1, "钱": 1}),
            (TextKind.QUESTION, {"退": 1, "钱": 1}),
            (TextKind.AGAINST, {"车险": 1}),
            (TextKind.BODY, {"现金": 255}),
        ],
        [(TextKind.QUESTION, {"发票": 1}), (TextKind.BODY, {})],
    ]


def test_joined_takes_articles_from_several() -> None:
    joined = Corpus.joined([Corpus.of([A]), Corpus.of([C, B])], [(1, 1), (0, 0), (1, 0)])
    assert told(joined) == told(Corpus.of([B, A, C]))
    assert told(Corpus.joined([], [])) == []


def test_without_leaves_texts_out_and_keeps_the_articles() -> None:
    corpus = Corpus.of([A, B])
    out = corpus.kind == TextKind.QUESTION
    left = told(corpus.without(out))
    assert left == [[(TextKind.AGAINST, {"车险": 1}), (TextKind.BODY, {"现金": 255})], [(TextKind.BODY, {})]]


def test_saved_and_loaded(tmp_path: Path) -> None:
    corpus = Corpus.of([A, B, C])
    corpus.save(tmp_path)
    assert told(Corpus.load(tmp_path)) == told(corpus)
