"""Can the labelled questions be measured by? Every mistake in site_config/queries/*.tsv, held against the articles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatch

from articles.checking import normal
from articles.files import read_text
from articles.loading import Kb
from core.errors import Problem

COLUMNS = ("question", "group", "article", "topic", "category", "meant")
# Files whose figures stand beside one another: a question counts in one of them only.
_MEASURED = ("dev.tsv", "test.tsv", "none_*.tsv")


@dataclass(frozen=True)
class _Known:
    """What a label may name, and where each question of an article stands; archived articles claim no question."""

    labels: dict[str, set[str]]
    taken: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, kb: Kb) -> _Known:
        categories = kb.config.categories.categories
        topics = {topic for category in categories.values() for topic in category.topics or ()}
        labels = {
            "article": {entry.article.id for entry in kb.entries},
            "topic": topics | {entry.article.topic for entry in kb.entries if entry.article.topic},
            "category": {*categories, *(category.name for category in categories.values())},
        }
        known = cls(labels)
        for entry in kb.entries:
            article = entry.article
            said = [(article.question, entry.line("question"), "标准问")]
            said += [(text, entry.line("similar", i), "相似问") for i, text in enumerate(article.similar)]
            for text, line, kind in said if article.status != "archived" else ():
                known.taken.setdefault(normal(text), f"{entry.path}:{line} 的{kind}")
        known.taken.pop("", None)
        return known


def check_queries(kb: Kb) -> list[Problem]:
    """Everything that is wrong with the labelled questions of ``kb``, in order.

    No message quotes a question: who mends a held-out file need not read it.
    """
    known = _Known.of(kb)
    measured: dict[str, str] = {}
    found: list[Problem] = []
    for path in sorted((kb.root.config / "queries").glob("*.tsv")):
        shown = kb.root.relative(path)
        text = read_text(path, shown)
        if isinstance(text, Problem):
            found.append(text)
        else:
            seen = measured if any(fnmatch(path.name, name) for name in _MEASURED) else {}
            found += _file(shown, text, known, seen)
    return sorted(set(found))


def _file(shown: str, text: str, known: _Known, seen: dict[str, str]) -> Iterator[Problem]:
    rows = [line.split("\t") for line in text.splitlines()]
    header = [name.strip() for name in rows[0]] if rows else []
    yield from _header(shown, header)
    if "question" not in header:
        return
    for number, row in enumerate(rows[1:], 2):
        if not any(cell.strip() for cell in row):
            continue
        if len(row) != len(header):
            message = f"这一行有 {len(row)} 列，第一行有 {len(header)} 列"
            yield Problem(shown, number, "K903", message, "列之间用一个制表符，没有内容的列也留着")
        cells = {name: cell.strip() for name, cell in zip(header, row, strict=False)}
        yield from _question(shown, number, cells.get("question", ""), known, seen)
        if len(row) == len(header):
            yield from _labels(shown, number, cells, known)


def _header(shown: str, header: list[str]) -> Iterator[Problem]:
    if "question" not in header:
        yield Problem(shown, 1, "K901", "第一行没有 question 列", "第一行写列名，其中一列是 question")
    # A first line without any known name is a question, not a header.
    named = any(name in COLUMNS for name in header)
    for i, name in enumerate(header):
        if name not in COLUMNS and named:
            yield Problem(shown, 1, "K902", f"没有“{name}”这一列", f"可选：{'、'.join(COLUMNS)}")
        elif name in COLUMNS and name in header[:i]:
            yield Problem(shown, 1, "K902", f"“{name}”这一列写了两次", "删掉一列")


def _question(shown: str, number: int, question: str, known: _Known, seen: dict[str, str]) -> Iterator[Problem]:
    if not question:
        yield Problem(shown, number, "K904", "没有写问题", "补上问题，或删掉这一行")
        return
    key = normal(question) or question
    if key in seen:
        yield Problem(shown, number, "K905", f"这个问题 {seen[key]} 已经有了", "删掉一处")
    seen.setdefault(key, f"{shown}:{number}")
    if key in known.taken:
        yield Problem(shown, number, "K908", f"这个问题就是 {known.taken[key]}，量不出好坏", "换一种说法，或删掉这一行")


def _labels(shown: str, number: int, cells: dict[str, str], known: _Known) -> Iterator[Problem]:
    """Ids and names, several with ``|`` between them."""
    for column, code, message, fix in (
        ("article", "K906", "没有编号是“{}”的文章", "改成现有文章的编号"),
        ("topic", "K907", "没有“{}”这个子主题", "改成 categories.yml 里列出的名称"),
        ("category", "K907", "没有“{}”这个类别", "改成 categories.yml 里列出的名称或键"),
    ):
        for label in cells.get(column, "").split("|"):
            if label.strip() and label.strip() not in known.labels[column]:
                yield Problem(shown, number, code, message.format(label.strip()), fix)
