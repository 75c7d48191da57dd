"""Does an agent find what they type on the page of answers: words, an id, fields; and does nothing typed ever break it?"""

from __future__ import annotations

from typing import Any, cast

import pytest
from flask.testing import FlaskClient
from flask_openapi3 import OpenAPI
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from core.settings import Settings
from records.database import Database
from records.reading import Seen
from records.tables import EventRow
from tests.web.desk.counter import ARCHIVED, DRAFT, EXPIRED, HOURS, INTERNAL, NOT_YET
from tests.web.desk.newsroom import CHANGED, opens, somebody
from tests.web.urgency import stopped

HOSTILE = '"><script>alert(1)</script>'


def search(client: FlaskClient, q: str, **more: str) -> dict[str, Any]:
    """Typing, unless told otherwise: nothing is noted."""
    answer = client.get("/desk/api/search", query_string={"typing": "1", "q": q, **more})
    assert answer.status_code == 200, q
    assert answer.content_type == "application/json"
    return cast(dict[str, Any], answer.get_json())


def ids(found: dict[str, Any]) -> list[str]:
    return [hit["id"] for hit in found["hits"]]


def events(app: OpenAPI) -> list[Any]:
    app.extensions["kb-records"].flush()
    with Database(app.extensions["kb-holder"].root, Settings()).reading() as connection:
        return list(connection.execute(select(EventRow.__table__)))


def test_internal_articles_are_found_and_say_so(agent: FlaskClient, counter_app: OpenAPI) -> None:
    (hit,) = search(agent, "加急")["hits"]
    assert (hit["id"], hit["internal"], hit["state"], hit["topic"], hit["products"]) == (
        INTERNAL, True, "live", "时限", [],
    )  # fmt: skip
    assert INTERNAL not in counter_app.test_client().get("/api/v1/search?q=加急").get_data(as_text=True)
    assert search(agent, "拖车")["hits"][0]["products"] == ["车险"]


@pytest.mark.parametrize(
    ("typed", "state"),
    [(DRAFT, "draft"), (ARCHIVED, "archived"), (EXPIRED, "expired"), (NOT_YET, "not_yet"), (INTERNAL, "live")],
)
def test_an_id_finds_its_article_first_in_whatever_state(agent: FlaskClient, typed: str, state: str) -> None:
    for more in ({}, {"product": "motor", "category": "policy"}):
        found = search(agent, f" {typed} ", **more)
        first = found["hits"][0]
        assert (first["id"], first["state"], first["band"], first["why"]) == (typed, state, "answer", "编号")
        assert (found["band"], found["read_as"], found["by_fields"]) == ("answer", "", False)
        assert ids(found).count(typed) == 1
        assert found["total"] == len(found["hits"])


def test_what_is_not_live_is_found_by_its_id_only(agent: FlaskClient) -> None:
    assert not {EXPIRED, NOT_YET} & set(ids(search(agent, "浮动费率怎么算")))
    assert DRAFT not in ids(search(agent, "草稿里的新规定是什么？"))


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("标题:退保", ["surrender"]),
        ("标题：退保", ["surrender"]),
        ("编号：surrender", ["surrender"]),
        ("险种:motor 子主题:报案", ["first-steps"]),
        ('"现金价值"', ["surrender"]),
        ("“现金价值”", ["surrender"]),
        ("＂现金价值＂", ["surrender"]),
        ('"价值现金"', []),
        ("退保 AND 现金", ["surrender"]),
        ("退保 ＡＮＤ 现金", ["surrender"]),
        ("标题：退保 OR 标题：拖车", ["surrender", HOURS]),
        ("险种:motor NOT 拖车", ["first-steps"]),
        ("险种:motor NOT （标题：拖车）", ["first-steps"]),
        ("类别:claims NOT 加急 NOT 绿色", ["claim-days", "first-steps", "hospital", HOURS]),
    ],
)
def test_fields_and_phrases(agent: FlaskClient, typed: str, found: list[str]) -> None:
    told = search(agent, typed)
    assert sorted(ids(told)) == sorted(found)
    assert (told["by_fields"], told["query"], told["total"]) == (True, typed, len(found))
    assert told["band"] == ("choose" if found else "unsure")


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "AND",
            "OR",
            "NOT",
            "NOT NOT NOT",
            "标题：",
            "标题:标题:",
            '标题:"',
            "(标题:退保",
            "标题:*",
            "退保 AND",
            "\\",
            '""',
        ),
        *(
            '"退保',
            "“退保",
            "退保”",
            "(((",
            "*",
            "?",
            'NOT OR "',
            '险种:"车 险"',
            "[a TO b]",
            "标题:(" * 99,
            "NOT " * 120,
        ),
    ],
)
def test_a_query_that_is_not_finished_never_fails(agent: FlaskClient, typed: str) -> None:
    found = search(agent, typed)
    assert found["total"] == len(found["hits"])


@pytest.mark.parametrize("query", ["拖车", "类别:claims"])
def test_filters(agent: FlaskClient, query: str) -> None:
    assert set(ids(search(agent, query, product="motor"))) == {HOURS, "first-steps"}
    assert ids(search(agent, query, product="life")) == []
    assert HOURS in ids(search(agent, query, category="claims"))
    assert HOURS not in ids(search(agent, query, category="policy"))
    for unknown in ("none", HOSTILE, "' OR 1=1 --", "\0"):
        assert ids(search(agent, query, product=unknown)) == ids(search(agent, query, category=unknown)) == []
    assert ids(search(agent, query, product="", category="")) == ids(search(agent, query))


def test_three_bands_and_why(agent: FlaskClient) -> None:
    sure = search(agent, "刚出车祸，先打给谁")
    assert (sure["band"], sure["hits"][0]["id"], sure["hits"][0]["why"]) == ("answer", "first-steps", "“出车祸”")
    assert [hit["band"] for hit in sure["hits"][:4]] == ["answer", "choose", "choose", "unsure"]
    several = search(agent, "材料")
    assert (several["band"], {hit["band"] for hit in several["hits"]}) == ("choose", {"choose"})
    nothing = search(agent, "👍")
    assert (nothing["band"], nothing["total"], nothing["hits"], nothing["categories"]) == ("unsure", 0, [], {})
    assert "“报销→理赔”" in {hit["why"][-7:] for hit in search(agent, "报销 拖车")["hits"]}


def test_a_query_may_be_read_as_another(agent: FlaskClient) -> None:
    told = search(agent, "tuibao")
    assert (told["query"], told["read_as"], ids(told)[0]) == ("tuibao", "退保", "surrender")
    literal = search(agent, "tuibao", literal="1")
    assert (literal["read_as"], "surrender" in ids(literal)[:1]) == ("", False)


def test_changed_since_it_was_read(counter_app: OpenAPI, agent: FlaskClient) -> None:
    reader = somebody(counter_app, "reader")

    def changed(client: FlaskClient) -> list[str]:
        return [hit["id"] for hit in search(client, "材料")["hits"] if hit["changed"]]

    assert opens(reader, CHANGED).status_code == 204
    assert changed(reader) == []
    number = next(a.id for a in counter_app.extensions["kb-accounts"].all() if a.login == "reader")
    counter_app.extensions["kb-reading"].opened(number, Seen(CHANGED, [("question", "从前的一版")], "before"))
    assert changed(reader) == [CHANGED]
    assert changed(agent) == []


def test_a_stopped_article_says_so(counter_app: OpenAPI, agent: FlaskClient) -> None:
    with stopped(counter_app, HOURS):
        assert search(agent, HOURS)["hits"][0]["state"] == search(agent, "拖车")["hits"][0]["state"] == "stopped"
    assert search(agent, HOURS)["hits"][0]["state"] == "live"


def test_only_a_search_that_is_done_is_noted(counter_app: OpenAPI, agent: FlaskClient) -> None:
    before = len(events(counter_app))
    search(agent, "我手机13812345678怎么退保")
    assert len(events(counter_app)) == before
    found = search(agent, "我手机13812345678怎么退保", typing="")
    (event,) = events(counter_app)[before:]
    assert (event.kind, event.channel, event.query) == ("search", "desk", "我手机〔手机号〕怎么退保")
    assert (event.hits, event.band, event.visitor, event.article) == (found["total"], found["band"], None, None)
    assert event.release == counter_app.extensions["kb-holder"].get().release.name


@pytest.mark.parametrize("q", [None, "", "  \u3000\n", "字" * 501])
def test_queries_that_are_refused(counter_app: OpenAPI, agent: FlaskClient, q: str | None) -> None:
    before = len(events(counter_app))
    told = agent.get("/desk/api/search", query_string={} if q is None else {"q": q})
    assert (told.status_code, told.get_json()["code"]) == (400, "BAD_QUERY")
    assert (told.get_json()["title"], told.get_json()["detail"]) == ("没有写问题，或太长", "写 1 到 500 字")
    assert len(events(counter_app)) == before


@pytest.mark.parametrize(
    "q",
    [
        "a\0b",
        "\x1b[31m红",
        "字" * 500,
        HOSTILE,
        "'; DROP TABLE events; --",
        "\u202e退保",
        "{{7*7}}",
        "../../etc/passwd",
    ],
)
def test_hostile_words_are_words(counter_app: OpenAPI, agent: FlaskClient, q: str) -> None:
    assert search(agent, q, typing="")["query"] == q.strip()
    noted = events(counter_app)[-1].query
    assert "\0" not in noted
    assert "\x1b" not in noted
    assert agent.get("/desk/api/search?q=%ED%A0%80%FF").status_code == 200


@given(st.text(max_size=60), st.sampled_from(["", "标题:", "NOT ", '"', "编号："]))
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_typed_is_answered(agent: FlaskClient, text: str, before: str) -> None:
    told = agent.get("/desk/api/search", query_string={"q": (before + text).encode("utf-8", "replace"), "typing": 1})
    assert told.status_code in (200, 400)
