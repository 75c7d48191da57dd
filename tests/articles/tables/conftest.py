"""Articles with whatever an editor may write in every field, and ways to get them into a table and out again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import strategies as st

from articles.loading import load
from articles.schema import Article
from articles.tables.importing import Plan, plan_import
from articles.tables.reading import read_table
from articles.tables.saving import save
from core.paths import Root

# Whatever breaks cells, YAML, lists in one cell, or our own marks.
NASTY = [
    *(
        "=1+1",
        "+86",
        "-5 天",
        "@x",
        "\t制表",
        "'=1",
        "''",
        "'",
        "＝1",
        "1.2E+10",
        "json:[1]",
        "json:",
        "a；b",
        "a|b",
        "a | b",
    ),
    *(
        "第一行\n第二行",
        "第一行\n\n第三行\n",
        "  前后有空格  ",
        "- 列表",
        "# 标题\n- 项",
        "a: b",
        "x #y",
        "true",
        "null",
        "~",
    ),
    *(
        "《法》第一条 [B01]",
        "{{hotline}}",
        "[x](y.md)",
        '"引号"',
        "退保，",
        "---\nid: x\n---",
        "2027-06-30",
        "是",
        "车险",
        "001",
    ),
    *(
        "\\u000b",
        "\x0b\x07",
        "\u2028",
        "\x85",
        "\ufeff",
        "_x0041_",
        "_x005F_",
        "x005F_",
        "😀",
        "#N/A",
        "\r\n",
        " ",
        "\n",
    ),
]
ANY = st.one_of(st.sampled_from(NASTY), st.text(st.characters(exclude_categories=["Cs"]), max_size=20))
SOME = ANY.filter(lambda text: bool(text.strip()))
IDS = st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,4})?", fullmatch=True)
DAYS = st.dates().filter(lambda day: day.year >= 1000).map(lambda day: day.isoformat())
UNITS = st.sampled_from(["自然日", "工作日", "小时", "个月", "年"])


def _some(
    values: dict[str, st.SearchStrategy[object]], optional: dict[str, st.SearchStrategy[object]]
) -> st.SearchStrategy[object]:
    return st.fixed_dictionaries(values, optional=optional)


STEPS = _some(
    {"title": SOME},
    {"text": ANY, "who": st.sampled_from(["customer", "company", "both"]), "within": st.integers(1, 99), "unit": UNITS},
)
PROMISES = _some(
    {"what": SOME, "by": st.sampled_from(["company", "customer"]), "within": st.integers(1, 99), "from": SOME},
    {"unit": UNITS, "basis": ANY},
)
CHOICES = _some({"text": SOME}, {"article": IDS, "next": SOME})
ASKS = _some({"key": SOME, "question": SOME, "choices": st.lists(CHOICES, min_size=2, max_size=3)}, {})
WORDS = st.lists(SOME, max_size=3)
ARTICLES = st.builds(
    Article.model_validate,
    _some(
        {"id": IDS, "question": SOME, "answer": SOME, "category": st.sampled_from(["policy", "claims"])},
        {
            "similar": WORDS,
            "not_for": WORDS,
            "topic": ANY,
            "products": st.lists(st.one_of(SOME, st.sampled_from(["motor", "life", "车险"])), max_size=3),
            "tags": WORDS,
            "audience": st.sampled_from(["public", "agent"]),
            "status": st.sampled_from(["draft", "published", "archived"]),
            "replaced_by": IDS,
            "steps": st.lists(STEPS, max_size=3),
            "documents": st.lists(_some({"name": SOME}, {"note": ANY}), max_size=3),
            "answers": st.dictionaries(st.sampled_from(["phone", "chat", "wechat", "sms", "social", "email"]), ANY),
            "opening": ANY,
            "promises": st.lists(PROMISES, max_size=2),
            "escalate": _some({"when": SOME, "to": st.one_of(SOME, st.just("motor"))}, {"leeway": ANY}),
            "ask": st.lists(ASKS, max_size=2),
            "actions": WORDS,
            "sources": st.lists(_some({"cite": SOME}, {"facts": WORDS}), max_size=3),
            "owner": ANY,
            "review_by": DAYS,
            "valid_from": DAYS,
            "valid_to": DAYS,
            "must_read": st.booleans(),
            "related": st.lists(IDS, max_size=3),
            "avoid": WORDS,
            "agent_notes": ANY,
        },
    ),
)


@pytest.fixture
def do_import(good: Root) -> Callable[..., Plan]:
    """Import a file into the small good knowledge base, the way the command does it."""

    def run(file: Path, skip_bad: bool = False) -> Plan:
        plan = plan_import(load(good), read_table(file), file, skip_bad)
        save(plan.changes)
        return plan

    return run


def csv_of(path: Path, *lines: Sequence[str]) -> Path:
    """A CSV file as somebody writes it by hand: UTF-8, commas."""
    quoted = (",".join('"' + cell.replace('"', '""') + '"' for cell in line) for line in lines)
    path.write_text("\n".join(quoted) + "\n", "utf-8")
    return path


def content(root: Root) -> dict[str, bytes]:
    """Every file of kb/ with its bytes, hidden ones too."""
    return {
        path.relative_to(root.kb).as_posix(): path.read_bytes() for path in sorted(root.kb.rglob("*")) if path.is_file()
    }
