"""Does the history follow an article through real commits and real publishes?"""

from __future__ import annotations

import json
import signal
import subprocess
import sys

import pytest
from click.testing import CliRunner, Result

from cli import main
from core.paths import Root
from publishing.build import publish
from publishing.history.read import open_history
from publishing.history.store import history_folder
from publishing.layout import current
from tests.git import Repository


def kb(root: Root, *arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, "--root", str(root.path)])


def test_an_article_through_its_life(good: Root) -> None:
    repository = Repository(good.path)
    repository.commit("第一批", trailers=("Reviewed-by: 王五 <w@example.invalid>",))
    source = good.kb / "policy" / "reissue.md"
    names = [publish(good)[0].name]

    # Another wording, approved by two.
    source.write_text(
        source.read_text("utf-8").replace("phone: 带身份证申请补发。", "phone: 带身份证来。不收钱。"), "utf-8"
    )
    changed = repository.commit("改电话文案", trailers=("Reviewed-by: 赵六", "Reviewed-by: 孙七"))
    names.append(publish(good)[0].name)

    # To another category, as an item of a list: the id stays.
    (good.kb / "claims" / "list.yml").write_text(
        "- id: reissue\n  question: 保单丢了怎么补？\n  topic: 材料\n  answers: {phone: 带身份证来。不收钱。}\n"
        "  owner: 保全组\n  sources: [公司公布]\n  answer: 带身份证申请补发，{{reissue_days}} 办好。\n",
        "utf-8",
    )
    source.unlink()
    repository.commit("挪到理赔")
    names.append(publish(good)[0].name)

    # Archived, and published again.
    listed = good.kb / "claims" / "list.yml"
    whole = listed.read_text("utf-8")
    listed.write_text(whole + "  status: archived\n", "utf-8")
    (good.kb / "policy" / "drafts.yml").unlink()
    repository.commit("下线")
    names.append(publish(good)[0].name)
    listed.write_text(whole, "utf-8")
    names.append(publish(good)[0].name)  # without a commit

    versions = json.loads(kb(good, "history", "reissue", "--json").stdout)
    assert [v["release"] for v in versions] == names
    assert [v["kind"] for v in versions] == ["live", "live", "live", "gone", "live"]
    assert [v.get("said", {}).get("path") for v in versions] == [
        "kb/policy/reissue.md",
        "kb/policy/reissue.md",
        "kb/claims/list.yml",
        None,
        "kb/claims/list.yml",
    ]
    assert [v.get("said", {}).get("approvers") for v in versions] == [
        ["王五 <w@example.invalid>"],
        ["赵六", "孙七"],
        [],
        None,
        [],
    ]
    assert versions[1]["said"]["article_commit"] == changed
    assert versions[1]["changed"] == ["phone", "sms", "social"]
    assert versions[4]["said"]["article_commit"] == ""
    assert versions[4]["commit"].endswith("+dirty")

    text = kb(good, "history", "reissue").stdout
    assert "审阅 赵六、孙七" in text
    assert "电话、短信、公开回复：\n     － 带身份证申请补发。\n     ＋ 带身份证来。\n     ＋ 不收钱。\n" in text
    assert "挪动：kb/policy/reissue.md → kb/claims/list.yml" in text
    assert "下线：已归档" in text
    assert "重新上线：" in text

    # What was said while the first release was live, to the second at which it went live.
    first = versions[0]["time"]
    then = kb(good, "asof", first, "reissue", "--channel", "sms").stdout
    assert "【短信】（借用电话）\n带身份证申请补发。\n" in then
    assert f"当时的发布 {names[0]}" in then
    assert "审阅 王五 <w@example.invalid>" in then
    assert "依据 公司公布" in then
    assert "【网页】" not in then
    body = json.loads(kb(good, "asof", versions[3]["time"], "reissue", "--json").stdout)
    assert (body["is_live"], body["version"]["reason"], body["release"]) == (False, "archived", names[3])
    assert "那时没有上线" in kb(good, "asof", versions[3]["time"], "reissue").stdout


def test_a_changed_brand_fact_is_a_version_of_every_article_that_says_it(good: Root) -> None:
    publish(good)
    brand = good.config / "brand.yml"
    brand.write_text(brand.read_text("utf-8").replace("3 天", "5 天"), "utf-8")
    publish(good)
    assert len(json.loads(kb(good, "history", "reissue", "--json").stdout)) == 2
    assert len(json.loads(kb(good, "history", "hospital", "--json").stdout)) == 1
    assert "＋ 带身份证申请补发，5 天（示例） 办好。" in kb(good, "history", "reissue").stdout


@pytest.mark.parametrize("healer", ["publish", "history"])
def test_killed_between_switch_and_record_the_next_one_makes_it_good(good: Root, healer: str) -> None:
    publish(good)
    before = len(open_history(good).lines)
    (good.kb / "policy" / "new.yml").write_text("- id: new\n  question: 怎么改电话？\n  answer: 打电话改。\n", "utf-8")
    code = (
        "import os, signal\n"
        "from core.paths import Root\n"
        "from publishing import build\n"
        "switch = build.switch\n"
        "def then_die(root, release):\n"
        "    switch(root, release)\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
        "build.switch = then_die\n"
        f"build.publish(Root.at({str(good.path)!r}))\n"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == -signal.SIGKILL
    raw = (history_folder(good) / f"{last_year(good)}.jsonl").read_bytes()
    assert raw.count(b"\n") == before
    live = current(good)
    assert live is not None
    if healer == "publish":
        assert not publish(good)[1]
    assert json.loads(kb(good, "history", "new", "--json").stdout)[0]["release"] == live.name
    assert len(open_history(good).lines) == before + 2


def last_year(root: Root) -> str:
    return max(path.stem for path in history_folder(root).glob("*.jsonl"))


def test_history_is_never_among_what_customers_get(good: Root) -> None:
    release = publish(good)[0]
    assert release.texts.is_file()
    assert not [p for p in (release.path / "public").rglob("*") if p.name == "texts.json"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["history", "none"], "历史里没有“none”"),
        (["history", "draft-one"], "历史里没有“draft-one”"),
        (["asof", "2020-01-01", "reissue"], "那时还没有发布过"),
        (["asof", "tomorrow", "reissue"], "不是日期"),
    ],
)
def test_refusals_are_one_sentence(published: tuple[Root, object], arguments: list[str], said: str) -> None:
    done = kb(published[0], *arguments)
    assert done.exit_code == 1
    assert done.stderr.startswith("HISTORY: ")
    assert said in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
