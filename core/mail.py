"""How does a mail leave? SMTP, encrypted where the server can; a password never goes over an open line."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterable
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from urllib.parse import unquote, urlsplit

from core.errors import DeliveryError

TIMEOUT = 15  # seconds for each step of the talk with the server
_LOCAL = {"localhost", "127.0.0.1", "::1"}
_FIX = "检查 KB_SMTP_URL 和邮件服务器"


class Mailer:
    """One mail server. url: ``smtp://host[:port]`` (STARTTLS when offered) or ``smtps://``, with ``user:password@`` if
    it asks for one; sender: the From address. Raises DeliveryError for a URL that cannot be used."""

    def __init__(self, url: str, sender: str) -> None:
        try:
            parts = urlsplit(url)
            self._host, port = parts.hostname or "", parts.port
        except ValueError as error:
            raise DeliveryError("KB_SMTP_URL 写得不对", "写成 smtp://主机:587 或 smtps://主机:465") from error
        if parts.scheme not in ("smtp", "smtps") or not self._host:
            raise DeliveryError("KB_SMTP_URL 写得不对", "写成 smtp://主机:587 或 smtps://主机:465")
        if not sender:
            raise DeliveryError("不知道用哪个地址寄", "设置 KB_MAIL_FROM")
        self._is_tls = parts.scheme == "smtps"
        self._port = port or (465 if self._is_tls else 587)
        self._user, self._password = unquote(parts.username or ""), unquote(parts.password or "")
        self._sender = sender

    def send(self, to: Iterable[str], subject: str, text: str) -> None:
        """One mail to all of ``to``.

        Raises DeliveryError when the server does not take it for every one of them.
        """
        message = EmailMessage()
        try:
            message["From"], message["To"], message["Subject"] = self._sender, ", ".join(to), subject
            message["Date"], message["Message-ID"] = formatdate(localtime=True), make_msgid(domain="kefu.invalid")
            message["Auto-Submitted"] = "auto-generated"
            message.set_content(text)
            with self._connected() as server:
                refused = server.send_message(message)
        except (OSError, smtplib.SMTPException, ValueError) as error:
            raise DeliveryError(f"邮件没有寄出（{self._reason(error)}）", _FIX) from error
        if refused:
            raise DeliveryError(
                f"邮件服务器不收这些地址：{'、'.join(sorted(refused))}", "改 owners.yml 或 KB_DIGEST_TO"
            )

    def _connected(self) -> smtplib.SMTP:
        context = ssl.create_default_context()
        if self._is_tls:
            server: smtplib.SMTP = smtplib.SMTP_SSL(self._host, self._port, timeout=TIMEOUT, context=context)
        else:
            server = smtplib.SMTP(self._host, self._port, timeout=TIMEOUT)
        try:
            server.ehlo()
            is_safe = self._is_tls or self._host in _LOCAL
            if not self._is_tls and server.has_extn("starttls"):
                server.starttls(context=context)
                server.ehlo()
                is_safe = True
            if self._user:
                if not is_safe:
                    raise DeliveryError("邮件服务器不加密，密码不能这样发", "改用 smtps:// 或支持 STARTTLS 的端口")
                server.login(self._user, self._password)
        except BaseException:
            server.close()
            raise
        return server

    def _reason(self, error: Exception) -> str:
        """What went wrong, in a few words that hold no secret: what a server says may repeat what it was told."""
        if isinstance(error, smtplib.SMTPAuthenticationError):
            return "用户名或密码不对"
        if isinstance(error, smtplib.SMTPRecipientsRefused):
            return f"服务器不收这些地址：{'、'.join(sorted(error.recipients))}"
        if isinstance(error, smtplib.SMTPResponseException):
            return f"服务器答复 {error.smtp_code}"
        if isinstance(error, ssl.SSLError):
            return "证书或加密不对"
        if isinstance(error, TimeoutError | smtplib.SMTPServerDisconnected):
            return f"{self._host}:{self._port} 没有应答或中途断开"
        if isinstance(error, OSError) and error.strerror:
            return f"{self._host}:{self._port} 连不上，{error.strerror}"
        return type(error).__name__
