"""Does an editor see what was just written, drafts and notes marked, before anybody else? kb preview in a real browser."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from bench.latency import free_port
from tests.browser.looks import on_both
from tests.conftest import GOOD
from tests.git import replace

BOX = "form.ask input[name=q] >> visible=true"


@dataclass(frozen=True)
class Desk:
    """A running preview: its address, the folder that it shows, its port, and what it says in the terminal."""

    url: str
    root: Path
    port: int
    said: Path


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    root = tmp_path_factory.mktemp("preview") / "good"
    shutil.copytree(GOOD, root)
    port, said = free_port(), root.parent / "said.txt"
    command = [sys.executable, "-m", "cli", "preview", "--root", str(root), "--port", str(port)]
    with said.open("w") as out:
        process = subprocess.Popen(["env", "PYTHONUNBUFFERED=1", *command], stdout=out, stderr=out)
    try:
        while "搜索已更新" not in said.read_text("utf-8") or "预览：" not in said.read_text("utf-8"):
            assert process.poll() is None and "没有更新" not in said.read_text("utf-8"), said.read_text("utf-8")
            time.sleep(0.05)
        yield Desk(f"http://127.0.0.1:{port}", root, port, said)
    finally:
        process.terminate()
        process.wait(timeout=20)


def mark_before(page: Page, selector: str) -> str:
    """What the style sheet writes before an element."""
    return str(page.locator(selector).first.evaluate("e => getComputedStyle(e, '::before').content")).strip('"')


def test_every_page_says_preview_and_is_not_to_be_indexed(page: Page, desk: Desk) -> None:
    for path in ("/", "/policy/", "/questions/", "/ask/", "/policy/draft-one/", "/nothing/here/"):
        answer = page.goto(desk.url + path)
        assert answer is not None
        assert answer.headers["x-robots-tag"] == "noindex"
        expect(page.locator(".pv-bar")).to_contain_text("预览")
        assert page.title().startswith("预览·")
        expect(page.locator("script[src*=offline]")).to_have_count(0)
        assert page.locator("meta[name=robots]").get_attribute("content") == "noindex"


def test_drafts_and_agents_articles_are_shown_and_marked(page: Page, desk: Desk) -> None:
    page.goto(f"{desk.url}/policy/draft-one/")
    expect(page.locator(".pv-band")).to_contain_text("草稿")
    expect(page.locator(".answer-line")).to_contain_text("这是尚未公开的草稿内容丙字号")
    page.goto(f"{desk.url}/claims/agent-only/")
    expect(page.locator(".pv-band")).to_contain_text("仅客服可见")
    page.goto(f"{desk.url}/policy/surrender/")
    expect(page.locator(".pv-band")).to_have_count(0)
    page.goto(f"{desk.url}/questions/")
    assert mark_before(page, "a[href$='/draft-one/']") == "草稿"
    assert mark_before(page, "a[href$='/agent-only/']") == "仅客服可见"
    assert mark_before(page, "a[href$='/surrender/']") == "none"


@on_both
def test_notes_and_channel_texts_are_shown_and_marked(page: Page, desk: Desk) -> None:
    page.goto(f"{desk.url}/claims/first-steps/")
    notes = page.locator(".pv-notes")
    expect(notes.locator("h2")).to_contain_text("仅客服可见")
    for text in ("优先派驻点查勘员到场", "千万不要承诺一定全赔这句话", "有人受伤，转车险岗", "您的报案号是{{报案号}}"):
        expect(notes).to_contain_text(text)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_search_finds_drafts_and_marks_them(page: Page, desk: Desk) -> None:
    page.goto(desk.url)
    page.locator(BOX).first.click()
    page.keyboard.type("草稿里的新规定", delay=10)
    option = page.locator("[role=option]").filter(has_text="草稿里的新规定是什么").first
    expect(option).to_be_visible()
    assert mark_before(page, "[role=option][data-href$='/draft-one/']") == "草稿"
    page.keyboard.press("Enter")
    page.wait_for_url("**/ask/?q=*")
    expect(page.locator(".asked-as a, .picks a, .hits a").first).to_have_attribute(
        "href", re.compile("/policy/draft-one/$")
    )
    expect(page.locator("[data-away]")).to_be_hidden()


def test_a_saved_change_is_on_the_page_and_in_the_search(page: Page, desk: Desk) -> None:
    page.goto(f"{desk.url}/policy/reissue/")
    article = desk.root / "kb" / "policy" / "reissue.md"
    text = article.read_text("utf-8")
    said = desk.said.read_text("utf-8").count("搜索已更新")
    replace(article, "\n带身份证申请补发，", "\n带护照申请补发，")
    replace(article, "保单找不到]", "保单找不到, 狗把合同吃掉了]")
    expect(page.locator(".answer-line")).to_contain_text("带护照申请补发")
    while desk.said.read_text("utf-8").count("搜索已更新") == said:
        page.wait_for_timeout(50)
    found = page.request.get(f"{desk.url}/api/v1/search?q=狗把合同吃掉了").json()
    assert found["results"][0]["id"] == "reissue"
    article.write_text(text, "utf-8")
    expect(page.locator(".answer-line")).to_contain_text("带身份证申请补发")


def test_a_broken_article_is_told_on_the_page_and_in_the_terminal_and_the_last_good_state_stays(
    page: Page, desk: Desk
) -> None:
    page.goto(f"{desk.url}/policy/reissue/")
    article = desk.root / "kb" / "policy" / "reissue.md"
    text = article.read_text("utf-8")
    article.write_text(
        text.replace("topic: 补发", "topic: 没有的主题\nfoo: <b>1</b>").replace("带身份证", "坏掉的"), "utf-8"
    )
    replace(desk.root / "kb" / "claims" / "short.yml", "topic: 材料", "topic: 也没有")
    panel = page.locator(".pv-wrong")
    expect(panel).to_contain_text("有 4 处错误，下面还是上一次没错的样子。")
    expect(panel).to_contain_text("kb/policy/reissue.md:6: K301 没有“foo”这个字段")
    expect(panel).to_contain_text("kb/claims/short.yml")
    expect(page.locator(".answer-line")).to_contain_text("带身份证申请补发")
    assert "kb/policy/reissue.md:6: K301 没有“foo”这个字段" in desk.said.read_text("utf-8")
    article.write_text(text, "utf-8")
    replace(desk.root / "kb" / "claims" / "short.yml", "topic: 也没有", "topic: 材料")
    expect(panel).to_have_count(0)


def test_nobody_else_can_see_it_and_no_release_is_made(page: Page, desk: Desk) -> None:
    with socket.socket() as other, pytest.raises(ConnectionRefusedError):
        other.connect(("127.0.0.2", desk.port))
    assert page.request.get(desk.url, headers={"Host": "elsewhere.example"}).status == 403
    assert not (desk.root / "var" / "releases").exists()
    assert not (desk.root / "var" / "current").is_symlink()
