"""Are the words of every channel what is copied, to the character, and is nothing copied that must not be?"""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask.testing import FlaskClient
from flask_openapi3 import OpenAPI
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from records.contacts import MOST_ARTICLES
from tests.web.desk.counter import ARCHIVED, DRAFT, EXPIRED, HOURS, INTERNAL, NOT_YET, SPOKEN_INTERNAL
from tests.web.desk.people import csrf
from tests.web.urgency import stopped

CALL = "/desk/api/reply"
CHANNELS = ["phone", "chat", "wechat", "email", "sms", "social"]
CALM, CLOSING = "人没事最要紧，您先别急。", "还有疑问请拨 40000。"
TOW, BILL = "拖车到现场，从呼叫救援起 2 小时内。", "寄出账单，从救援结束起 5 个工作日内。"
FILLED = {"报案号": "RD000001", "称呼": "王女士"}


def send(client: FlaskClient, body: object) -> TestResponse:
    return client.post(CALL, json=body, headers=csrf(client))


def replies(client: FlaskClient, *articles: str, **known: object) -> dict[str, dict[str, Any]]:
    """Channel → its reply."""
    answer = send(client, {"articles": articles, **known})
    assert answer.status_code == 200, answer.get_data(as_text=True)
    told = answer.get_json()
    assert [reply["channel"] for reply in told["replies"]] == CHANNELS
    for reply in told["replies"]:
        assert reply["text"] == "\n".join(piece["text"] for piece in reply["pieces"])
        assert reply["count"] == len(reply["text"])
        assert bool(reply["refusal"]) == bool(reply["missing"])
    return {reply["channel"]: reply for reply in told["replies"]}


def lacks(reply: dict[str, Any]) -> list[tuple[str, str]]:
    return [(one["kind"], one["name"]) for one in reply["missing"]]


def problems(answer: TestResponse) -> list[str]:
    """The names of the fields that are wrong."""
    assert (answer.status_code, answer.content_type) == (400, "application/problem+json")
    told = answer.get_json()
    assert told["title"] == "；".join(one["title"] for one in told["problems"])
    return [one["name"] for one in told["problems"]]


def test_opener_answer_deadlines_and_closing(agent: FlaskClient, counter_app: OpenAPI) -> None:
    told = replies(agent, HOURS)
    assert told["phone"]["text"] == "\n".join([CALM, "拖车会尽快赶到。", TOW, BILL])
    assert told["chat"]["text"] == "\n".join([CALM, "拖车会尽快赶到。", TOW, BILL, CLOSING])
    labels = [piece["label"] for piece in told["chat"]["pieces"]]
    assert labels == ["opening", "body", "promise", "promise", "closing"]
    assert (told["phone"]["limit"], told["email"]["limit"], told["phone"]["hints"]) == (120, 2000, [])
    release = counter_app.extensions["kb-holder"].get().release.name
    assert send(agent, {"articles": [HOURS]}).get_json()["release"] == release


def test_a_borrowed_text_says_whose_it_is(agent: FlaskClient) -> None:
    told = replies(agent, "first-steps")
    assert {key: reply["borrowed"] for key, reply in told.items()} == {
        "phone": "", "chat": "", "wechat": "在线客服", "email": "在线客服", "sms": "电话", "social": "网页",
    }  # fmt: skip
    assert told["wechat"]["text"] == f"{CALM}\n先看人有没有受伤，再拨 40000。"
    assert told["social"]["text"] == f"{CALM}\n先看人，再拨 40000 报案。"  # no blank of one customer in public


def test_a_day_is_worked_out_when_its_beginning_is_known(agent: FlaskClient) -> None:
    told = replies(agent, HOURS, began={"呼叫救援": "2025-10-01T09:30", "救援结束": "2025-09-25"})
    tow = "拖车到现场，从 10 月 1 日 09:30（呼叫救援）算起，最晚 10 月 1 日 11:30。"
    bill = (
        "寄出账单，从 9 月 25 日（救援结束）算起，最晚 10 月 9 日。"  # over the holiday, with a Sunday that is worked
    )
    assert told["phone"]["text"] == "\n".join([CALM, "拖车会尽快赶到。", tow, bill])
    assert all("已经过了" in hint for hint in told["phone"]["hints"])
    assert told["social"]["text"] == "\n".join([CALM, "拖车会尽快赶到。", TOW, BILL])
    assert told["social"]["hints"] == ["公开回复不写这位客户的日期，只说规定"]


@pytest.mark.parametrize(
    ("began", "hint"),
    [
        ({"呼叫救援": "2025-10-01"}, "按小时算，“呼叫救援”要写到几点；先说规定"),
        ({"呼叫救援": "9999-12-31T23:59"}, "“呼叫救援”的日期 9999 年 12 月 31 日 23:59 还没到，先说规定"),
        ({"救援结束": "2019-01-01"}, "2019 年的放假安排还不在 holidays.yml 里，算不出第 5 个工作日，先说规定"),
        ({"救援结束": "0001-01-01"}, "1 年的放假安排还不在 holidays.yml 里，算不出第 5 个工作日，先说规定"),
    ],
)
def test_the_rule_is_said_and_why_where_no_day_can_be(agent: FlaskClient, began: dict[str, str], hint: str) -> None:
    told = replies(agent, HOURS, began=began)["phone"]
    assert told["text"] == "\n".join([CALM, "拖车会尽快赶到。", TOW, BILL])
    assert (told["hints"], told["refusal"]) == ([hint], "")


def test_a_rule_that_the_answer_says_is_said_once_and_its_day_is_told(agent: FlaskClient) -> None:
    assert replies(agent, "claim-days")["phone"]["text"] == "谈妥以后十天内付款。"
    known = {"began": {"达成赔付协议": "2025-10-01", "没有的事": "2025-10-01"}}
    day = "付款，从 10 月 1 日（达成赔付协议）算起，最晚 10 月 11 日。"
    assert replies(agent, "claim-days", **known)["phone"]["text"] == f"谈妥以后十天内付款。\n{day}"


def test_blanks_are_filled_and_those_that_are_not_are_named(agent: FlaskClient) -> None:
    empty = replies(agent, HOURS)["sms"]
    assert empty["blanks"] == ["报案号", "称呼"]
    assert lacks(empty) == [("blank", "报案号"), ("blank", "称呼")]
    assert empty["refusal"] == "还差 2 处：报案号、称呼"
    assert empty["missing"][1]["message"] == "“客户称呼”还没有填"
    assert "报案号{{报案号}}，车主{{称呼}}。" in empty["text"]
    half = replies(agent, HOURS, blanks={"称呼": "王女士", "报案号": "  "})["sms"]
    assert half["refusal"] == "还差 1 处：报案号"
    full = replies(agent, HOURS, blanks={**FILLED, "别的": "x"})["sms"]
    assert (full["missing"], full["refusal"]) == ([], "")
    assert full["pieces"][1]["text"] == "拖车已派出，报案号RD000001，车主王女士。"


@pytest.mark.parametrize(
    "value", ["rd000001", "RD00001", "RD000001\n", " RD000001", "<b>", "{{称呼}}", "ＲＤ０００００１"]
)
def test_a_value_of_another_pattern_is_refused(agent: FlaskClient, value: str) -> None:
    told = replies(agent, HOURS, blanks={"报案号": value, "称呼": "王"})["sms"]
    assert lacks(told) == [("pattern", "报案号")]
    assert told["refusal"] == "报案号的写法不对"
    assert told["missing"][0]["fix"] == "照要求的样子改，例如 RD000001"


@pytest.mark.parametrize("value", ["{{报案号}}", "<script>alert(1)</script>", "\\1 \\g<0>", "王\0", "'; --"])
def test_what_was_entered_stands_as_it_was_entered(agent: FlaskClient, value: str) -> None:
    told = replies(agent, HOURS, blanks={**FILLED, "称呼": value})["sms"]
    assert (f"报案号RD000001，车主{value}。" in told["text"], told["refusal"]) == (True, "")


@pytest.mark.parametrize(
    ("name", "message", "fix"),
    [
        (DRAFT, "“草稿里的新规定是什么？”还是草稿，不能复制", "用已发布的答案"),
        (ARCHIVED, "“旧的补发办法是什么？”已下线，不能复制", "请用新的一版：reissue"),
        (EXPIRED, "“去年的浮动费率怎么算？”已过期，不能复制", "请用新的一版"),
        (NOT_YET, "“后年的浮动费率怎么算？”还没有生效，不能复制", "请用现行的答案"),
    ],
)
def test_what_is_not_live_is_not_copied(agent: FlaskClient, name: str, message: str, fix: str) -> None:
    for articles in ([name], ["surrender", name]):
        for reply in replies(agent, *articles).values():
            assert (reply["refusal"], lacks(reply)) == (message, [("state", name)])
            assert reply["missing"][0]["fix"] == fix


def test_what_is_stopped_is_not_copied_until_it_is_started(counter_app: OpenAPI, agent: FlaskClient) -> None:
    with stopped(counter_app, "reissue"):
        for reply in replies(agent, "surrender", "reissue").values():
            assert reply["refusal"] == "“保单丢了怎么补？”已停用，不能复制：条款改了"
            assert lacks(reply) == [("state", "reissue")]
        assert not any(reply["refusal"] for reply in replies(agent, "surrender").values())
    assert not any(reply["refusal"] for reply in replies(agent, "reissue").values())


def test_internal_words_are_not_for_customers(agent: FlaskClient) -> None:
    for reply in replies(agent, INTERNAL).values():
        assert lacks(reply) == [("internal", INTERNAL)]
        assert reply["refusal"] == "“客服怎么登记加急案件？”只给客服看，没有写给客户的文案"
    assert replies(agent, SPOKEN_INTERNAL)["chat"]["text"] == f"我们已经为您开通绿色通道。\n{CLOSING}"


def test_stacked_articles_have_one_opener_and_one_closing(agent: FlaskClient) -> None:
    told = replies(agent, "surrender", HOURS, "first-steps", "surrender", blanks=FILLED)["chat"]
    bodies = ["过了犹豫期，退的是现金价值。", "拖车会尽快赶到。", "先看人有没有受伤，再拨 40000。"]
    assert told["text"] == "\n".join([CALM, *bodies, TOW, BILL, CLOSING])
    turned = replies(agent, "first-steps", "surrender")["chat"]
    assert turned["text"] == "\n".join([CALM, bodies[2], bodies[0], CLOSING])


def test_rules_fall_away_where_a_channel_takes_no_more(agent: FlaskClient) -> None:
    many = ("surrender", "reissue", "hospital", "claim-days", HOURS, SPOKEN_INTERNAL)
    told = replies(agent, *many)
    assert (told["phone"]["left_out"], told["phone"]["refusal"]) == ([BILL], "")
    assert told["email"]["left_out"] == []
    dated = replies(agent, *many, began={"呼叫救援": "2025-10-01T09:30", "救援结束": "2025-09-25"})["phone"]
    assert lacks(dated) == [("limit", "phone")]
    assert dated["refusal"] == f"电话最多 120 字，现在 {dated['count']} 字"


def test_parts_are_left_out(agent: FlaskClient) -> None:
    told = replies(agent, HOURS, without=["opening", "promise", "closing"])
    assert told["chat"]["text"] == "拖车会尽快赶到。"
    assert lacks(replies(agent, HOURS, without=["body"])["sms"]) == []  # its blanks are gone with it
    for reply in replies(agent, HOURS, without=["opening", "body", "promise", "closing"]).values():
        assert (reply["text"], reply["refusal"]) == ("", "没有可以复制的文字")


def test_articles_that_are_not_there_are_named(agent: FlaskClient) -> None:
    answer = send(agent, {"articles": ["none", "surrender", "../etc", "none", "<b>"]})
    assert problems(answer) == ["articles"]
    told = answer.get_json()
    assert (told["title"], told["unknown"]) == ("没有这些文章：none、../etc、<b>", ["none", "../etc", "<b>"])


WRONG: list[tuple[dict[str, object], list[str]]] = [
    ({"articles": []}, ["articles"]),
    ({"articles": "surrender"}, ["articles"]),
    ({"articles": [1, None, {}]}, ["articles"]),
    ({"articles": ["x" * 101]}, ["articles"]),
    ({"articles": ["surrender"] * (MOST_ARTICLES + 1)}, ["articles"]),
    ({"blanks": {"称呼": "长" * 201}}, ["blanks"]),
    ({"blanks": {"": "x"}}, ["blanks"]),
    ({"blanks": {"称呼": 5}}, ["blanks"]),
    ({"blanks": {str(n): "x" for n in range(31)}}, ["blanks"]),
    ({"began": {"救援结束": "2026-13-01"}}, ["began"]),
    ({"began": {"救援结束": "20251001"}}, ["began"]),
    ({"began": {"救援结束": "2025-W40-1"}}, ["began"]),
    ({"began": {"呼叫救援": "2025-10-01T09:30+08:00"}}, ["began"]),
    ({"began": {"呼叫救援": None}}, ["began"]),
    ({"began": {str(n): "2025-10-01" for n in range(31)}}, ["began"]),
    ({"without": ["all"]}, ["without"]),
    ({"without": ["opening"] * 9}, ["without"]),
    ({"articles": 5, "blanks": [], "began": {"a": ""}, "without": ["x"]}, ["articles", "blanks", "began", "without"]),
]


@pytest.mark.parametrize(("change", "names"), WRONG)
def test_all_that_is_wrong_is_told_at_once(agent: FlaskClient, change: dict[str, object], names: list[str]) -> None:
    answer = send(agent, {"articles": ["surrender"], **change})
    assert problems(answer) == names
    assert answer.get_json()["code"] == "BAD_BODY"


def test_what_a_person_can_mend_is_told_in_a_sentence(agent: FlaskClient) -> None:
    told = send(agent, {"articles": [], "blanks": {"称呼": "长" * 201}, "began": {"救援结束": "明天"}}).get_json()
    assert told["title"] == "文章不对，或太多；填的空太多，或太长；日期的写法不对"
    assert told["detail"].startswith("选 1 到 20 篇；最多 30 个，每个 200 字以内；写成 2026-11-20")


def test_what_cannot_be_read(agent: FlaskClient) -> None:
    headers = {**csrf(agent), "Content-Type": "application/json"}
    for body in (b"", b"null", b"[]", b"{", b"\xff", b"[" * 40_000, b"1" * 5000, b'{"articles": ["\\ud800"]}'):
        told = agent.post(CALL, data=body, headers=headers)
        assert (told.status_code, told.content_type) == (400, "application/problem+json"), body[:9]
    body = json.dumps({"articles": ["surrender"]}).encode()
    assert agent.post(CALL, data=body, headers={**headers, "Content-Type": "text/plain"}).status_code == 415
    assert agent.post(CALL, data=b"x" * 70_000, headers=headers).status_code == 413
    assert agent.get(CALL).status_code in (404, 405)


@pytest.mark.parametrize("token", [{}, {"X-CSRFToken": ""}, {"X-CSRFToken": "x"}])
def test_without_its_token_nothing_is_told(agent: FlaskClient, token: dict[str, str]) -> None:
    told = agent.post(CALL, json={"articles": ["surrender"]}, headers=token)
    assert (told.status_code, told.get_json()["code"]) == (400, "CSRF")


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@given(st.dictionaries(st.sampled_from(["articles", "blanks", "began", "without"]), ANYTHING))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_sent_is_answered(agent: FlaskClient, change: dict[str, object]) -> None:
    assert send(agent, {"articles": [HOURS], **change}).status_code in (200, 400)


@given(st.dictionaries(st.sampled_from(list(FILLED)), st.text(max_size=200)))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_entered_is_copied_as_it_is_shown(agent: FlaskClient, blanks: dict[str, str]) -> None:
    replies(agent, HOURS, blanks={k: v.encode("utf-8", "ignore").decode() for k, v in blanks.items()})
