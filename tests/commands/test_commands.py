"""Does each verb of kb do what its help says, with an exit code that a script can trust?"""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import jsonschema_rs
import pytest
import yaml
from click.testing import CliRunner, Result

from cli import main
from core.paths import Root
from tests.conftest import REPOSITORY

MakeRoot = Callable[[dict[str, str | bytes]], Root]


def kb(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def test_check_of_a_good_kb(good: Root) -> None:
    done = kb("check", "--root", str(good.path))
    assert done.exit_code == 0
    assert "0 处错误" in done.stderr
    assert kb("check", "--root", str(good.path), "--strict").exit_code == 1  # its agent article has no owner


def test_check_tells_errors_as_text_json_and_github(make_root: MakeRoot) -> None:
    root = make_root({"kb/a/one.md": "---\nid: one\nquestion: 怎么查？\nfoo: 1\n---\n答%。\n"})
    text = kb("check", "--root", str(root.path))
    assert text.exit_code == 1
    assert "kb/a/one.md:4: K301 没有“foo”这个字段。" in text.stdout
    body = json.loads(kb("check", "--root", str(root.path), "--format", "json").stdout)
    assert body["errors"] == 1
    assert body["problems"][0] | {"fix": "", "message": ""} == {
        "path": "kb/a/one.md",
        "line": 4,
        "code": "K301",
        "level": "error",
        "fix": "",
        "message": "",
    }
    github = kb("check", "--root", str(root.path), "--format", "github").stdout
    assert github.startswith("::error file=kb/a/one.md,line=4,title=K301::")


def test_check_asks_the_search_only_when_told_to(make_root: MakeRoot) -> None:
    lost = "- id: {}\n  question: {}\n  answer: 看合同。\n  similar: [{}]\n"
    listed = lost.format("one", "保单丢了怎么补办？", "纸质保单丢失, 退保要多少手续费呢") + lost.format(
        "two", "退保要多少手续费？", "解约扣多少"
    )
    root = make_root({"kb/a/l.yml": listed})
    assert "W622" not in kb("check", "--root", str(root.path)).stdout
    asked = kb("check", "--root", str(root.path), "--search")
    assert asked.exit_code == 0
    assert "kb/a/l.yml:4: W622 " in asked.stdout
    (root.kb / "a" / "broken.md").write_text("只有正文\n", "utf-8")
    broken = kb("check", "--root", str(root.path), "--search")
    assert broken.exit_code == 1
    assert "先没有查相似问" in broken.stderr


def test_what_is_due_with_time_is_told_and_stops_nothing(make_root: MakeRoot) -> None:
    listed = (REPOSITORY / "tests" / "data" / "good" / "kb" / "policy" / "reissue.md").read_text("utf-8")
    brand = (REPOSITORY / "tests" / "data" / "good" / "site_config" / "brand.yml").read_text("utf-8").split("home:")[0]
    text = listed.replace("2027-06-30", "2020-06-30").replace("topic: 补发\n", "")
    root = make_root({"kb/policy/reissue.md": text, "site_config/brand.yml": brand})
    done = kb("check", "--root", str(root.path), "--strict")
    assert "W620" in done.stdout, done.stdout
    assert done.exit_code == 0
    assert "::notice file=" in kb("check", "--root", str(root.path), "--strict", "--format", "github").stdout


def test_schema_accepts_what_the_loader_accepts(good: Root) -> None:
    schema = json.loads(kb("schema", "--list").stdout)
    listed = yaml.safe_load((good.kb / "claims" / "short.yml").read_text("utf-8"))
    for article in listed:
        if "review_by" in article:
            article["review_by"] = article["review_by"].isoformat()
    validator = jsonschema_rs.validator_for(schema)
    assert [e.message for e in validator.iter_errors(listed)] == []
    assert list(validator.iter_errors([{"id": "x", "question": "问", "answer": "答", "foo": 1}]))
    single = json.loads(kb("schema").stdout)
    assert single["properties"]["question"]["description"]
    assert set(single["required"]) == {"id", "question", "answer"}


def test_new_writes_a_template_that_passes_the_check(good: Root) -> None:
    done = kb("new", "claims/my-question", "--question", "理赔材料交齐后，多久给结果？", "--root", str(good.path))
    assert done.exit_code == 0, done.output
    text = (good.kb / "claims" / "my-question.md").read_text("utf-8")
    assert "status: draft" in text
    assert "可选：报案、时限、材料" in text
    assert kb("check", "--root", str(good.path)).exit_code == 0


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("claims/" + "a" * 81, "不合规则"),
        ("none/x", "没有“none”这个类别"),
        ("claims/Bad_Id", "不合规则"),
        ("claims/reissue", "已被"),
        ("claims/../x", "不合规则"),
    ],
)
def test_new_refuses(good: Root, name: str, said: str) -> None:
    done = kb("new", name, "--root", str(good.path))
    assert done.exit_code == 1
    assert said in done.stderr


def test_search_as_json_and_as_text(good: Root) -> None:
    body = json.loads(kb("search", "退保划算吗", "--json", "--root", str(good.path)).stdout)
    first = body["results"][0]
    assert {"id", "question", "category", "topic", "url", "snippet", "score"} <= set(first)
    assert (first["id"], first["url"], first["topic"]) == ("surrender", "/policy/surrender/", "退保")
    text = kb("search", "退保划算吗", "--explain", "--root", str(good.path)).stdout
    assert "退保能退多少钱" in text
    assert "匹配：退保划算吗（similar）" in text
    assert "没有找到" in kb("search", "👍", "--root", str(good.path)).stdout


def test_search_refuses_bad_content_with_every_problem(make_root: MakeRoot) -> None:
    root = make_root({"kb/a/one.md": "没有字段", "kb/a/two.md": "也没有"})
    done = kb("search", "问", "--root", str(root.path))
    assert done.exit_code == 1
    assert done.stderr.count("K106") == 2


def test_eval(good: Root, tmp_path: Path) -> None:
    queries = tmp_path / "q.tsv"
    queries.write_text(
        "question\tarticle\ttopic\n退保划算吗\tsurrender\t退保\n保单不见了\treissue|surrender\t补发\n", "utf-8"
    )
    body = json.loads(kb("eval", str(queries), "--json", "--root", str(good.path)).stdout)
    assert (body["p_at_1"], body["recall_at_3"], body["mrr_at_10"]) == (1.0, 1.0, 1.0)
    assert {"p50", "p95", "p99"} <= set(body["latency_ms"])
    assert body["expect"] == "article"
    text = kb("eval", str(queries), "--expect", "topic", "--root", str(good.path)).stdout
    assert "P@1" in text
    queries.write_text("question\n退保\n", "utf-8")
    assert kb("eval", str(queries), "--root", str(good.path)).exit_code == 1


def test_publish_says_whether_it_built(good: Root) -> None:
    first = json.loads(kb("publish", "--json", "--root", str(good.path)).stdout)
    again = json.loads(kb("publish", "--json", "--root", str(good.path)).stdout)
    assert (first["is_new"], again["is_new"]) == (True, False)
    assert first["release"] == again["release"]
    assert "没有改动" in kb("publish", "--root", str(good.path)).stdout


@pytest.mark.parametrize("command", sorted(main.commands))
def test_a_root_without_kb_is_one_sentence(tmp_path: Path, command: str) -> None:
    arguments = {
        "search": ["问"],
        "new": ["a/b"],
        "eval": [__file__],
        "history": ["a"],
        "users": ["list"],
        "asof": ["2026-05-01", "a"],
    }.get(command, [])
    done = kb(command, *arguments, "--root", str(tmp_path))
    assert done.exit_code == 1
    assert done.stderr.strip().startswith("ROOT:")
    assert len(done.stderr.strip().splitlines()) == 1


def test_serve_on_a_taken_address_is_one_sentence(good: Root) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = subprocess.run(
            ["env", f"KB_PORT={port}", sys.executable, "-m", "cli", "serve", "--root", str(good.path)],
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert f"127.0.0.1:{port}" in done.stderr
    assert "KB_PORT" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_serve_answers_takes_up_a_new_release_and_stops(good: Root) -> None:
    import http.client
    import time

    from bench.latency import served

    def ask(port: int, path: str) -> tuple[int, str, str]:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        connection.request("GET", path)
        response = connection.getresponse()
        return response.status, response.headers["X-KB-Release"], response.read().decode()

    with served(good) as (port, _):
        status, before, text = ask(port, "/policy/reissue/")
        assert (status, "带身份证申请补发" in text) == (200, True)
        path = good.kb / "policy" / "reissue.md"
        path.write_text(
            path.read_text("utf-8").replace("带身份证申请补发，{{reissue_days}} 办好。\n", "去柜面补发。\n"), "utf-8"
        )
        assert kb("publish", "--root", str(good.path)).exit_code == 0
        for _ in range(100):
            status, after, text = ask(port, "/policy/reissue/")
            assert status == 200
            if after != before:
                break
            time.sleep(0.1)
        assert after != before
        assert "去柜面补发" in text


def test_new_without_topics_and_with_an_odd_question_passes_the_check(make_root: MakeRoot) -> None:
    root = make_root({"kb/理赔/one.md": "---\nid: one\nquestion: 怎么查？\n---\n答。\n"})
    assert kb("new", "理赔/two", "--question", 'a: b # "x" - [y', "--root", str(root.path)).exit_code == 0
    assert kb("check", "--root", str(root.path)).exit_code == 0


def test_serve_goes_on_with_the_old_release_when_the_content_is_broken(good: Root) -> None:
    import http.client

    from bench.latency import served

    assert kb("publish", "--root", str(good.path)).exit_code == 0
    (good.kb / "policy" / "bad.md").write_text("没有字段", "utf-8")
    with served(good) as (port, _):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        connection.request("GET", "/api/v1/search?q=" + "%E7%90%86" * 500)
        assert connection.getresponse().status == 200
