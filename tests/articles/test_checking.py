"""Does kb check find what is wrong, where it is, and all of it at once?"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from articles.checking import check, load_checked
from core.errors import Problem, ProblemsFound
from core.paths import Root

MakeRoot = Callable[[dict[str, str | bytes]], Root]

LEAST = "---\nid: one\nquestion: 保单怎么查？\n---\n拨电话查。\n"


def front(*lines: str, article_id: str = "one", body: str = "拨电话查。") -> str:
    return "\n".join(["---", f"id: {article_id}", "question: 保单怎么查？", *lines, "---", body, ""])


def errors_of(root: Root) -> list[Problem]:
    return [p for p in check(root)[1] if p.level == "error"]


def places(problems: list[Problem]) -> list[tuple[str, int, str]]:
    return [(p.path, p.line, p.code) for p in problems]


def test_good_kb_has_no_errors(good: Root) -> None:
    kb, found = check(good)
    assert [p for p in found if p.level == "error"] == []
    assert {e.article.id for e in kb.entries} >= {"first-steps", "claim-days", "agent-only", "old-reissue"}


def test_least_article_is_enough(make_root: MakeRoot) -> None:
    root = make_root(
        {"kb/policy/one.md": LEAST, "kb/policy/list.yml": "- id: two\n  question: 怎么退保？\n  answer: 申请。\n"}
    )
    assert errors_of(root) == []


BAD: list[tuple[str, dict[str, str | bytes], tuple[str, int, str]]] = [
    ("invalid yaml", {"kb/a/one.md": "---\nid: one\nquestion: a: b\n---\n答。\n"}, ("kb/a/one.md", 3, "K201")),
    ("tab", {"kb/a/l.yml": "- id: one\n\tquestion: 问\n"}, ("kb/a/l.yml", 2, "K201")),
    ("control character", {"kb/a/l.yml": "- id: one\n  question: 问\x07\n  answer: 答\n"}, ("kb/a/l.yml", 2, "K201")),
    ("unsafe tag", {"kb/a/l.yml": "- id: one\n  question: !!python/object/apply:os.system [ls]\n"}, ("kb/a/l.yml", 2, "K202")),
    ("local tag", {"kb/a/l.yml": "- id: !env HOME\n"}, ("kb/a/l.yml", 1, "K202")),
    ("key twice", {"kb/a/one.md": front("topic: x", "topic: y")}, ("kb/a/one.md", 5, "K203")),
    ("alias", {"kb/a/l.yml": "- id: one\n  tags: [&x a, *x]\n"}, ("kb/a/l.yml", 2, "K204")),
    ("alias in front matter", {"kb/a/one.md": front("tags: [&x a, *x]")}, ("kb/a/one.md", 4, "K204")),
    ("unknown field", {"kb/a/one.md": front("qustion: 错字")}, ("kb/a/one.md", 4, "K301")),
    ("nested unknown field", {"kb/a/one.md": front("steps:", "  - title: 一", "    wer: x")}, ("kb/a/one.md", 6, "K301")),
    ("answer twice", {"kb/a/one.md": front("answer: 答")}, ("kb/a/one.md", 4, "K301")),
    ("missing question", {"kb/a/l.yml": "- id: one\n  answer: 答\n"}, ("kb/a/l.yml", 1, "K302")),
    ("missing answer", {"kb/a/one.md": front(body="")}, ("kb/a/one.md", 5, "K303")),
    ("wrong kind", {"kb/a/one.md": front("similar: 不是列表")}, ("kb/a/one.md", 4, "K303")),
    ("bad choice", {"kb/a/one.md": front("status: live")}, ("kb/a/one.md", 4, "K303")),
    ("bad id", {"kb/a/l.yml": "- id: One_1\n  question: 问\n  answer: 答\n"}, ("kb/a/l.yml", 1, "K303")),
    ("not a list", {"kb/a/l.yml": "id: one\n"}, ("kb/a/l.yml", 1, "K303")),
    ("bad date", {"kb/a/one.md": front("review_by: 2027-02-30")}, ("kb/a/one.md", 4, "K304")),
    ("dates turned", {"kb/a/one.md": front("valid_from: 2027-02-03", "valid_to: 2027-02-02")}, ("kb/a/one.md", 5, "K304")),
    ("file name", {"kb/a/two.md": front()}, ("kb/a/two.md", 2, "K401")),
    ("id twice", {"kb/a/one.md": LEAST, "kb/b/l.yml": "- id: one\n  question: 别的\n  answer: 答\n"}, ("kb/b/l.yml", 1, "K402")),
    (
        "question twice",
        {"kb/a/one.md": LEAST, "kb/a/l.yml": "- id: x\n  question: 别的\n  answer: 答\n  similar:\n    - 保单 怎么查?\n"},
        ("kb/a/one.md", 3, "K403"),
    ),
    ("unknown category", {"site_config/categories.yml": "categories: {b: {name: 乙}}\n", "kb/a/one.md": front()}, ("kb/a/one.md", 2, "K404")),
    ("other folder", {"kb/a/one.md": front("category: b"), "kb/b/two.md": front(article_id="two").replace("查？", "看？")}, ("kb/a/one.md", 4, "K405")),
    (
        "unknown topic",
        {"site_config/categories.yml": "categories: {a: {name: 甲, topics: [子]}}\n", "kb/a/one.md": front("topic: 丑")},
        ("kb/a/one.md", 4, "K406"),
    ),
    ("unknown product", {"kb/a/one.md": front("products:", "  - motor", "  - boat")}, ("kb/a/one.md", 6, "K407")),
    ("unknown action", {"kb/a/one.md": front("actions: [dance]")}, ("kb/a/one.md", 4, "K408")),
    ("dead link", {"kb/a/one.md": front(body="答。\n\n见[这里](../b/none.md)。")}, ("kb/a/one.md", 7, "K501")),
    ("dead related", {"kb/a/one.md": front("related: [none]")}, ("kb/a/one.md", 4, "K502")),
    ("undeclared blank", {"kb/a/one.md": front("answers:", "  phone: 您的{{报案号}}")}, ("kb/a/one.md", 5, "K503")),
    ("half a blank", {"kb/a/one.md": front(body="答案{{报案号}。")}, ("kb/a/one.md", 5, "K503")),
    ("folder for no address", {"kb/a#b/one.md": LEAST}, ("kb/a#b", 1, "K702")),
    ("undeclared fact", {"kb/a/one.md": front(body="拨 {{hotline}}。")}, ("kb/a/one.md", 5, "K504")),
    ("html", {"kb/a/one.md": front(body="答。\n\n<b>粗</b>")}, ("kb/a/one.md", 7, "K505")),
    ("html block", {"kb/a/one.md": front(body="答。\n\n<script>\nalert(1)\n</script>")}, ("kb/a/one.md", 7, "K505")),
    ("html in a list", {"kb/a/l.yml": "- id: one\n  question: 问\n  answer: |\n    答。\n\n    <i>x</i>\n"}, ("kb/a/l.yml", 6, "K505")),
    ("script link", {"kb/a/one.md": front(body="[点](javascript:alert(1))")}, ("kb/a/one.md", 5, "K506")),
    ("hidden script link", {"kb/a/one.md": front(body="[点](JaVaScript&colon;alert(1))")}, ("kb/a/one.md", 5, "K506")),
    ("image", {"kb/a/one.md": front(body="![图](https://example.invalid/a.png)")}, ("kb/a/one.md", 5, "K509")),
    ("reserved category", {"kb/ask/one.md": front()}, ("kb/ask", 1, "K702")),
    ("data link", {"kb/a/one.md": front(body="[图](data:text/html;base64,xx)")}, ("kb/a/one.md", 5, "K506")),
    ("host link", {"kb/a/one.md": front(body="[点](//evil.example/x)")}, ("kb/a/one.md", 5, "K506")),
    ("link out of kb", {"kb/a/one.md": front(body="[点](../../secret.md)")}, ("kb/a/one.md", 5, "K507")),
    ("gbk", {"kb/a/one.md": ("保单怎么查？" * 50).encode("gbk")}, ("kb/a/one.md", 1, "K101")),
    ("too big", {"kb/a/one.md": front(body="大" * 400_000)}, ("kb/a/one.md", 1, "K102")),
    ("no front matter", {"kb/a/one.md": "只有正文\n"}, ("kb/a/one.md", 1, "K106")),
    ("misplaced", {"kb/one.md": LEAST}, ("kb/one.md", 1, "K104")),
    ("stranger", {"kb/a/photo.png": b"\x89PNG"}, ("kb/a/photo.png", 1, "K104")),
    ("flow to nowhere", {"kb/a/one.md": front("ask:", "  - key: k", "    question: 哪种？", "    choices:", "      - {text: 甲, next: z}", "      - {text: 乙, article: one}", "  - {key: l, question: 再问, choices: [{text: 甲, article: one}, {text: 乙, article: one}]}")}, ("kb/a/one.md", 8, "K303")),
    ("bad config", {"site_config/brand.yml": "name: 甲\nfax: 1\n"}, ("site_config/brand.yml", 2, "K301")),
    ("slug of another term", {"site_config/glossary.yml": "terms:\n  - {term: 甲, slug: x, plain: 一, explain: 一}\n  - {term: 乙, slug: x, plain: 二, explain: 二}\n"}, ("site_config/glossary.yml", 3, "K703")),
    ("page for a word not to be used", {"site_config/glossary.yml": "terms:\n  - {term: 甲, slug: x, plain: 一, explain: 一, instead: 乙}\n"}, ("site_config/glossary.yml", 2, "K703")),
    ("slug that is no address", {"site_config/glossary.yml": "terms:\n  - {term: 甲, slug: a/b, plain: 一, explain: 一}\n"}, ("site_config/glossary.yml", 2, "K303")),
    ("featured nobody", {"site_config/categories.yml": "featured:\n  - none\n"}, ("site_config/categories.yml", 2, "K701")),
    ("ungraded fact", {"site_config/facts.md": "| A01 | x | y | C |\n", "kb/a/one.md": front("sources:", "  - cite: 法", "    facts: [A01]")}, ("kb/a/one.md", 6, "K508")),
]  # fmt: skip


@pytest.mark.parametrize(("files", "wanted"), [pytest.param(f, w, id=name) for name, f, w in BAD])
def test_each_mistake_is_found_at_its_line(
    make_root: MakeRoot, files: dict[str, str | bytes], wanted: tuple[str, int, str]
) -> None:
    found = errors_of(make_root(files))
    assert wanted in places(found), [str(p) for p in found]
    assert all(p.fix and p.message for p in found)


def test_every_problem_of_every_file_is_told_in_one_run(make_root: MakeRoot) -> None:
    files: dict[str, str | bytes] = {
        "kb/a/one.md": front("qustion: x", "review_by: 昨天", "status: live"),
        "kb/a/two.md": b"\xff\xfe\x00",
        "kb/b/l.yml": "- id: x\n- id: y\n  question: 问\n",
    }
    found = places(errors_of(make_root(files)))
    assert [code for path, _, code in found if path == "kb/a/one.md"] == ["K301", "K304", "K303"]
    assert ("kb/a/two.md", 1, "K101") in found
    assert len([1 for path, _, code in found if path == "kb/b/l.yml" and code == "K302"]) == 3


def test_encoding_is_named(make_root: MakeRoot) -> None:
    text = "保险公司应当在三十日内作出核定，并把结果通知被保险人或者受益人。" * 20
    found = errors_of(make_root({"kb/a/g.md": text.encode("gb18030"), "kb/a/u.md": text.encode("utf-16")}))
    assert "GBK" in found[0].message
    assert "UTF-16" in found[1].message


def test_bom_and_crlf_are_accepted(make_root: MakeRoot) -> None:
    root = make_root({"kb/a/one.md": b"\xef\xbb\xbf" + LEAST.replace("\n", "\r\n").encode()})
    assert errors_of(root) == []


def test_symlink_out_of_kb(make_root: MakeRoot, tmp_path: Path) -> None:
    root = make_root({"kb/a/two.md": LEAST.replace("one", "two")})
    outside = tmp_path / "outside.md"
    outside.write_text(LEAST, "utf-8")
    (root.kb / "a" / "one.md").symlink_to(outside)
    assert places(errors_of(root)) == [("kb/a/one.md", 1, "K103")]


def test_symlink_to_a_folder_out_of_kb(make_root: MakeRoot, tmp_path: Path) -> None:
    root = make_root({"kb/a/one.md": LEAST})
    (tmp_path / "elsewhere").mkdir()
    (root.kb / "b").symlink_to(tmp_path / "elsewhere")
    assert places(errors_of(root)) == [("kb/b", 1, "K103")]


def test_archived_article_gives_its_questions_free(make_root: MakeRoot) -> None:
    root = make_root({"kb/a/one.md": LEAST, "kb/a/two.md": front("status: archived", article_id="two")})
    assert errors_of(root) == []


def test_style_findings_are_warnings(make_root: MakeRoot) -> None:
    body = "这一句话特别特别长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长。"
    found = check(make_root({"kb/a/one.md": front("answers:", f"  phone: {'字' * 121}", body=body)}))[1]
    assert {p.code for p in found} >= {"W602", "W603", "W604", "W605", "W606", "W607", "W608"}
    assert {p.level for p in found} == {"warning"}


def test_content_with_errors_is_not_used(make_root: MakeRoot) -> None:
    with pytest.raises(ProblemsFound) as raised:
        load_checked(make_root({"kb/a/one.md": front("x: 1", "y: 2")}))
    assert len(raised.value.problems) == 2


def test_folders_are_the_categories_without_configuration(make_root: MakeRoot) -> None:
    kb = load_checked(
        make_root({"kb/养老/one.md": LEAST, "kb/zeta/two.md": LEAST.replace("one", "two").replace("查", "改")})
    )
    assert set(kb.config.categories.categories) == {"养老", "zeta"}
