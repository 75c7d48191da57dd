"""Does kb check find what is wrong with the labelled questions, where it is, and all of it at once?"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from articles.loading import load
from core.errors import Problem
from core.paths import Root
from search.check_queries import check_queries

MakeRoot = Callable[[dict[str, str | bytes]], Root]

FOLDER = "site_config/queries"
HEADER = "question\tgroup\tarticle\ttopic\tcategory\n"
KB: dict[str, str | bytes] = {
    "site_config/categories.yml": "categories:\n  policy: {name: 保单查询, topics: [退保, 补发]}\n  claims: {name: 理赔进度}\n",
    "kb/policy/one.md": "---\nid: one\nquestion: 保单怎么查？\nsimilar:\n  - 查保单\n  - 哪里看保单\n---\n拨电话查。\n",
    "kb/claims/list.yml": (
        "- id: two\n  question: 多久赔？\n  answer: 十天。\n  topic: 时限\n"
        "- {id: old, question: 怎么寄材料？, answer: 寄。, status: archived}\n"
    ),
}


def found_in(make_root: MakeRoot, files: dict[str, str | bytes]) -> list[Problem]:
    root = make_root({**KB, **{f"{FOLDER}/{name}.tsv": content for name, content in files.items()}})
    kb = load(root)
    assert kb.problems == []
    return check_queries(kb)


def places(problems: list[Problem]) -> list[tuple[str, int, str]]:
    return [(p.path.removeprefix(f"{FOLDER}/").removesuffix(".tsv"), p.line, p.code) for p in problems]


BAD: list[tuple[str, str | bytes, list[tuple[int, str]]]] = [
    ("gbk", ("question\n" + "想退保\n" * 50).encode("gbk"), [(2, "K101")]),
    ("too large", "question\n" + "大" * 400_000, [(1, "K102")]),
    ("empty file", "", [(1, "K901")]),
    ("no header", "topic\n退保\n", [(1, "K901")]),
    ("questions at once", "想退保\n想查保单\n", [(1, "K901")]),
    ("header misspelt", "qustion\ttopic\n想退保\t退保\n", [(1, "K901"), (1, "K902")]),
    ("unknown column", "question\tnote\n想退保\t甲\n", [(1, "K902")]),
    ("column without a name", "question\t\n想退保\t甲\n", [(1, "K902")]),
    ("column twice", "question\ttopic\ttopic\n想退保\t退保\t退保\n", [(1, "K902")]),
    ("too few columns", HEADER + "\n想退保\tspoken\tone\n", [(3, "K903")]),
    ("too many columns", "question\n想退保\t退保\n", [(2, "K903")]),
    ("spaces for a tab", "question\ttopic\n想退保    退保\n", [(2, "K903")]),
    ("empty question", "question\ttopic\n \t退保\n", [(2, "K904")]),
    ("question twice", "question\n想退保\n\n想 退保？\n", [(4, "K905")]),
    ("question twice in other case", "question\nAPP 打不开\napp打不开！\n", [(3, "K905")]),
    ("unknown article", HEADER + "想退保\t\tnone\t\t\n", [(2, "K906")]),
    ("one unknown article of two", "question\tarticle\n想退保\tone|none\n", [(2, "K906")]),
    ("unknown topic", "question\ttopic\n想退保\t退钱\n", [(2, "K907")]),
    ("unknown category", "question\tcategory\n想退保\t保单\n", [(2, "K907")]),
    ("question of an article", "question\n保单 怎么查\n", [(2, "K908")]),
    ("similar question of an article", "question\n想退保\n哪里看保单？\n", [(3, "K908")]),
]


@pytest.mark.parametrize(("text", "wanted"), [pytest.param(t, w, id=name) for name, t, w in BAD])
def test_each_mistake_is_found_at_its_line(
    make_root: MakeRoot, text: str | bytes, wanted: list[tuple[int, str]]
) -> None:
    found = found_in(make_root, {"dev": text})
    assert places(found) == [("dev", line, code) for line, code in wanted], [str(p) for p in found]
    assert all(p.fix and p.message and p.level == "error" for p in found)


def test_good_queries_have_none(make_root: MakeRoot) -> None:
    files: dict[str, str | bytes] = {
        "dev": HEADER + "想退保\tspoken\tone|two\t退保|时限\t保单查询|claims\n\n怎么寄材料\t\told\t\t\n",
        "none_dev": "\ufeffquestion\r\n今天天气\r\n？？\r\n",
    }
    assert found_in(make_root, files) == []
    assert found_in(make_root, {}) == []


def test_no_queries_at_all_have_none(good: Root) -> None:
    assert check_queries(load(good)) == []


def test_question_counts_in_one_measured_file(make_root: MakeRoot) -> None:
    files: dict[str, str | bytes] = {
        "dev": "question\n想退保\n",
        "none_dev": "question\n天气\n想退保\n",
        "none_test": "question\n天气！\n",
        "test": "question\n甲\n乙\n想退保\n",
        "mine": "question\n想退保\n",
    }
    found = found_in(make_root, files)
    assert places(found) == [("none_dev", 3, "K905"), ("none_test", 2, "K905"), ("test", 4, "K905")]
    assert all(f"{FOLDER}/dev.tsv:2" in p.message for p in (found[0], found[2]))


def test_every_problem_is_told_in_one_run(make_root: MakeRoot) -> None:
    files: dict[str, str | bytes] = {
        "dev": "question\tarticle\ttopic\tcategory\tnote\n查保单\tx|y\t无\t无\t\n\tz\t\t\t\n查保单\n",
        "none_test": b"\xff\xfe\x00",
        "test": "topic\n",
    }
    assert places(found_in(make_root, files)) == [
        ("dev", 1, "K902"),
        ("dev", 2, "K906"),
        ("dev", 2, "K906"),
        ("dev", 2, "K907"),
        ("dev", 2, "K907"),
        ("dev", 2, "K908"),
        ("dev", 3, "K904"),
        ("dev", 3, "K906"),
        ("dev", 4, "K903"),
        ("dev", 4, "K905"),
        ("dev", 4, "K908"),
        ("none_test", 1, "K101"),
        ("test", 1, "K901"),
    ]


def test_messages_name_places_and_quote_no_question(make_root: MakeRoot) -> None:
    found = found_in(make_root, {"test": "question\n哪里看保单\n想退保\n想退保\n"})
    assert [p.message for p in found] == [
        "这个问题就是 kb/policy/one.md:6 的相似问，量不出好坏",
        f"这个问题 {FOLDER}/test.tsv:3 已经有了",
    ]
