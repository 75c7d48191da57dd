"""Does a mail arrive as it was written, and is every refusal one sentence without a secret?"""

from __future__ import annotations

import socket

import pytest

import core.mail
from core.errors import DeliveryError
from core.mail import Mailer
from tests.servers import mail_server

pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH")


def test_a_mail_arrives_as_it_was_written() -> None:
    with mail_server() as letters:
        Mailer(f"smtp://{letters.url}", "kb@example.invalid").send(
            ["a@example.invalid", "b@example.invalid"], "知识库：两篇要复核", "第一行\n.第二行\n"
        )
    to, message = letters.got[0]
    assert to == ["a@example.invalid", "b@example.invalid"]
    assert (message["Subject"], message["From"]) == ("知识库：两篇要复核", "kb@example.invalid")
    assert message.get_content().replace("\r\n", "\n") == "第一行\n.第二行\n"
    assert message["Date"]
    assert message["Message-ID"]


def test_it_logs_in_where_nobody_else_listens() -> None:
    with mail_server(password=b"pass word") as letters:
        Mailer(f"smtp://kb%40x:pass%20word@{letters.url}", "kb@example.invalid").send(["a@b.invalid"], "题", "文")
    assert letters.logins == [(b"kb@x", b"pass word")]
    assert len(letters.got) == 1


def told(url: str, to: str = "a@example.invalid", sender: str = "kb@example.invalid", subject: str = "题") -> str:
    with pytest.raises(DeliveryError) as caught:
        Mailer(url, sender).send([to], subject, "文")
    assert "geheim" not in str(caught.value)
    return str(caught.value)


def test_a_wrong_password_is_said() -> None:
    with mail_server(password=b"right") as letters:
        assert "用户名或密码不对" in told(f"smtp://kb:geheim@{letters.url}")
    assert letters.got == []


def test_a_password_never_goes_over_an_open_line() -> None:
    with mail_server("127.0.0.2", password=b"geheim") as letters:  # not one of the names that mean this machine
        assert "密码不能这样发" in told(f"smtp://kb:geheim@{letters.url}")
    assert letters.logins == []


def test_a_server_that_does_not_speak_tls_gets_nothing() -> None:
    with mail_server() as letters:
        assert "加密不对" in told(f"smtps://kb:geheim@{letters.url}")
    assert letters.got == []


def test_an_address_that_is_refused_is_named() -> None:
    with mail_server() as letters:
        letters.refused = "gone@example.invalid"
        assert "gone@example.invalid" in told(f"smtp://{letters.url}", to="gone@example.invalid")
        with pytest.raises(DeliveryError, match=r"不收这些地址：gone@example\.invalid"):
            Mailer(f"smtp://{letters.url}", "kb@example.invalid").send(
                ["a@b.invalid", "gone@example.invalid"], "题", "文"
            )


def test_a_server_that_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(core.mail, "TIMEOUT", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        assert "没有应答" in told(f"smtp://127.0.0.1:{silent.getsockname()[1]}")


def test_nobody_there() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    assert f"127.0.0.1:{port} 连不上" in told(f"smtp://kb:geheim@127.0.0.1:{port}")


@pytest.mark.parametrize(
    "url", ["mail.example.invalid", "http://geheim@x", "smtp://", "smtp://kb:geheim@x:port", "smtp://[geheim"]
)
def test_a_url_that_cannot_be_used(url: str) -> None:
    assert "KB_SMTP_URL 写得不对" in told(url)


def test_without_a_sender() -> None:
    assert "KB_MAIL_FROM" in told("smtp://127.0.0.1:1", sender="")


def test_a_line_break_makes_no_second_header() -> None:
    with mail_server() as letters:
        told(f"smtp://{letters.url}", subject="题\nBcc: x@example.invalid")
    assert letters.got == []
