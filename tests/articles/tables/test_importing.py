"""Does an import do what the rows say, tell everything that is wrong with them, and otherwise write nothing?"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from openpyxl import Workbook, load_workbook

from articles.loading import load
from articles.tables.importing import Plan, plan_import
from articles.tables.reading import read_table
from core.errors import ProblemsFound, TableError
from core.paths import Root
from tests.articles.tables.conftest import content, csv_of

DoImport = Callable[..., Plan]
HEAD = ["编号", "标准问", "相似问", "答案", "分类"]


def told(plan: Plan) -> list[tuple[int, str, str]]:
    return [(p.row, p.column, p.code) for p in plan.problems]


def test_new_rows_become_a_list_of_their_category(good: Root, tmp_path: Path, do_import: DoImport) -> None:
    rows = [
        ["faq-1", "保单在哪查？", "查保单；看保单|保单查询入口", "打开小程序就能查。", "保单查询"],
        ["", "赔款被退回怎么办？", "", "核对卡号。\n\n再来一次。", "claims"],
    ]
    plan = do_import(csv_of(tmp_path / "a.csv", HEAD, *rows))
    assert (plan.created, plan.updated, plan.problems) == (["faq-1", "pei-kuan-bei-tui-hui-zen-me-ban"], [], [])
    made = {a.id: a for a in load(good).articles}
    assert made["faq-1"].similar == ["查保单", "看保单", "保单查询入口"]
    assert made["faq-1"].category == "policy"
    assert (
        (good.kb / "claims/imported.yml")
        .read_text("utf-8")
        .endswith(
            "- id: pei-kuan-bei-tui-hui-zen-me-ban\n  question: 赔款被退回怎么办？\n  answer: |\n    核对卡号。\n\n    再来一次。\n"
        )
    )


def test_ids_are_written_back_and_stay(good: Root, tmp_path: Path, do_import: DoImport) -> None:
    rows = [
        ["标准问", "答案", "分类"],
        ["怎么办理退保？", "'-5 天", "policy"],
        [],
        ["怎么办理、退保", "答。", "理赔进度"],
    ]
    plan = do_import(
        csv_of(tmp_path / "问题.csv", rows[0], rows[1], [""], ["怎么办理退保", "'=1", "policy"]), skip_bad=True
    )
    assert told(plan) == [(4, "标准问", "K403")]
    assert "第 2 行“标准问”" in plan.problems[0].message
    assert plan.returned == tmp_path / "问题-已导入.csv"
    assert plan.given == {2: "zen-me-ban-li-tui-bao"}
    back = read_table(plan.returned)
    assert back.titles == ["编号", *rows[0]]
    assert [[cell.value for cell in row.cells] for row in back.rows] == [
        ["zen-me-ban-li-tui-bao", "怎么办理退保？", "'-5 天", "policy"],
        ["", "怎么办理退保", "'=1", "policy"],
    ]
    assert [row.number for row in back.rows] == [2, 4]
    before = content(good)
    again = do_import(plan.returned, skip_bad=True)
    assert (again.created, again.updated, again.unchanged) == ([], [], ["zen-me-ban-li-tui-bao"])
    assert content(good) == before


def test_a_workbook_comes_back_with_ids_dates_and_formulas(good: Root, tmp_path: Path, do_import: DoImport) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["标准问", "答案", "分类", "复核日期"])
    sheet.append(["发票怎么开？", "自助开。", "保单查询", "2027/6/30"])
    sheet.append(["发票怎么寄？", "=A1", "保单查询", ""])
    book.save(tmp_path / "a.xlsx")
    plan = do_import(tmp_path / "a.xlsx", skip_bad=True)
    assert told(plan) == [(3, "答案", "T101")]
    assert plan.returned is not None
    returned = load_workbook(plan.returned)["文章"]
    assert [cell.value for cell in returned[2]] == [
        "fa-piao-zen-me-kai",
        "发票怎么开？",
        "自助开。",
        "保单查询",
        "2027/6/30",
    ]
    assert returned["C3"].data_type == "f"
    assert {cell.number_format for cell in returned[2]} == {"@"}
    assert str({a.id: a for a in load(good).articles}["fa-piao-zen-me-kai"].review_by) == "2027-06-30"


def test_slugs_that_collide_get_numbers(tmp_path: Path, do_import: DoImport) -> None:
    rows = [
        ["", "是事？", "", "答。", "policy"],
        ["", "试试？", "", "答。", "policy"],
        ["shi-shi", "市市？", "", "答。", "policy"],
    ]
    plan = do_import(csv_of(tmp_path / "a.csv", HEAD, *rows))
    assert plan.given == {2: "shi-shi-2", 3: "shi-shi-3"}
    (tmp_path / "b").mkdir()
    assert do_import(csv_of(tmp_path / "b" / "a.csv", HEAD, ["", "事事？", "", "答。", "policy"])).given == {
        2: "shi-shi-4"
    }


def test_the_same_table_without_ids_is_refused_the_second_time(tmp_path: Path, do_import: DoImport) -> None:
    path = csv_of(tmp_path / "a.csv", HEAD, ["", "发票怎么开？", "", "答。", "policy"])
    do_import(path)
    plan = do_import(path)
    assert told(plan) == [(2, "编号", "T103")]
    assert "fa-piao-zen-me-kai" in plan.problems[0].fix
    assert not (tmp_path / "a-已导入-2.csv").exists()


def test_a_changed_row_changes_its_lines_and_no_others(good: Root, tmp_path: Path, do_import: DoImport) -> None:
    before = content(good)
    lines = [
        ["编号", "负责人", "标准问"],
        ["first-steps", "新的组", "刚出车祸，先打给谁？"],
        ["hospital", "理赔组", "住院报销要带哪些材料？"],
    ]
    plan = do_import(csv_of(tmp_path / "a.csv", *lines))
    assert (plan.created, plan.updated, plan.returned) == ([], ["first-steps", "hospital"], None)
    after = content(good)
    changed = {name for name in after if after[name] != before.get(name)}
    assert changed == {"claims/first-steps.md", "claims/short.yml"}
    assert after["claims/first-steps.md"] == before["claims/first-steps.md"].replace(
        "owner: 理赔组".encode(), "owner: 新的组".encode()
    )
    assert after["claims/short.yml"] == before["claims/short.yml"].replace(
        "要带什么材料？".encode(), "要带哪些材料？".encode()
    )


def test_an_empty_cell_empties_a_missing_column_does_not(good: Root, tmp_path: Path, do_import: DoImport) -> None:
    do_import(
        csv_of(
            tmp_path / "a.csv",
            ["编号", "标签", "状态", "对象", "转人工条件", "转给队列", "一线权限"],
            ["first-steps"],
            ["agent-only"],
        )
    )
    articles = {a.id: a for a in load(good).articles}
    steps = articles["first-steps"]
    assert (steps.tags, steps.escalate, steps.products) == ([], None, ["motor"])
    assert articles["agent-only"].audience == "agent"


def test_one_of_several_columns_of_a_field(good: Root, tmp_path: Path, do_import: DoImport) -> None:
    do_import(csv_of(tmp_path / "a.csv", ["编号", "电话话术", "一线权限"], ["first-steps", "先看人。", ""]))
    article = {a.id: a for a in load(good).articles}["first-steps"]
    assert article.answers.phone == "先看人。"
    assert article.answers.chat.startswith("先看人有没有受伤")
    assert article.escalate is not None
    assert (article.escalate.to, article.escalate.leeway) == ("motor", "")


def test_the_body_of_a_markdown_article(good: Root, tmp_path: Path, do_import: DoImport) -> None:
    path = good.kb / "policy/reissue.md"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    do_import(csv_of(tmp_path / "a.csv", ["编号", "答案"], ["reissue", "带上身份证。\n\n当天办好。"]))
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf---\r\nid: reissue\r\n")
    assert raw.endswith("---\r\n带上身份证。\r\n\r\n当天办好。\r\n".encode())
    assert raw.count(b"\n") == raw.count(b"\r\n")


def test_articles_move_with_their_category(good: Root, tmp_path: Path, do_import: DoImport) -> None:
    lines = [
        ["编号", "分类", "子主题"],
        ["reissue", "理赔进度", "材料"],
        ["draft-one", "claims", ""],
        ["old-reissue", "claims", ""],
    ]
    do_import(csv_of(tmp_path / "a.csv", *lines))
    kb = load(good)
    where = {entry.article.id: entry.path for entry in kb.entries}
    assert kb.problems == []
    assert where["reissue"] == "kb/claims/reissue.md"
    assert where["draft-one"] == where["old-reissue"] == "kb/claims/imported.yml"
    assert not (good.kb / "policy/drafts.yml").exists()
    assert not (good.kb / "policy/reissue.md").exists()


def test_every_problem_of_every_row_at_once(good: Root, tmp_path: Path, do_import: DoImport) -> None:
    head = [*HEAD, "子主题", "险种", "复核日期", "步骤", "相关文章", "必读"]
    rows = [
        ["Bad Id", "甲一？", "", "答。", "保单查询"],
        ["a2", "", "", "", "没有这类"],
        ["a3", "甲三？", "", "答。", "没有这类"],
        [
            "a4",
            "甲四？",
            "",
            "<br>答\n见[x](none.md)",
            "policy",
            "没有",
            "火箭",
            "2027-02-30",
            "- title: [",
            "nobody",
            "也许",
        ],
        ["a5", "退保能退多少钱", "", "{{没有}}", "policy"],
        ["a6", "甲六？", "", "答。", "policy", "没有", "火箭", "", "- text: 缺名字\n  within: 零", "a2"],
        ["a7", "甲七？", "保单丢了怎么补？", "<br>答\n\n见[x](none.md)", "policy", "没有", "火箭", "", "", "nobody"],
        ["a7", "甲八？", "", "答。", "policy", *[""] * 6, "多出来"],
    ]
    before = content(good)
    plan = do_import(csv_of(tmp_path / "a.csv", head, *rows))
    assert told(plan) == [
        (2, "编号", "K303"),
        (3, "标准问", "K302"),
        (3, "答案", "K302"),
        (4, "分类", "K404"),
        (5, "复核日期", "T101"),
        (5, "子主题", "K406"),
        (5, "必读", "T101"),
        (5, "步骤", "T101"),
        (5, "相关文章", "K502"),
        (5, "答案", "K501"),
        (5, "答案", "K505"),
        (5, "险种", "K407"),
        (6, "标准问", "K403"),
        (6, "答案", "K503"),
        (7, "步骤", "K302"),
        (7, "步骤", "K303"),
        (8, "子主题", "K406"),
        (8, "相似问", "K403"),
        (8, "相关文章", "K502"),
        (8, "答案", "K501"),
        (8, "答案", "K505"),
        (8, "险种", "K407"),
        (9, "", "T102"),
        (9, "编号", "K402"),
    ]
    assert all(p.fix and p.message for p in plan.problems)
    assert "kb/policy/surrender.md" in next(p.message for p in plan.problems if p.row == 6 and p.code == "K403")
    assert plan.changes == []
    assert content(good) == before
    assert list(tmp_path.glob("*已导入*")) == []


def test_the_fix_names_what_people_write(tmp_path: Path, do_import: DoImport) -> None:
    plan = do_import(csv_of(tmp_path / "a.csv", [*HEAD, "状态"], ["a", "甲？", "", "答。", "policy", "上线"]))
    assert [str(p) for p in plan.problems] == [
        "第 2 行“状态”：K303 “状态”的值不对：上线 不在可选的值里。可选：草稿、已发布、已归档"
    ]


def test_an_id_twice_in_the_table(tmp_path: Path, do_import: DoImport) -> None:
    plan = do_import(
        csv_of(tmp_path / "a.csv", HEAD, ["a", "甲？", "", "答。", "policy"], ["a", "乙？", "", "答。", "policy"])
    )
    assert told(plan) == [(3, "编号", "K402")]
    assert "第 2 行“编号”" in plan.problems[0].message


def test_skipping_bad_rows_and_what_relies_on_them(good: Root, tmp_path: Path, do_import: DoImport) -> None:
    head = [*HEAD, "相关文章"]
    rows = [
        ["a", "甲？", "", "<b>", "policy", ""],
        ["b", "乙？", "", "答。", "policy", "a"],
        ["c", "丙？", "", "答。", "policy", "b"],
        ["d", "丁？", "", "答。", "policy"],
    ]
    plan = do_import(csv_of(tmp_path / "a.csv", head, *rows), skip_bad=True)
    assert told(plan) == [(2, "答案", "K505"), (3, "相关文章", "K502"), (4, "相关文章", "K502")]
    assert plan.created == ["d"]
    assert {a.id for a in load(good).articles} >= {"d"}
    assert not {a.id for a in load(good).articles} & {"a", "b", "c"}


def test_a_row_that_is_skipped_leaves_its_article_as_it_was(good: Root, tmp_path: Path, do_import: DoImport) -> None:
    before = content(good)
    plan = do_import(csv_of(tmp_path / "a.csv", ["编号", "答案"], ["hospital", "<b>"]), skip_bad=True)
    assert (plan.bad_rows, plan.updated, plan.changes) == ([2], [], [])
    assert content(good) == before


@pytest.mark.parametrize(
    ("titles", "said"),
    [
        (["编号", "标准问", "备注"], "没有“备注”这一列"),
        (["标准问", "标准问"], "“标准问”出现了两次"),
        (["分类", "类别", "标准问"], "“分类”出现了两次"),
        (["答案", "分类"], "缺少“标准问”"),
    ],
)
def test_titles_that_cannot_be_used(tmp_path: Path, do_import: DoImport, titles: list[str], said: str) -> None:
    with pytest.raises(TableError, match=said):
        do_import(csv_of(tmp_path / "a.csv", titles, ["x"] * len(titles)))


def test_fields_of_json_that_do_not_exist(tmp_path: Path, do_import: DoImport) -> None:
    (tmp_path / "a.jsonl").write_text('{"id": "x", "question": "问？", "answers": {"fax": "y"}, "foo": 1}\n', "utf-8")
    with pytest.raises(TableError, match=r"没有“answers.fax”这一列；没有“foo”这一列"):
        do_import(tmp_path / "a.jsonl")


def test_ids_go_back_into_json_too(tmp_path: Path, do_import: DoImport) -> None:
    (tmp_path / "a.jsonl").write_text(
        '{"question": "发票怎么开？", "answer": "答。", "category": "policy", "escalate": null}\n', "utf-8"
    )
    plan = do_import(tmp_path / "a.jsonl")
    assert plan.returned is not None
    assert do_import(plan.returned).unchanged == ["fa-piao-zen-me-kai"]


def test_a_knowledge_base_with_errors_of_its_own(good: Root, tmp_path: Path) -> None:
    path = csv_of(tmp_path / "a.csv", HEAD, ["a", "甲？", "", "答。", "policy"])
    (good.kb / "policy/bad.md").write_text("没有字段", "utf-8")
    with pytest.raises(ProblemsFound) as found:
        plan_import(load(good), read_table(path), path)
    assert [p.code for p in found.value.problems] == ["K106"]
    (good.kb / "policy/bad.md").write_text("---\nid: bad\nquestion: 问题甲乙丙？\nrelated: [a]\n---\n答。\n", "utf-8")
    assert plan_import(load(good), read_table(path), path).created == ["a"]
    (good.kb / "policy/bad.md").write_text(
        "---\nid: bad\nquestion: 问题甲乙丙？\nrelated: [none]\n---\n答。\n", "utf-8"
    )
    with pytest.raises(ProblemsFound) as found:
        plan_import(load(good), read_table(path), path)
    assert [p.code for p in found.value.problems] == ["K502"]


def test_more_than_a_file_holds_goes_into_several(good: Root, tmp_path: Path, do_import: DoImport) -> None:
    rows = [[f"n-{i}", f"第 {i} 个问题？", "", "见 {{hotline}}。" * 200, "policy"] for i in range(8)]
    plan = do_import(csv_of(tmp_path / "a.csv", HEAD, *rows))
    names = sorted(path.name for path in (good.kb / "policy").glob("imported*"))
    assert names == ["imported-2.yml", "imported-3.yml", "imported.yml"]
    assert len(plan.created) == 8
    assert load(good).problems == []
    do_import(csv_of(tmp_path / "b.csv", HEAD, ["last", "最后一个？", "", "答。", "policy"]))
    assert yaml.safe_load((good.kb / "policy/imported-2.yml").read_text("utf-8"))[-1]["id"] != "last"
    assert yaml.safe_load((good.kb / "policy/imported.yml").read_text("utf-8"))[-1]["id"] == "last"


def test_an_article_that_no_file_can_hold(good: Root, tmp_path: Path, do_import: DoImport) -> None:
    before = content(good)
    rows = [["big", "太大的？", "", "[" * 3000, "policy"], ["small", "不大的？", "", "答。", "policy"]]
    path = csv_of(tmp_path / "a.csv", HEAD, *rows)
    plan = do_import(path)
    assert told(plan) == [(2, "", "T104")]
    assert content(good) == before
    assert do_import(path, skip_bad=True).created == ["small"]


def test_a_carriage_return_has_no_place_in_markdown(good: Root, tmp_path: Path, do_import: DoImport) -> None:
    before = content(good)
    plan = do_import(csv_of(tmp_path / "a.csv", ["编号", "答案"], ["reissue", "甲\\u000d乙"]))
    assert told(plan) == [(2, "", "T104")]
    assert content(good) == before
