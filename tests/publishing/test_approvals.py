"""Does an article that needs four eyes go live without them? Real repositories, commits, merges and trailers."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from articles.loading import load
from cli import main
from core.errors import ProblemsFound
from core.paths import Root
from publishing.approvals import check_approvals
from publishing.build import publish
from publishing.layout import current
from tests.git import LI, ZHANG, Repository, replace

BY_LI, BY_ZHANG = f"Reviewed-by: {LI}", f"Reviewed-by: {ZHANG}"


class Desk:
    """A repository whose 时限 topic and policy category need approval; ``live`` is the commit that is live."""

    def __init__(self, root: Root) -> None:
        self.root = root
        replace(root.config / "categories.yml", "featured:", "needs_review: [时限, policy]\nfeatured:")
        self.repository = Repository(root.path)
        self.live = self.repository.commit("起点")
        self.times = 0

    def edit(self, path: str = "claims/short.yml", old: str = "谈妥后 10 日内付款。") -> None:
        """Write something new behind ``old``."""
        self.times += 1
        replace(self.root.kb / path, old, f"{old}第{self.times}版。")

    def codes(self) -> list[str]:
        head = self.repository.git("rev-parse", "HEAD")
        return [p.code for p in check_approvals(self.root, load(self.root), self.live, head)]


@pytest.fixture
def desk(good: Root) -> Desk:
    return Desk(good)


def test_the_first_release_and_a_folder_without_git_ask_nothing(desk: Desk, tmp_path: Path) -> None:
    desk.edit()
    head = desk.repository.commit()
    assert check_approvals(desk.root, load(desk.root), "", head) == []
    shutil.copytree(desk.root.kb, tmp_path / "copy" / "kb")
    copy = Root.at(tmp_path / "copy")
    assert check_approvals(copy, load(copy), desk.live, "") == []


def test_nothing_is_asked_when_it_is_not_switched_on(good: Root) -> None:
    repository = Repository(good.path)
    live = repository.commit()
    replace(good.kb / "claims" / "short.yml", "谈妥后 10 日内付款。", "谈妥后 20 日内付款。")
    assert check_approvals(good, load(good), live, repository.commit()) == []
    assert check_approvals(good, load(good), "0123456789ab", repository.git("rev-parse", "HEAD")) == []


def test_without_an_approval_it_is_refused_with_what_to_do(desk: Desk) -> None:
    desk.edit()
    head = desk.repository.commit()
    (problem,) = check_approvals(desk.root, load(desk.root), desk.live, head)
    assert str(problem) == (
        "kb/claims/short.yml:1: K710 “交齐材料后多久赔到账？”要审核，张三改过之后还没有别人审核。"
        '请另一位同事看过后提交：git commit --allow-empty -m 审核 -m "Reviewed-by: 姓名 <邮箱>"'
    )


def test_articles_on_other_topics_in_the_same_file_need_none(desk: Desk) -> None:
    desk.edit(old="answer: 带病历、诊断证明和费用清单。")
    desk.repository.commit()
    assert desk.codes() == []


@pytest.mark.parametrize(
    ("trailers", "codes"),
    [
        ((BY_LI,), []),
        ((BY_ZHANG,), ["K710"]),
        (("Reviewed-by: 张三",), ["K710"]),
        (("Reviewed-by: 小张 <ZHANG@example.invalid>",), ["K710"]),
        (("Reviewed-by: 李四",), []),
        (("Reviewed-by: ",), ["K710"]),
        ((BY_ZHANG, BY_LI), []),
        ((f"Co-authored-by: {LI}", BY_LI), ["K710"]),
        ((f"Acked-by: {LI}",), ["K710"]),
    ],
)
def test_the_approval_is_by_somebody_else(desk: Desk, trailers: tuple[str, ...], codes: list[str]) -> None:
    desk.edit()
    desk.repository.commit(trailers=trailers)
    assert desk.codes() == codes


def test_a_mention_in_the_text_is_no_trailer(desk: Desk) -> None:
    desk.edit()
    desk.repository.commit(f"说明\n\nReviewed-by: {LI} 说可以\n这是正文\n\n完")
    assert desk.codes() == ["K710"]


def test_control_characters_in_a_message_change_nothing(desk: Desk) -> None:
    desk.edit()
    desk.repository.commit("改\x01\x02", trailers=(f"Co-authored-by: 甲\x01\x02{LI}\x02\x03", "Note: \x01\x02\x02"))
    assert desk.codes() == ["K710"]


def test_a_later_empty_commit_approves_what_came_before_it(desk: Desk) -> None:
    desk.edit()
    desk.repository.commit()
    desk.repository.commit("审核", author=LI, trailers=(BY_LI,))
    assert desk.codes() == []
    desk.edit()
    desk.repository.commit("又改")
    assert desk.codes() == ["K710"]


def test_an_approval_of_other_files_does_not_count(desk: Desk) -> None:
    desk.edit()
    desk.repository.commit()
    desk.edit("claims/first-steps.md", "有人受伤先打 120。")
    desk.repository.commit(trailers=(BY_LI,))
    assert desk.codes() == ["K710"]
    (desk.root.path / "notes.txt").write_text("程序", "utf-8")
    desk.repository.commit(trailers=(BY_LI,))
    assert desk.codes() == ["K710"]


def test_two_may_approve_each_other(desk: Desk) -> None:
    desk.edit()
    desk.repository.commit(trailers=(BY_LI,))
    desk.edit()
    desk.repository.commit(author=LI)
    assert desk.codes() == ["K710"]
    desk.repository.commit("审核", trailers=(BY_ZHANG,))
    assert desk.codes() == []


def test_whoever_changed_a_part_cannot_approve_the_whole(desk: Desk) -> None:
    desk.edit()
    desk.repository.commit()
    desk.edit()
    desk.repository.commit(author=LI)
    desk.repository.commit("审核", trailers=(BY_LI, BY_ZHANG))
    assert desk.codes() == ["K710"]
    desk.repository.commit("审核", trailers=("Reviewed-by: 王五 <wang@example.invalid>",))
    assert desk.codes() == []


def test_a_merge_may_carry_the_approval_of_its_branch(desk: Desk) -> None:
    git = desk.repository.git
    git("checkout", "-q", "-b", "topic")
    desk.edit()
    desk.repository.commit()
    git("checkout", "-q", "main")
    (desk.root.path / "other.txt").write_text("别的", "utf-8")
    desk.repository.commit()
    git("merge", "-q", "--no-ff", "-m", f"合并\n\n{BY_LI}", "topic")
    assert desk.codes() == []


def test_a_merge_that_writes_something_of_its_own_is_a_change(desk: Desk) -> None:
    git = desk.repository.git
    git("checkout", "-q", "-b", "topic")
    desk.edit()
    desk.repository.commit(trailers=(BY_LI,))
    git("checkout", "-q", "main")
    (desk.root.path / "other.txt").write_text("别的", "utf-8")
    desk.repository.commit()
    git("merge", "-q", "--no-ff", "--no-commit", "topic")
    desk.edit()
    git("add", "-A")
    git("commit", "-q", "-m", "合并时又改了一点")
    assert desk.codes() == ["K710"]


def test_a_move_a_takedown_and_a_deletion_need_it_too(desk: Desk) -> None:
    kb = desk.root.kb
    (kb / "policy" / "reissue.md").rename(kb / "claims" / "reissue.md")
    replace(kb / "claims" / "reissue.md", "topic: 补发", "topic: 材料")
    replace(kb / "policy" / "surrender.md", "topic: 退保", "topic: 退保\nstatus: archived")
    replace(kb / "claims" / "short.yml", "- id: agent-only", "- id: agent-two")
    desk.repository.commit()
    assert desk.codes() == ["K710"] * 4  # moved, archived, one deleted, one new
    desk.repository.commit("审核", trailers=(BY_LI,))
    assert desk.codes() == []


def test_drafts_are_free(desk: Desk) -> None:
    replace(desk.root.kb / "policy" / "drafts.yml", "这是尚未公开的草稿", "这是改过的草稿")
    desk.repository.commit()
    assert desk.codes() == []
    replace(desk.root.kb / "policy" / "drafts.yml", "status: draft", "status: published")
    desk.repository.commit()
    assert desk.codes() == ["K710"]


def test_neither_another_topic_nor_another_rule_is_a_way_round(desk: Desk) -> None:
    replace(desk.root.kb / "claims" / "short.yml", "topic: 时限\n  promises", "topic: 材料\n  promises")
    replace(desk.root.config / "categories.yml", "needs_review: [时限, policy]\n", "")
    desk.repository.commit()
    assert desk.codes() == ["K710"]


def test_what_is_not_committed_cannot_be_approved(desk: Desk) -> None:
    desk.edit()
    assert desk.codes() == ["K711"]
    desk.repository.commit(trailers=(BY_LI,))
    assert desk.codes() == []
    (desk.root.kb / "policy" / "fresh.md").write_text("---\nid: fresh\nquestion: 新的问题？\n---\n答。\n", "utf-8")
    assert desk.codes() == ["K711"]


def test_without_the_live_commit_every_last_change_must_be_approved(desk: Desk) -> None:
    desk.live = "0123456789ab"
    found = desk.codes()
    assert found
    assert set(found) == {"K712"}
    desk.repository.commit("审核", trailers=(BY_LI,))
    assert desk.codes() == []
    desk.edit()
    assert set(desk.codes()) == {"K712"}


def test_going_back_behind_what_is_live_is_refused(desk: Desk) -> None:
    desk.edit()
    first, desk.live = desk.live, desk.repository.commit(trailers=(BY_LI,))
    desk.repository.git("reset", "-q", "--hard", first)
    assert desk.codes() == ["K712"]


def test_a_knowledge_base_in_a_folder_of_its_repository(good: Root, tmp_path: Path) -> None:
    (tmp_path / "outer").mkdir()
    good.path.rename(tmp_path / "outer" / "inner")
    root = Root.at(tmp_path / "outer" / "inner")
    replace(root.config / "categories.yml", "featured:", "needs_review: [时限]\nfeatured:")
    repository = Repository(tmp_path / "outer")
    live = repository.commit()
    replace(root.kb / "claims" / "short.yml", "谈妥后 10 日内付款。", "谈妥后 20 日内付款。")
    head = repository.commit()
    assert [p.code for p in check_approvals(root, load(root), live, head)] == ["K710"]
    head = repository.commit("审核", trailers=(BY_LI,))
    assert check_approvals(root, load(root), live, head) == []


def test_publish_refuses_and_the_old_release_stays(desk: Desk) -> None:
    first, _ = publish(desk.root)
    desk.edit()
    desk.repository.commit()
    done = CliRunner().invoke(main, ["publish", "--root", str(desk.root.path)])
    assert done.exit_code == 1
    assert "K710 “交齐材料后多久赔到账？”要审核" in done.stderr
    live = current(desk.root)
    assert live is not None
    assert live.name == first.name
    desk.repository.commit("审核", trailers=(BY_LI,))
    second, built = publish(desk.root)
    assert built
    assert second.name != first.name
    desk.edit()
    with pytest.raises(ProblemsFound):
        publish(desk.root)  # the working tree, which nobody can have approved
    with pytest.raises(ProblemsFound):
        publish(desk.root, force="急用")  # a reason passes the gate of the search, not the second pair of eyes


def test_an_unknown_name_in_needs_review_is_told(desk: Desk) -> None:
    replace(desk.root.config / "categories.yml", "[时限, policy]", "[时限, 没有这个]")
    done = CliRunner().invoke(main, ["check", "--root", str(desk.root.path)])
    assert done.exit_code == 1
    assert "site_config/categories.yml:1: K704 needs_review 里的“没有这个”不是子主题，也不是类别" in done.stdout
