"""Does a flow (精确提问) lead everybody somewhere, and what is left of it when only some articles may be seen?

A flow begins at its first question and only ever goes forward: it has an end, and each question a way out to a human.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from articles.loading import Entry
from articles.schema import Article, Ask, Choice
from core.errors import Problem

_LEAST = 2


def open_flow(article: Article, shown: Collection[str]) -> list[Ask]:
    """The questions of ``article`` with the choices that lead on when only the articles ``shown`` (ids) may be seen.

    A choice that leads to any other article falls away, and so does a question without choices, with what leads to it.
    """
    asks = list(article.ask)
    while True:
        keys = {ask.key for ask in asks}
        left = [
            ask.model_copy(update={"choices": [choice for choice in ask.choices if _leads(choice, keys, shown)]})
            for ask in asks
        ]
        left = [ask for ask in left if ask.choices]
        if left == asks:
            return asks
        asks = left


def flow_anchor(key: str) -> str:
    """What the question ``key`` is called in the address of its page."""
    return "ask-" + re.sub(r"\s+", "-", key)


def _leads(choice: Choice, keys: Collection[str], shown: Collection[str]) -> bool:
    return choice.to == "human" or (choice.next in keys if choice.next else choice.article in shown)


def flow_problems(entry: Entry, ids: Collection[str]) -> Iterator[Problem]:
    """What is wrong with the flow of one article; ``ids``: those of all articles that there are."""
    asks = entry.article.ask
    if not asks:
        return
    if len(asks) < _LEAST:
        yield entry.problem("K303", "ask 只有一个问题", "写两到四个问题", "ask")
    keys = [ask.key for ask in asks]
    for i, ask in enumerate(asks):
        if ask.key in keys[:i]:
            yield entry.problem("K303", f"有两个问题的 key 都是“{ask.key}”", "换一个 key", "ask", i, "key")
        if all(choice.to is None for choice in ask.choices):
            fix = "最后加一个选项，如 { text: 都不是，找人工, to: human }"
            yield entry.problem("K411", f"“{ask.question}”没有给说不清的客户留出路", fix, "ask", i, "choices")
        for j, choice in enumerate(ask.choices):
            found = _choice_problem(choice, keys, ids)
            if found:
                yield entry.problem(*found, "ask", i, "choices", j)
    yield from _way_problems(entry)


def _choice_problem(choice: Choice, keys: Collection[str], ids: Collection[str]) -> tuple[str, str, str] | None:
    """Code, message and fix of a choice that leads nowhere; None for a good one."""
    if sum(target is not None for target in (choice.article, choice.next, choice.to)) != 1:
        message = f"选项“{choice.text}”要通向一篇文章、一个问题或人工"
        return "K303", message, "article、next 和 to 写其中一个"
    if choice.next is not None and choice.next not in keys:
        return "K303", f"选项“{choice.text}”通向的问题“{choice.next}”不存在", "改成 ask 里的 key"
    if choice.article is not None and choice.article not in ids:
        return "K502", f"选项“{choice.text}”通向的“{choice.article}”不存在", "改成现有文章的编号"
    return None


def _way_problems(entry: Entry) -> Iterator[Problem]:
    """Questions that nothing leads to, and choices that lead back to where somebody has already been."""
    asks = {ask.key: ask for ask in entry.article.ask}
    place = {ask.key: i for i, ask in enumerate(entry.article.ask)}
    onward = {key: [c.next for c in ask.choices if c.next in asks and c.next] for key, ask in asks.items()}
    reached = _reached(next(iter(asks)), onward)
    for key in asks:
        if key not in reached:
            fix = "在前面的问题里加一个 next 通向它的选项，或删掉它"
            yield entry.problem("K412", f"没有选项通向问题“{asks[key].question}”", fix, "ask", place[key])
        for j, choice in enumerate(asks[key].choices):
            if choice.next in asks and choice.next and key in _reached(choice.next, onward):
                message = f"选项“{choice.text}”又绕回到“{asks[key].question}”"
                fix = "改成通向后面的问题、一篇文章或人工"
                yield entry.problem("K413", message, fix, "ask", place[key], "choices", j)


def _reached(start: str, onward: Mapping[str, list[str]]) -> set[str]:
    """Every question that can be come to from ``start``, itself among them."""
    found, todo = {start}, [start]
    while todo:
        for key in onward[todo.pop()]:
            if key not in found:
                found.add(key)
                todo.append(key)
    return found
