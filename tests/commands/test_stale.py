"""Does kb stale list, export and send, with an exit code that a script can trust?"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator

import pytest
from click.testing import CliRunner, Result

from cli import main
from core.paths import Root
from core.settings import Settings, settings
from records.accounts import Accounts
from records.database import Database
from records.migrating import bring_up
from records.urgent import Urgent
from tests.servers import web_server

MakeRoot = Callable[[dict[str, str | bytes]], Root]
ARTICLES = """
- {id: late, question: "=HYPERLINK(1)", answer: 答, owner: "@组", review_by: 2020-01-01}
- {id: dateless, question: 没日期的？, answer: 答}
- {id: far, question: 很久以后的？, answer: 答, owner: 组, review_by: 2999-01-01}
"""


@pytest.fixture(autouse=True)
def fresh_settings() -> Iterator[None]:
    settings.cache_clear()
    yield
    settings.cache_clear()


@pytest.fixture
def root(make_root: MakeRoot) -> Root:
    return make_root({"kb/a/all.yml": ARTICLES})


def stale(root: Root, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["stale", "--root", str(root.path), *arguments])


def test_as_a_table(root: Root) -> None:
    done = stale(root)
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert lines[0].split() == ["负责人", "复核日期", "状态", "编号", "标准问", "文件"]
    assert [line.split()[0] for line in lines[1:]] == ["@组", "（没有负责人）"]
    assert "没有复核日期" in lines[2]


def test_as_csv_that_excel_opens_and_does_not_run(root: Root) -> None:
    raw = stale(root, "--format", "csv").stdout
    assert raw.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(raw.removeprefix("\ufeff"))))
    assert rows[1][0] == "'@组"
    assert rows[1][4] == "'=HYPERLINK(1)"
    assert len(rows) == 3


def test_as_json(root: Root) -> None:
    body = json.loads(stale(root, "--json").stdout)
    assert [(one["id"], one["review_by"], one["days"] is None) for one in body] == [
        ("late", "2020-01-01", False),
        ("dateless", None, True),
    ]
    assert body[0]["days"] < -2000


def test_nothing_due(make_root: MakeRoot) -> None:
    root = make_root({"kb/a/one.yml": "- {id: far, question: 问, answer: 答, owner: 组, review_by: 2999-01-01}\n"})
    assert "0 天之内没有要复核的文章" in stale(root, "--within", "0").stdout
    assert json.loads(stale(root, "--json").stdout) == []


def test_a_file_that_cannot_be_read_is_told(root: Root) -> None:
    (root.kb / "a" / "bad.md").write_text("没有字段", "utf-8")
    done = stale(root)
    assert done.exit_code == 0
    assert "kb/a/bad.md 读不全" in done.stderr


def test_send(root: Root, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "DELIVERY: 没有设置怎么寄" in stale(root, "--send").stderr
    assert stale(root, "--send").exit_code == 1
    with web_server() as posts:
        monkeypatch.setenv("KB_CHAT_WEBHOOK", f"{posts.url}/send?key=geheim")
        settings.cache_clear()
        done = stale(root, "--send")
        assert (done.exit_code, done.stdout) == (0, "2 篇要复核，已寄：群机器人\n")
        assert json.loads(stale(root, "--send", "--json").stdout) == {"articles": 2, "mails": [], "chat": True}
        posts.status = 500
        done = stale(root, "--send")
    assert done.exit_code == 1
    assert len(done.stderr.strip().splitlines()) == 1
    assert "geheim" not in done.output


def stop(root: Root, article: str) -> None:
    database = Database(root, Settings())
    bring_up(database)
    boss = Accounts(database).add("wang", "王主管", "supervisor")[0]
    Urgent(database).stop(article, "错了", boss)


def test_what_is_stopped_comes_first_until_it_is_started(root: Root) -> None:
    stop(root, "far")
    rows = json.loads(stale(root, "--json").stdout)
    assert [(row["id"], row["urgent"]) for row in rows] == [("late", ""), ("far", "已停用，等编辑改"), ("dateless", "")]
    assert "已停用，等编辑改" in stale(root).stdout
    assert "已停用，等编辑改" in stale(root, "--format", "csv").stdout
    database = Database(root, Settings())
    Urgent(database).start("far", Accounts(database).get("wang"))
    assert "已停用" not in stale(root).stdout


def test_what_is_stopped_is_in_the_digest(root: Root, monkeypatch: pytest.MonkeyPatch) -> None:
    stop(root, "far")
    with web_server() as posts:
        monkeypatch.setenv("KB_CHAT_WEBHOOK", f"{posts.url}/robot")
        assert stale(root, "--send").exit_code == 0
        (_, message) = posts.got[0]
    assert "1 篇停用或挂着公告" in str(message)
    assert "已停用，等编辑改 很久以后的？（far）" in str(message)


def test_a_database_that_cannot_be_read_is_said(root: Root) -> None:
    root.var.mkdir(exist_ok=True)
    (root.var / "kb.sqlite3").write_bytes(b"no database" * 100)
    done = stale(root)
    assert done.exit_code == 0
    assert "停用和公告读不出来" in done.stderr
    assert "没有复核日期" in done.stdout
