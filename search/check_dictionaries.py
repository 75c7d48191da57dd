"""Are the dictionaries right? Every mistake in words.txt, stop.txt and synonyms.txt, as search/dictionaries.py would read them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from articles.files import read_text
from core.errors import Problem
from core.paths import Root
from search.tokenizer.stages import fold

MAX_TERM = 12

Pair = tuple[str, str]


def check_dictionaries(root: Root) -> list[Problem]:
    """Everything that is wrong with the dictionaries under ``root``, in order."""
    found: list[Problem] = []
    for name in ("words.txt", "stop.txt", "synonyms.txt"):
        path = root.config / "dictionaries" / name
        if not path.is_file():
            continue
        shown = root.relative(path)
        text = read_text(path, shown)
        if isinstance(text, Problem):
            found.append(text)
        elif name == "synonyms.txt":
            found += _synonyms(shown, text)
        else:
            found += _terms(shown, text)
    return sorted(set(found))


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """The folded lines that say something, with their numbers."""
    for number, line in enumerate(text.splitlines(), 1):
        content = line.split("#", 1)[0].strip()
        if content:
            yield number, fold(content).text.strip()


def _terms(shown: str, text: str) -> Iterator[Problem]:
    """One term a line."""
    first: dict[str, int] = {}
    for number, term in _lines(text):
        yield from _term(shown, number, term)
        if term in first:
            yield Problem(shown, number, "K801", f"“{term}”第 {first[term]} 行已经有了", "删掉一行")
        first.setdefault(term, number)


def _term(shown: str, number: int, term: str) -> Iterator[Problem]:
    if not any(char.isalnum() for char in term):
        yield Problem(shown, number, "K808", f"“{term}”里没有字，只有标点", "改成词，或删掉")
    elif len(term) > MAX_TERM:
        message = f"“{term}”有 {len(term)} 个字，超过 {MAX_TERM} 个"
        yield Problem(shown, number, "K807", message, "拆成短词，只留最能说明意思的")


@dataclass
class _Said:
    """What the lines so far say: each pair (word, what it also finds) with its line, and the one-way pairs as a graph."""

    pairs: dict[Pair, int] = field(default_factory=dict)
    one_way: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def way(self, start: str, goal: str) -> list[str]:
        """The shortest way from ``start`` to ``goal`` along one-way pairs; empty when there is none."""
        before = {start: start}
        waiting = [start]
        for word in waiting:
            if word == goal:
                way = [word]
                while way[-1] != start:
                    way.append(before[way[-1]])
                return way[::-1]
            for other in self.one_way.get(word, ()):
                if other not in before:
                    before[other] = word
                    waiting.append(other)
        return []


def _synonyms(shown: str, text: str) -> Iterator[Problem]:
    said = _Said()
    for number, line in _lines(text):
        sides = [[word.strip() for word in side.split(",")] for side in line.split("=>")]
        if len(sides) > 2:
            yield Problem(shown, number, "K804", "一行里有两个“=>”", "拆成两行，每行一个“=>”")
            continue
        for side in sides:
            yield from _members(shown, number, side)
        groups = [list(dict.fromkeys(filter(None, side))) for side in sides]
        if len(groups) == 1:
            if len(groups[0]) == 1:
                message = f"这一组只有“{groups[0][0]}”一个词"
                yield Problem(shown, number, "K803", message, "用逗号隔开，写两个以上意思相同的词，或删掉这一行")
            groups *= 2
        else:
            yield from _cycles(shown, number, groups, said)
        pairs = [(word, other) for word in groups[0] for other in groups[1] if word != other]
        yield from _again(shown, number, pairs, said, "=>" if len(sides) == 2 else "和")
        for pair in pairs:
            said.pairs.setdefault(pair, number)


def _members(shown: str, number: int, side: list[str]) -> Iterator[Problem]:
    """One side of a line: its words, one by one."""
    if not any(side):
        yield Problem(shown, number, "K802", "这一组是空的", "“=>”两边都写上词，或删掉这一行")
        return
    if not all(side):
        yield Problem(shown, number, "K802", "逗号之间有空的词", "删掉多余的逗号，或补上词")
    for word in dict.fromkeys(filter(None, side)):
        yield from _term(shown, number, word)
        if side.count(word) > 1:
            yield Problem(shown, number, "K805", f"“{word}”在这一行写了两次", "删掉一个")


def _again(shown: str, number: int, pairs: list[Pair], said: _Said, joint: str) -> Iterator[Problem]:
    """Pairs that an earlier line says already: the whole line, or some of it."""
    known = [pair for pair in pairs if pair in said.pairs]
    if known and len(known) == len(pairs):
        lines = "、".join(str(n) for n in sorted({said.pairs[pair] for pair in known}))
        yield Problem(shown, number, "K805", f"这一行说的，第 {lines} 行已经说了", "删掉这一行")
        return
    for word, other in known:
        if joint == "=>" or (other, word) not in known or word < other:
            message = f"“{word}”{joint}“{other}”第 {said.pairs[word, other]} 行已经说了"
            yield Problem(shown, number, "K805", message, "删掉一处，或把两行合成一行")


def _cycles(shown: str, number: int, groups: list[list[str]], said: _Said) -> Iterator[Problem]:
    """One-way pairs that lead back to where they start, told at the line that closes the round."""
    for word in groups[0]:
        for other in groups[1]:
            way = said.way(other, word)
            if way and (word, other) not in said.pairs:
                message = f"绕回来了：{' => '.join([word, *way])}"
                yield Problem(shown, number, "K806", message, "意思相同就写成一行，用逗号隔开；不同就删掉一处")
            if word != other:
                said.one_way[word].append(other)
