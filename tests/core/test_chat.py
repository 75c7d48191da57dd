"""Does a message reach the robot in its own form, and is every refusal one sentence without the robot's key?"""

from __future__ import annotations

import socket

import pytest

import core.chat
from core.chat import Kind, send_chat
from core.errors import DeliveryError
from tests.servers import web_server


@pytest.mark.parametrize(
    ("kind", "answer", "body"),
    [
        ("auto", b'{"errcode": 0}', {"msgtype": "text", "text": {"content": "要复核"}}),
        ("wecom", b'{"errcode": 0, "errmsg": "ok"}', {"msgtype": "text", "text": {"content": "要复核"}}),
        ("dingtalk", b'{"errcode": 0, "errmsg": "ok"}', {"msgtype": "text", "text": {"content": "要复核"}}),
        ("feishu", b'{"code": 0, "msg": "success"}', {"msg_type": "text", "content": {"text": "要复核"}}),
        (
            "feishu",
            b'{"StatusCode": 0, "StatusMessage": "success"}',
            {"msg_type": "text", "content": {"text": "要复核"}},
        ),
    ],
)
def test_each_robot_gets_its_own_form(kind: Kind, answer: bytes, body: object) -> None:
    with web_server() as posts:
        posts.answer = answer
        send_chat(f"{posts.url}/send?key=geheim", "要复核", kind)
    assert posts.got == [("/send?key=geheim", body)]


def told(webhook: str) -> str:
    with pytest.raises(DeliveryError) as caught:
        send_chat(webhook, "要复核")
    assert "geheim" not in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize(
    ("status", "answer", "said"),
    [
        (200, b'{"errcode": 93000, "errmsg": "invalid webhook url geheim"}', "机器人答复 93000"),
        (200, b'{"code": 19024, "msg": "Key Words Not Found"}', "机器人答复 19024"),
        (200, b"{}", "机器人答复 None"),
        (200, b"[]", "机器人答复 None"),
        (200, b"<html>", "没有发出"),
        (404, b"", "答复 404"),
        (500, b"geheim", "答复 500"),
    ],
)
def test_a_refusal_is_told(status: int, answer: bytes, said: str) -> None:
    with web_server() as posts:
        posts.status, posts.answer = status, answer
        assert said in told(f"{posts.url}/send?key=geheim")


def test_the_key_is_carried_nowhere_else() -> None:
    with web_server() as posts:
        posts.status, posts.headers = 302, {"Location": "/elsewhere"}
        assert "答复 302" in told(f"{posts.url}/send?key=geheim")
    assert [path for path, _ in posts.got] == ["/send?key=geheim"]


def test_a_robot_that_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(core.chat, "TIMEOUT", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        assert "没有发出" in told(f"http://127.0.0.1:{silent.getsockname()[1]}/geheim")


def test_nobody_there() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    assert "127.0.0.1：Connection refused" in told(f"http://127.0.0.1:{port}/geheim")


@pytest.mark.parametrize(
    "webhook", ["geheim", "ftp://x/geheim", "file:///etc/geheim", "https://", "http://[geheim", "http://x:y/geheim"]
)
def test_an_address_that_cannot_be_used(webhook: str) -> None:
    assert "写得不对" in told(webhook)
