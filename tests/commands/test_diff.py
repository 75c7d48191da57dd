"""Does kb diff say what customers and agents will read differently? In a real repository, against real commits."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner, Result

from cli import main
from core.paths import Root
from publishing.build import publish
from tests.git import Repository, replace


def diff(root: Root, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["diff", *arguments, "--root", str(root.path)])


@pytest.fixture
def repository(good: Root) -> Repository:
    made = Repository(good.path)
    made.commit("起点")
    return made


@pytest.fixture
def committed(good: Root, repository: Repository) -> Root:
    assert repository.git("status", "--porcelain") == ""
    return good


def test_nothing_changed(good: Root, repository: Repository) -> None:
    done = diff(good)
    assert done.exit_code == 0
    assert (
        done.stdout
        == f"和最近一次提交（{repository.git('rev-parse', 'HEAD')[:12]}）相比，没有不同，客户和客服看到的一样。\n"
    )


def test_a_deadline_a_channel_and_a_source_are_told_in_sentences(committed: Root) -> None:
    short = committed.kb / "claims" / "short.yml"
    replace(short, "within: 10", "within: 30")
    replace(short, "phone: 谈妥以后十天内付款。", "phone: 谈妥以后三十天内付款。")
    replace(short, "谈妥后 10 日内付款", "谈妥后 30 日内付款")
    replace(short, "sources: [{ cite: 《保险法》第二十三条 }]", "sources: [{ cite: 《保险法》第二十四条 }]")
    done = diff(committed)
    assert done.exit_code == 0
    assert "  交齐材料后多久赔到账？（claim-days，理赔进度 › 时限）\n" in done.stdout
    assert "    期限“付款”：“10 自然日内” 改为 “30 自然日内”\n" in done.stdout
    assert (
        "    电话、短信（借用电话）、公开回复（借用电话）：“谈妥以后【十天内】付款” 改为 “谈妥以后【三十天内】付款”\n"
        in done.stdout
    )
    assert "    网页：“谈妥后 【10 日内】付款” 改为 “谈妥后 【30 日内】付款”\n" in done.stdout
    assert "    依据：“《保险法》【第二十三条】” 改为 “《保险法》【第二十四条】”\n" in done.stdout
    assert "在线客服" not in done.stdout  # its own text is the same


def test_a_borrowed_text_changes_for_whoever_borrows_it(committed: Root) -> None:
    replace(committed.kb / "claims" / "short.yml", "chat: 谈妥以后 10 日内付款。", "chat: 谈妥以后 15 日内付款。")
    assert (
        "    在线客服、微信（借用在线客服）、邮件（借用在线客服）：“谈妥以后 【10 日内】付款” 改为"
        in diff(committed).stdout
    )


def test_a_fact_of_the_brand_changes_every_text_that_names_it(committed: Root) -> None:
    replace(committed.config / "brand.yml", "value: 3 天", "value: 5 天")
    assert "网页：“【3 天】（示例） 办好” 改为 “【5 天】（示例） 办好”" in diff(committed).stdout


def test_new_moved_archived_deleted_and_drafts(committed: Root) -> None:
    (committed.kb / "policy" / "reissue.md").rename(committed.kb / "claims" / "reissue.md")
    replace(committed.kb / "claims" / "reissue.md", "topic: 补发", "topic: 材料")
    replace(
        committed.kb / "policy" / "surrender.md", "topic: 退保", "topic: 退保\nstatus: archived\nreplaced_by: reissue"
    )
    replace(committed.kb / "policy" / "drafts.yml", "status: draft", "status: published")
    (committed.kb / "claims" / "first-steps.md").unlink()
    (committed.kb / "policy" / "idea.md").write_text(
        "---\nid: idea\nquestion: 还没想好的问题？\nstatus: draft\n---\n好。\n", "utf-8"
    )
    told = diff(committed).stdout
    assert "有 4 篇文章不一样" in told
    assert (
        "新增 1 篇\n  草稿里的新规定是什么？（draft-one，保单查询）\n    网页：加上 “这是尚未公开的草稿内容丙字号。”\n"
        in told
    )
    assert "换了类别 1 篇\n  保单丢了怎么补？（reissue，理赔进度 › 材料）：从“保单查询”挪来，旧地址自动跳转\n" in told
    assert "下线 2 篇\n  退保能退多少钱？（surrender，保单查询 › 退保）：由“reissue”代替\n" in told
    assert "  刚出车祸，先打给谁？（first-steps，理赔进度 › 报案）：文章删掉了\n" in told
    assert "草稿（不上线） 1 篇\n  还没想好的问题？（idea，保单查询）" in told


def test_what_only_agents_read_is_told_too(committed: Root) -> None:
    article = committed.kb / "claims" / "first-steps.md"
    replace(article, "优先派驻点查勘员到场", "先问伤情再派查勘员")
    replace(article, "一定全赔", "马上全赔")
    told = diff(committed).stdout
    assert "    只给客服的说明：“【优先派驻点】查勘员【到场】” 改为 “【先问伤情再派】查勘员”\n" in told
    assert "不要这样说：“千万不要承诺【一定】全赔这句话” 改为 “千万不要承诺【马上】全赔这句话”" in told


def test_against_a_commit_a_branch_and_what_is_live(good: Root, repository: Repository) -> None:
    publish(good)
    live = repository.git("rev-parse", "HEAD")
    article = good.kb / "policy" / "reissue.md"
    replace(article, "phone: 带身份证申请补发。", "phone: 带身份证和保单号申请补发。")
    repository.commit("电话")
    assert f"和线上的发布（提交 {live[:12]}）相比，有 1 篇文章不一样。" in diff(good).stdout
    assert "相比，没有不同" in diff(good, "main").stdout
    replace(article, "chat: 带身份证", "chat: 请带身份证")
    repository.commit("在线客服")
    replace(article, "chat: 请带身份证", "chat: 请您带身份证")
    publish(good)
    assert "，发布时还带着没提交的改动）相比，有 1 篇" in diff(good).stdout
    repository.commit("补交")
    assert "和HEAD~1（" in diff(good, "HEAD~1").stdout


def test_json_and_markdown(good: Root, repository: Repository) -> None:
    replace(good.kb / "policy" / "reissue.md", "phone: 带身份证申请补发。", "phone: 带*身份证*和<b>申请补发。")
    body = json.loads(diff(good, "--format", "json").stdout)
    assert body["base"] == repository.git("rev-parse", "HEAD")
    assert body["articles"][0]["id"] == "reissue"
    assert body["articles"][0]["lines"][0] == {
        "where": "电话、短信（借用电话）、公开回复（借用电话）",
        "old": "带身份证申请补发。",
        "new": "带*身份证*和<b>申请补发。",
    }
    markdown = diff(good, "--format", "markdown").stdout
    assert "### 保单丢了怎么补？" in markdown
    assert "<b>" not in markdown.replace("\\<b\\>", "")


def test_refusals_are_one_sentence(good: Root) -> None:
    nowhere = diff(good)
    assert nowhere.exit_code == 1
    assert "不在 git 仓库里" in nowhere.stderr
    repository = Repository(good.path)
    assert "仓库里没有“HEAD”这个版本" in diff(good).stderr
    repository.commit()
    unknown = diff(good, "none")
    assert unknown.exit_code == 1
    assert "仓库里没有“none”这个版本" in unknown.stderr
    option = CliRunner().invoke(main, ["diff", "--root", str(good.path), "--", "--output=x"])
    assert option.exit_code == 1
    assert "仓库里没有“--output=x”这个版本" in option.stderr
    (good.kb / "claims" / "first-steps.md").write_text("坏了", "utf-8")
    broken = diff(good)
    assert broken.exit_code == 1
    assert "kb/claims/first-steps.md:1: K106" in broken.stderr


def test_an_old_version_that_cannot_be_read_any_more_is_no_obstacle(good: Root) -> None:
    repository = Repository(good.path)
    article = good.kb / "policy" / "reissue.md"
    text = article.read_text("utf-8")
    article.write_text("旧的写法", "utf-8")
    repository.commit()
    article.write_text(text, "utf-8")
    done = diff(good)
    assert done.exit_code == 0
    assert "有 1 处现在读不出来" in done.stderr
    assert "新增 1 篇\n  保单丢了怎么补？" in done.stdout
