"""Does the loader take whatever stands in kb/ without falling over?"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from articles.checking import check
from articles.loading import load
from core.paths import Root

MakeRoot = Callable[[dict[str, str | bytes]], Root]

words = st.sampled_from(
    ["---\n", "id: one\n", "question: 保单怎么查？\n", "similar:\n", "  - 问\n", "- ", "answer: |\n", "  答。\n", "[x](y.md)", "{{", "}}",
     "<b>", "javascript:", "\t", ": ", "\n", "steps: [{title: 一}]\n", "promises: 1\n", "ask: []\n", "!!python/name:os ", "&a *a", "\ufeff"]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.lists(words, max_size=30).map("".join), st.text()), st.sampled_from(["one.md", "one.yml"]))
def test_no_text_crashes_the_check(text: str, name: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "kb" / "a" / name
        path.parent.mkdir(parents=True)
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
        _, found = check(Root.at(folder))
        assert all(problem.line >= 1 for problem in found)


def test_both_spellings_give_the_same_article(make_root: MakeRoot) -> None:
    root = make_root(
        {
            "kb/a/one.md": "---\nid: one\nquestion: 怎么退保？\nsimilar: [退钱]\ndocuments: [身份证]\n---\n\n写申请。\n",
            "kb/b/l.yml": "- id: two\n  question: 怎么退保？\n  similar: [退钱]\n  documents: [身份证]\n  answer: 写申请。\n",
        }
    )
    one, two = sorted(load(root).articles, key=lambda a: a.id)
    assert one.model_copy(update={"id": "two", "category": "b"}) == two


def test_lines_of_a_list_entry(make_root: MakeRoot) -> None:
    text = "- id: x\n  question: 问\n  answer: 答\n- id: y\n  question: 问二\n  similar:\n    - 甲\n    - 乙\n  answer: 答\n"
    entry = next(e for e in load(make_root({"kb/a/l.yml": text})).entries if e.article.id == "y")
    assert (entry.line("id"), entry.line("similar", 1), entry.line("answer")) == (4, 8, 9)


def test_a_dated_article_shows_only_within_its_dates(make_root: MakeRoot) -> None:
    from datetime import date

    text = "- {id: x, question: 问, answer: 答, valid_from: 2026-02-01, valid_to: 2026-02-28}\n"
    (article,) = load(make_root({"kb/a/l.yml": text})).articles
    days = [date(2026, 1, 31), date(2026, 2, 1), date(2026, 2, 28), date(2026, 3, 1)]
    assert [article.shown_on(day) for day in days] == [False, True, True, False]
