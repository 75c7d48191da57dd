"""Do kb import and kb export do what their help says?"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from cli import main
from core.paths import Root
from tests.articles.tables.conftest import content, csv_of

HEAD = ["标准问", "答案", "分类"]


def kb(root: Root, *arguments: str) -> Result:
    return CliRunner().invoke(main, [arguments[0], "--root", str(root.path), *arguments[1:]])


def test_import_tells_what_it_did(good: Root, tmp_path: Path) -> None:
    path = csv_of(tmp_path / "问题.csv", HEAD, ["发票怎么开？", "自助开。", "保单查询"])
    tried = kb(good, "import", str(path), "--dry-run")
    assert tried.exit_code == 0, tried.output
    assert "（只检查，没有写）新增 1 篇" in tried.stdout
    assert not (good.kb / "policy/imported.yml").exists()
    assert not (tmp_path / "问题-已导入.csv").exists()
    done = kb(good, "import", str(path))
    assert done.exit_code == 0, done.output
    assert "新增 1 篇，更新 0 篇" in done.stdout
    assert "新建 kb/policy/imported.yml" in done.stdout
    assert f"已把新编号写进 {tmp_path / '问题-已导入.csv'}" in done.stdout
    assert "kb check" in done.stderr
    assert kb(good, "check").exit_code == 0


def test_import_tells_every_problem_by_row_and_column(good: Root, tmp_path: Path) -> None:
    path = csv_of(
        tmp_path / "a.csv",
        HEAD,
        ["发票怎么开？", "", "保单查询"],
        ["发票怎么寄？", "寄。", "没有"],
        ["发票怎么改？", "改。", "policy"],
    )
    before = content(good)
    done = kb(good, "import", str(path))
    assert done.exit_code == 1
    assert "a.csv 第 2 行“答案”：K302 缺少“答案”。填上答案" in done.stderr
    assert "a.csv 第 3 行“分类”：K404 没有“没有”这个类别。可选：保单查询、理赔进度" in done.stderr
    assert "什么也没有写" in done.stderr
    assert content(good) == before
    skipped = kb(good, "import", str(path), "--skip-bad")
    assert skipped.exit_code == 1
    assert "新增 1 篇，更新 0 篇，没有变化 0 篇，跳过 2 行" in skipped.stdout


def test_import_as_json(good: Root, tmp_path: Path) -> None:
    path = csv_of(tmp_path / "a.csv", HEAD, ["发票怎么开？", "开。", "policy"], ["发票怎么寄？", "寄。", "没有"])
    refused = json.loads(kb(good, "import", str(path), "--json").stdout)
    assert (refused["created"], refused["files"], refused["returned"], refused["bad_rows"]) == ([], [], None, [3])
    assert {"row", "column", "code", "message", "fix"} == set(refused["problems"][0])
    done = json.loads(kb(good, "import", str(path), "--json", "--skip-bad").stdout)
    assert done["ids"] == {"2": "fa-piao-zen-me-kai"}
    assert done["files"] == ["kb/policy/imported.yml"]
    assert Path(done["returned"]).is_file()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "要写一个表格文件"),
        (["none.xlsx"], "读不出来"),
        (["a.docx"], "不认识"),
        (["--template", "a.txt"], "以 .xlsx 或 .csv 结尾"),
    ],
)
def test_import_refuses(good: Root, arguments: list[str], said: str) -> None:
    done = kb(good, "import", *arguments)
    assert done.exit_code == 1
    assert said in done.stderr


def test_the_template_can_be_filled_in(good: Root, tmp_path: Path) -> None:
    path = tmp_path / "模板.xlsx"
    assert kb(good, "import", "--template", str(path)).exit_code == 0
    refused = kb(good, "import", "--template", str(path))
    assert refused.exit_code == 1
    assert "已经有了" in refused.stderr
    book = load_workbook(path)
    sheet, guide = book["文章"], book["说明"]
    titles = [cell.value for cell in sheet[1]]
    assert titles[:5] == ["编号", "标准问", "相似问", "答案", "分类"]
    assert [row[0].value for row in guide.iter_rows(min_row=2)][: len(titles)] == titles
    assert "保单查询、理赔进度" in [row[3].value for row in guide.iter_rows()]
    assert len(sheet.data_validations.dataValidation) == 5
    for title, text in {"标准问": "发票怎么开？", "答案": "自助开。", "分类": "保单查询", "状态": "草稿"}.items():
        sheet.cell(2, titles.index(title) + 1, text)
    book.save(path)
    done = kb(good, "import", str(path))
    assert done.exit_code == 0, done.output
    assert "status: draft" in (good.kb / "policy/imported.yml").read_text("utf-8")
    assert kb(good, "import", "--template", str(tmp_path / "a.csv")).exit_code == 0


def test_export_to_files_and_to_the_screen(good: Root, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    assert "已导出 8 篇文章" in kb(good, "export", str(path)).stdout
    assert path.read_bytes() == kb(good, "export", "--format", "csv").stdout_bytes
    assert path.read_bytes().startswith('\ufeff"编号","标准问"'.encode())
    lines = [json.loads(line) for line in kb(good, "export", "--format", "jsonl").stdout.splitlines()]
    assert len(lines) == 8
    assert lines[0]["escalate"] is None
    refused = kb(good, "export", str(path))
    assert refused.exit_code == 1
    assert "--overwrite" in refused.stderr
    assert kb(good, "export", str(path), "--overwrite").exit_code == 0


def test_export_with_no_file_writes_a_workbook_here(
    good: Root, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert kb(good, "export").exit_code == 0
    sheet = load_workbook(tmp_path / "kb.xlsx")["文章"]
    assert sheet.max_row == 9
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} == {"s"}


def test_export_refuses_what_it_cannot_hold(good: Root, tmp_path: Path) -> None:
    (good.kb / "policy/long.md").write_text("---\nid: long\nquestion: 很长的？\n---\n" + "长" * 33_000 + "\n", "utf-8")
    done = kb(good, "export", str(tmp_path / "a.xlsx"))
    assert done.exit_code == 1
    assert "long 的“答案”超过 Excel 一格的 32767 字" in done.stderr
    assert kb(good, "export", str(tmp_path / "a.csv")).exit_code == 0
    (good.kb / "policy/bad.md").write_text("没有字段", "utf-8")
    broken = kb(good, "export", str(tmp_path / "b.csv"))
    assert broken.exit_code == 1
    assert "K106" in broken.stderr
