"""Do owners get what agents marked, as a table, CSV that no spreadsheet runs, and JSON?"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator

import pytest
from click.testing import CliRunner, Result

from cli import main
from core.paths import Root
from core.settings import settings
from records.accounts import Accounts
from records.database import Database
from records.gaps import Gaps
from records.marks import Marks
from records.migrating import bring_up


@pytest.fixture(autouse=True)
def fresh_settings() -> Iterator[None]:
    settings.cache_clear()
    yield
    settings.cache_clear()


def kb_marks(root: Root, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["marks", *arguments, "--root", str(root.path)])


@pytest.fixture
def marked(good: Root) -> Root:
    database = Database(good, settings())
    bring_up(database)
    agent = Accounts(database).add("lina", "李娜", "agent")[0].id
    marks, gaps = Marks(database), Gaps(database)
    marks.mark(agent, "gone", "v", "unclear", "")
    marks.mark(agent, "hospital", "v", "outdated", '=HYPERLINK("http://evil.example")\n第二行')
    done, _ = marks.mark(agent, "claim-days", "v", "wrong", "")
    marks.answer(done, "mended", "", agent)
    gaps.add(agent, "+宠物险怎么报")
    return good


def test_by_owner_as_a_table(marked: Root) -> None:
    said = kb_marks(marked).stdout
    lines = said.splitlines()
    assert len(lines) == 4
    assert lines[1].split()[:4] == ["理赔组", "过期了", "hospital", "住院报销要带什么材料？"]
    assert "李娜" in lines[1]
    assert "kb/claims/short.yml" in lines[1]
    assert lines[2].split()[:3] == ["（没有负责人）", "看不懂", "gone"]
    assert "没有答案" in lines[3]
    assert "宠物险怎么报" in lines[3]
    assert len(kb_marks(marked, "--owner", "理赔组").stdout.splitlines()) == 2
    assert "没有要处理的标记" in kb_marks(marked, "--owner", "别人").stdout


def test_as_csv_and_json(marked: Root) -> None:
    text = kb_marks(marked, "--format", "csv").stdout
    assert text.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert rows[0]["说明"].startswith("'=HYPERLINK")
    assert rows[2]["标准问或问题"] == "'+宠物险怎么报"
    told = json.loads(kb_marks(marked, "--json").stdout)
    assert [(one["owner"], one["kind"], one["article"], one["times"]) for one in told] == [
        ("理赔组", "过期了", "hospital", 1),
        ("（没有负责人）", "看不懂", "gone", 1),
        ("（没有负责人）", "没有答案", "", 1),
    ]


def test_nothing_yet(good: Root) -> None:
    done = kb_marks(good)
    assert (done.exit_code, done.stdout) == (0, "没有要处理的标记\n")
    assert json.loads(kb_marks(good, "--json").stdout) == []
