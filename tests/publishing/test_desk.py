"""Does a release hold what agents answer from, at no second index where none is needed, and can nobody else get at it?"""

from __future__ import annotations

import os
import shutil
from datetime import date
from pathlib import Path
from urllib.parse import quote

import pytest

from app import create_app
from core.errors import ReleaseError
from core.paths import Root
from publishing.build import publish
from publishing.content import next_change
from publishing.gate import check_apart
from publishing.layout import Release
from publishing.opened import Desk, open_release


@pytest.fixture(scope="module")
def desk(published: tuple[Root, Release]) -> Desk:
    return open_release(*published).desk()


def without_internal(root: Root) -> Root:
    """The good knowledge base with its one internal article in the drawer."""
    path = root.kb / "claims" / "short.yml"
    path.write_text(
        path.read_text("utf-8").replace("  audience: agent\n", "  audience: agent\n  status: draft\n"), "utf-8"
    )
    return root


def first(found: Desk, query: str) -> str:
    return found.search.search(query).results[0].id


def test_agents_find_what_customers_find_and_internal_articles(published: tuple[Root, Release], desk: Desk) -> None:
    assert first(desk, "客服怎么登记加急案件") == "agent-only"
    assert first(desk, "退保能退多少钱") == "surrender"
    assert set(desk.search.ids) - set(open_release(*published).search.ids) == {"agent-only"}
    assert [hit.id for hit in desk.search.find('标题:加急 "加急案件"')] == ["agent-only"]
    assert desk.search.search("加急", product="motor").total == 0


def test_the_desk_has_notes_and_every_article_in_its_state(desk: Desk) -> None:
    today = date.today()
    states = {name: article.state(today) for name, article in desk.articles.items()}
    assert len(desk.articles) == len(states) == 8
    assert states.pop("draft-one") == "draft"
    assert states.pop("old-reissue") == "archived"
    assert set(states.values()) == {"live"}
    article = desk.articles["first-steps"]
    assert article.agent_notes == "内部口径：优先派驻点查勘员到场"
    assert article.escalate is not None
    assert (article.escalate.queue, article.escalate.leeway) == ("车险岗", "一线可先垫付壹千圆整，更多须主管批准")
    assert article.path == "kb/claims/first-steps.md"
    assert desk.articles["old-reissue"].replaced_by == "reissue"
    assert "nothing" not in desk.articles
    assert desk.setup.placeholders["报案号"].pattern == "[A-Z0-9]{8}"


def test_without_internal_articles_there_is_one_index_and_one_search(good: Root) -> None:
    release, _ = publish(without_internal(good))
    index = release.index / "engine" / "feature.npy"
    assert index.samefile(release.desk_index / "engine" / "feature.npy")
    opened = open_release(good, release)
    assert opened.desk().search is opened.search


def test_internal_articles_come_and_go(good: Root) -> None:
    whole = (good.kb / "claims" / "short.yml").read_text("utf-8")
    assert "agent-only" not in open_release(good, publish(without_internal(good))[0]).desk().search.ids
    (good.kb / "claims" / "short.yml").write_text(whole, "utf-8")
    release, _ = publish(good)
    assert first(open_release(good, release).desk(), "客服怎么登记加急案件") == "agent-only"
    (good.kb / "claims" / "short.yml").write_text(
        whole.replace("客服怎么登记加急案件", "客服怎么登记特急案件"), "utf-8"
    )
    again = open_release(good, publish(good)[0]).desk()
    assert first(again, "怎么登记特急案件") == "agent-only"
    assert again.articles["agent-only"].question == "客服怎么登记特急案件？"
    assert "agent-only" not in open_release(good, publish(without_internal(good))[0]).desk().search.ids


def test_the_index_on_top_of_the_last_one_is_that_from_nothing(good: Root) -> None:
    publish(good)
    path = good.kb / "claims" / "short.yml"
    path.write_text(path.read_text("utf-8").replace("谈妥后 10 日内付款", "谈妥之后 10 日内付款"), "utf-8")
    grown = open_release(good, publish(good)[0]).desk().search
    made = open_release(good, publish(good, rebuild=True)[0]).desk().search
    for query in ("加急案件", "赔款几天到", "住院报销", "保单丢了"):
        assert grown.search(query).results == made.search(query).results


def test_an_internal_article_that_begins_later_is_a_turn(good: Root) -> None:
    from articles.loading import load

    text = "- id: later\n  question: 内部新规定是什么？\n  audience: agent\n  valid_from: 2999-05-01\n  answer: 到时再看。\n"
    (good.kb / "policy" / "later.yml").write_text(text, "utf-8")
    assert next_change(load(good), date(2999, 1, 1)) == date(2999, 5, 1)


def test_nothing_of_the_desk_can_be_fetched(published: tuple[Root, Release]) -> None:
    root, release = published
    client = create_app(root).test_client()
    files = [path for path in release.desk.rglob("*") if path.is_file()]
    assert len(files) > 10
    others = [release.texts, release.path / "manifest.json", release.path / "files.json"]
    others += [path for path in release.source.rglob("*") if path.is_file()]
    for path in files + others:
        inside = quote(path.relative_to(release.path).as_posix())
        name = quote(path.name)
        for call in (
            f"/{inside}",
            f"/../{inside}",
            f"/../../{inside}",
            f"/%2e%2e/%2e%2e/{inside}",
            f"/..%2f..%2f{inside}",
            f"/..%5c..%5c{inside}",
            f"/claims/../../../{inside}",
            f"/assets/../../../{inside}",
            f"/{quote(str(path))}",
            f"/public/{inside}",
            f"/data/{name}",
            f"/index/{name}",
            f"/api/v1/{inside}",
            f"/api/v1/articles/..%2f..%2f{inside}",
        ):
            response = client.get(call)
            assert response.status_code in {400, 404}, call
            assert path.read_bytes()[:40] not in response.data or not path.stat().st_size, call
    for call in ("search", "suggest"):
        text = client.get(f"/api/v1/{call}?q={quote('客服怎么登记加急案件')}").get_data(as_text=True)
        assert "agent-only" not in text
    for name in ("agent-only", "draft-one"):
        assert client.get(f"/api/v1/articles/{name}").status_code == 404


@pytest.mark.parametrize("kind", ["link to the desk", "link inside", "the same file"])
def test_the_gate_refuses_a_way_out_of_public(published: tuple[Root, Release], tmp_path: Path, kind: str) -> None:
    shutil.copytree(published[1].path, tmp_path / "release")
    release = Release(tmp_path / "release")
    check_apart(release)
    way = release.site / "claims" / "way"
    if kind == "link to the desk":
        way.symlink_to(release.desk)
    elif kind == "link inside":
        way.symlink_to(release.site / "index.html")
    else:
        os.link(release.desk_data / "articles.jsonl", way)
    with pytest.raises(ReleaseError, match="public/site/claims/way"):
        check_apart(release)


def test_a_release_without_a_desk_serves_customers_and_says_so_to_agents(live: Root) -> None:
    from publishing.layout import current

    release = current(live)
    assert release is not None
    shutil.rmtree(release.desk)
    opened = open_release(live, release)
    assert opened.search.search("退保").results
    with pytest.raises(ReleaseError, match="没有坐席台"):
        opened.desk()


def test_a_damaged_article_is_said(live: Root) -> None:
    from publishing.layout import current

    release = current(live)
    assert release is not None
    path = release.desk_data / "articles.jsonl"
    path.write_bytes(path.read_bytes().replace(b'{"id":"hospital"', b'{"id";"hospital"'))
    articles = open_release(live, release).desk().articles
    assert articles["reissue"].id == "reissue"
    with pytest.raises(ReleaseError, match="打不开"):
        articles["hospital"]
