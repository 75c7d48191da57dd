"""Does kb check find what is wrong with the dictionaries, where it is, and all of it at once?"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from core.errors import Problem
from core.paths import Root
from search.check_dictionaries import check_dictionaries

MakeRoot = Callable[[dict[str, str | bytes]], Root]

FOLDER = "site_config/dictionaries"


def found_in(make_root: MakeRoot, files: dict[str, str | bytes]) -> list[Problem]:
    return check_dictionaries(make_root({f"{FOLDER}/{name}.txt": content for name, content in files.items()}))


def places(problems: list[Problem]) -> list[tuple[str, int, str]]:
    return [(p.path.removeprefix(f"{FOLDER}/").removesuffix(".txt"), p.line, p.code) for p in problems]


BAD: list[tuple[str, str, str | bytes, list[tuple[int, str]]]] = [
    ("gbk", "words", ("车险\n" + "百万医疗\n" * 50).encode("gbk"), [(1, "K101")]),
    ("gbk synonyms", "synonyms", b"a, b\n" + ("报销, 理赔\n" * 50).encode("gbk"), [(2, "K101")]),
    ("too large", "stop", "的\n" * 300_000, [(1, "K102")]),
    ("word twice", "words", "# 车\n车险\n\n寿险\n车险 # 又\n", [(5, "K801")]),
    ("word twice after folding", "words", "车险\nVIP\n車險\nｖｉｐ\n", [(3, "K801"), (4, "K801")]),
    ("stop word twice", "stop", "的\n了\n的\n", [(3, "K801")]),
    ("nothing on the right", "synonyms", "报销 =>\n", [(1, "K802")]),
    ("nothing on the left", "synonyms", "\n=> 报销\n", [(2, "K802")]),
    ("only commas", "synonyms", ",,\n", [(1, "K802")]),
    ("empty member", "synonyms", "报销, , 理赔\n", [(1, "K802")]),
    ("comma at the end", "synonyms", "拖车 => 救援,\n", [(1, "K802")]),
    ("one member", "synonyms", "报销\n", [(1, "K803")]),
    ("other comma", "synonyms", "报销、理赔\n", [(1, "K803")]),
    ("one member after folding", "synonyms", "保單, 保单\n", [(1, "K803"), (1, "K805")]),
    ("two arrows", "synonyms", "甲 => 乙 => 丙\n", [(1, "K804")]),
    ("two wide arrows", "synonyms", "甲 ＝＞ 乙 => 丙\n", [(1, "K804")]),
    ("same group", "synonyms", "# 一\n甲, 乙, 丙\n\n丙，乙, 甲\n", [(4, "K805")]),
    ("same group after folding", "synonyms", "保单, VIP\nvip, 保單\n", [(2, "K805")]),
    ("same one-way group", "synonyms", "甲 => 乙, 丙\n甲 => 丙, 乙\n", [(2, "K805")]),
    ("pair of a larger group", "synonyms", "甲, 乙, 丙\n丙, 乙\n", [(2, "K805")]),
    ("pair in a larger group", "synonyms", "甲, 乙\n丙, 乙, 甲\n", [(2, "K805")]),
    ("pair said both ways", "synonyms", "甲, 乙\n甲 => 乙\n", [(2, "K805")]),
    ("pair said one way", "synonyms", "甲 => 乙\n乙, 甲\n", [(2, "K805")]),
    ("some pairs", "synonyms", "甲 => 乙\n丁 => 丙\n甲, 丁 => 乙, 丙\n", [(3, "K805"), (3, "K805")]),
    ("member twice", "synonyms", "甲, 乙, 甲\n", [(1, "K805")]),
    ("cycle of one", "synonyms", "甲 => 甲\n", [(1, "K806")]),
    ("cycle inside a line", "synonyms", "甲, 乙 => 乙\n", [(1, "K806")]),
    ("cycle of two", "synonyms", "甲 => 乙\n乙 => 甲\n", [(2, "K806")]),
    ("cycle of four", "synonyms", "丙 => 丁\n甲, 子 => 乙\n丁 => 丑, 甲\n戊 => 己\n乙 => 丙\n", [(5, "K806")]),
    ("two cycles", "synonyms", "甲 => 乙\n乙 => 甲\n甲 => 丙\n丙 => 乙\n", [(2, "K806"), (4, "K806")]),
    ("long word", "words", "第三者责任险\n机动车第三者责任强制保险条款\n", [(2, "K807")]),
    ("long stop word", "stop", "abcdefghijklm\n", [(1, "K807")]),
    ("long synonym", "synonyms", "甲 => 机动车第三者责任强制保险条款\n", [(1, "K807")]),
    ("punctuation", "words", "车险\n——\n", [(2, "K808")]),
    ("stop punctuation", "stop", "，\n", [(1, "K808")]),
    ("synonym punctuation", "synonyms", "甲, ？\n", [(1, "K808")]),
    ("not a word at all", "words", "车险\n\x07\n", [(2, "K808")]),
]


@pytest.mark.parametrize(("file", "text", "wanted"), [pytest.param(f, t, w, id=name) for name, f, t, w in BAD])
def test_each_mistake_is_found_at_its_line(
    make_root: MakeRoot, file: str, text: str | bytes, wanted: list[tuple[int, str]]
) -> None:
    found = found_in(make_root, {file: text})
    assert places(found) == [(file, line, code) for line, code in wanted], [str(p) for p in found]
    assert all(p.fix and p.message and p.level == "error" for p in found)


def test_good_dictionaries_have_none(good: Root) -> None:
    assert check_dictionaries(good) == []


def test_missing_and_empty_dictionaries_have_none(make_root: MakeRoot) -> None:
    assert found_in(make_root, {}) == []
    assert found_in(make_root, {"words": "", "stop": "# 空\n", "synonyms": "\n"}) == []


def test_what_looks_like_a_mistake_and_is_none(make_root: MakeRoot) -> None:
    files: dict[str, str | bytes] = {
        "words": "\ufeff怎么\r\nVIP\r\n机动车第三者责任强制保险\r\n# 怎么\r\n",
        "stop": "怎么\n",
        "synonyms": "# 甲 => 乙 => 丙\n甲, 乙\n甲, 丙\n乙 => 丁\n丁, 戊\n戊 => 乙\n己, 庚 => 辛 # 己 => 己\n",
    }
    assert found_in(make_root, files) == []


def test_every_problem_is_told_in_one_run(make_root: MakeRoot) -> None:
    files: dict[str, str | bytes] = {
        "words": "车险\n，\n车险\n",
        "stop": b"\xff\xfe\x00",
        "synonyms": "甲\n甲 => 乙 => 丙\n甲 => 乙\n甲 => 乙\n乙 => 甲\n甲, ,……\n",
    }
    assert places(found_in(make_root, files)) == [
        ("stop", 1, "K101"),
        ("synonyms", 1, "K803"),
        ("synonyms", 2, "K804"),
        ("synonyms", 4, "K805"),
        ("synonyms", 5, "K806"),
        ("synonyms", 6, "K802"),
        ("synonyms", 6, "K808"),
        ("words", 2, "K808"),
        ("words", 3, "K801"),
    ]


def test_messages_name_the_other_line_and_the_way_round(make_root: MakeRoot) -> None:
    found = found_in(
        make_root, {"words": "甲\n乙\n甲\n", "synonyms": "甲 => 乙\n乙 => 丙\n丙 => 甲\n丙, 丁\n子, 丁, 丙\n"}
    )
    assert [p.message for p in found] == [
        "绕回来了：丙 => 甲 => 乙 => 丙",
        "“丁”和“丙”第 4 行已经说了",
        "“甲”第 1 行已经有了",
    ]
