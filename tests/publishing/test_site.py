"""Is the built site whole: all pages and nothing of kb/, told to search engines, free of foreign hosts and inline code?"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from articles.checking import load_checked
from core.errors import ReleaseError
from core.paths import Root
from publishing.mkdocs_build import build_site
from tests.conftest import REPOSITORY

FIRST = "claims/first-steps/index.html"


def built(root: Root, name: str = "site") -> Path:
    folder = root.path.parent / name
    build_site(load_checked(root), folder)
    return folder


def read(site: Path, name: str) -> str:
    return (site / name).read_text("utf-8")


def names(site: Path) -> set[str]:
    return {p.relative_to(site).as_posix() for p in site.rglob("*") if p.is_file()}


def test_all_pages_and_nothing_else(good: Root) -> None:
    (good.kb / "claims" / ".notes.txt").write_text("内部", encoding="utf-8")
    site = built(good)
    found = {name for name in names(site) if not name.startswith("assets/")}
    assert found == {
        "index.html",
        "404.html",
        "robots.txt",
        "sitemap.xml",
        "sitemap.xml.gz",
        "sw.js",
        "questions/index.html",
        "ask/index.html",
        "human/index.html",
        "widget-demo/index.html",
        "widget.js",
        "privacy/index.html",
        "offline/index.html",
        "policy/index.html",
        "claims/index.html",
        "claims/first-steps/index.html",
        "claims/claim-days/index.html",
        "claims/hospital/index.html",
        "policy/reissue/index.html",
        "policy/surrender/index.html",
        "policy/old-reissue/index.html",
    }
    suffixes = {Path(name).suffix for name in names(site)}
    assert suffixes == {".html", ".css", ".js", ".svg", ".json", ".txt", ".xml", ".gz"}


def test_every_page_keeps_the_policy_and_its_own_host(good: Root) -> None:
    site = built(good)
    for path in site.rglob("*.html"):
        html = path.read_text("utf-8")
        assert not re.search(r"<[^>]*\sstyle=", html), path
        assert "<style" not in html, path
        assert not re.findall(r"<script(?![^>]*(?:\ssrc=|ld\+json))", html), path
        for address in re.findall(r'<(?:script|link|img)[^>]*\s(?:src|href)="([^"]+)"', html):
            assert not address.startswith("//"), path
            assert "://" not in address or 'rel="canonical"' in html, f"{address} in {path}"
        assert html.count("<h1") == 1, path
        assert '<html lang="zh-CN"' in html, path


def test_styles_and_scripts_ask_nothing_of_other_hosts(good: Root) -> None:
    for path in (built(good) / "assets").rglob("*"):
        if path.suffix in {".css", ".js"}:
            assert not re.search(r"https?://|url\(|@import", path.read_text("utf-8")), path


def test_what_the_pages_load_is_there(good: Root) -> None:
    site = built(good)
    for path in site.rglob("*.html"):
        for address in re.findall(r'<(?:script|link)[^>]*\s(?:src|href)="([^":]+)"', path.read_text("utf-8")):
            target = site / address.lstrip("/") if address.startswith("/") else path.parent / address
            assert target.resolve().is_file(), f"{address} in {path}"
    for script in (site / "assets").glob("*/js/*.js"):
        for wanted in re.findall(r"""(?:from |import\()["'](\./[^"']+)["']""", script.read_text("utf-8")):
            assert (script.parent / wanted).is_file(), f"{wanted} in {script.name}"


def test_search_engines_are_told_of_the_pages_that_stand(good: Root) -> None:
    site = built(good)
    listed = re.findall(r"<loc>(.*?)</loc>", read(site, "sitemap.xml"))
    home = "http://127.0.0.1:8000/"
    assert home in listed
    assert f"{home}claims/first-steps/" in listed
    assert not [url for url in listed if "old-reissue" in url]
    assert f"Sitemap: {home}sitemap.xml" in read(site, "robots.txt")
    assert f'<link rel="canonical" href="{home}claims/first-steps/">' in read(site, FIRST)
    for name in ("widget-demo/index.html", "policy/old-reissue/index.html", "404.html"):
        assert 'content="noindex"' in read(site, name), name
    assert "noindex" not in read(site, FIRST)


def test_the_small_index_holds_every_public_question(good: Root) -> None:
    rows = json.loads(read(built(good), "assets/search/small.json"))
    assert len(rows) == 5
    first = next(row for row in rows if row["u"] == "claims/first-steps/")
    assert set(first) == {"q", "s", "a", "u", "c"}
    assert first["a"] == "先看人，再拨 40000 报案。"
    assert first["c"] == "理赔进度"
    assert len(first["s"]) == 5


def test_title_description_and_the_demo_strip_come_from_the_brand(good: Root) -> None:
    html = read(built(good), FIRST)
    assert "<title>刚出车祸，先打给谁？ - 示例保险 帮助中心</title>" in html
    assert '<meta name="description" content="先看人，再拨 40000 报案。">' in html
    assert "演示站·非官方" in html
    brand = good.config / "brand.yml"
    brand.write_text(brand.read_text("utf-8").replace("name: 示例保险", "name: 甲&乙\ndemo: false"), encoding="utf-8")
    html = read(built(good, "again"), FIRST)
    assert "演示站" not in html
    assert "甲&amp;乙 帮助中心</title>" in html


def test_a_qr_code_is_copied_and_a_missing_one_is_told(good: Root) -> None:
    brand = good.config / "brand.yml"
    text = brand.read_text("utf-8")
    brand.write_text(text.replace("icon: phone }", "icon: phone, qr: call.png }"), encoding="utf-8")
    with pytest.raises(ReleaseError, match=r"call\.png"):
        built(good)
    (good.config / "call.png").write_bytes(b"\x89PNG")
    site = built(good)
    assert (site / "assets/brand/call.png").is_file()
    assert 'src="../../assets/brand/call.png"' in read(site, FIRST)


def test_a_qr_code_cannot_be_a_file_from_elsewhere(good: Root) -> None:
    (good.path / "secret.png").write_bytes(b"\x89PNG")
    brand = good.config / "brand.yml"
    text = brand.read_text("utf-8")
    brand.write_text(text.replace("icon: phone }", "icon: phone, qr: ../secret.png }"), encoding="utf-8")
    with pytest.raises(ReleaseError):
        built(good)


def test_mkdocs_itself_builds_and_stops_at_bad_content_with_every_place(good: Root) -> None:
    """As any MkDocs user would run it: the script, the file, ``--strict``."""
    config = (REPOSITORY / "mkdocs.yml").read_text("utf-8")
    config = config.replace("publishing/site", str(REPOSITORY / "publishing" / "site"))
    (good.path / "mkdocs.yml").write_text(config, "utf-8")
    command = [str(Path(sys.executable).parent / "mkdocs"), "build", "--strict"]
    done = subprocess.run(command, cwd=good.path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert (good.path / "site" / "claims" / "first-steps" / "index.html").is_file()
    (good.kb / "claims" / "broken.md").write_text("---\nid: broken\n---\n", encoding="utf-8")
    (good.kb / "policy" / "worse.md").write_text("nothing\n", encoding="utf-8")
    done = subprocess.run(command, cwd=good.path, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "kb/claims/broken.md:" in done.stderr
    assert "kb/policy/worse.md:" in done.stderr
    assert "Traceback" not in done.stderr


def test_two_builds_in_one_process_do_not_mix(good: Root) -> None:
    one = names(built(good, "one"))
    (good.kb / "policy" / "surrender.md").unlink()
    assert one - names(built(good, "two")) == {"policy/surrender/index.html"}
