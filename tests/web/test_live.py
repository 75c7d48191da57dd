"""Which release does a process serve that nobody asked for a while, or whose release is taken away?"""

from __future__ import annotations

import shutil

import pytest

from app import create_app
from core.paths import Root
from core.settings import settings
from publishing.build import publish
from publishing.layout import current, releases


def change(root: Root, number: int) -> str:
    """Publish another answer; the name of its release."""
    text = f"- id: new\n  question: 怎么改电话号码？\n  answer: 第 {number} 种办法。\n"
    (root.kb / "policy" / "new.yml").write_text(text, "utf-8")
    return publish(root)[0].name


def test_a_release_that_is_served_is_not_pruned_and_a_quiet_process_never_answers_from_it(
    good: Root, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = publish(good)[0]
    client = create_app(good).test_client()
    assert client.get("/claims/first-steps/").headers["X-KB-Release"] == first.name
    names = [change(good, number) for number in range(settings().keep + 1)]
    assert first.path.is_dir()
    monkeypatch.setattr("web.live.QUIET", 0.0)
    response = client.get("/claims/first-steps/")
    assert (response.status_code, response.headers["X-KB-Release"]) == (200, names[-1])
    response.close()
    last = change(good, 99)
    assert not first.path.exists()
    assert last in {release.name for release in releases(good)}


def test_when_the_live_release_is_deleted_the_one_before_serves(good: Root) -> None:
    first = publish(good)[0].name
    last = change(good, 1)
    client = create_app(good).test_client()
    assert client.get("/policy/new/").status_code == 200
    shutil.rmtree(good.var / "releases" / last)
    assert current(good) is None
    response = client.get("/policy/reissue/")
    assert (response.status_code, response.headers["X-KB-Release"]) == (200, first)


def test_when_all_releases_are_deleted_the_answer_is_a_problem_and_the_next_publish_serves(good: Root) -> None:
    publish(good)
    client = create_app(good).test_client()
    shutil.rmtree(good.var / "releases")
    response = client.get("/policy/reissue/")
    assert (response.status_code, response.get_json()["code"]) == (503, "RELEASE")
    assert client.get("/healthz").status_code == 200
    publish(good)
    assert client.get("/policy/reissue/").status_code == 200


def test_a_release_that_cannot_be_opened_is_not_taken_up(good: Root, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.live.QUIET", 0.0)
    first = publish(good)[0].name
    client = create_app(good).test_client()
    assert client.get("/").status_code == 200
    (good.var / "releases" / change(good, 1) / "public" / "data" / "articles.json").write_text("{", "utf-8")
    for _ in range(2):
        assert client.get("/").headers["X-KB-Release"] == first
    last = change(good, 2)
    assert client.get("/").headers["X-KB-Release"] == last
