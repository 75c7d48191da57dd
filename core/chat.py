"""How does a message reach the robot of an enterprise chat? One HTTP POST in the form that 企业微信, 钉钉 or 飞书 takes."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from http.client import HTTPException
from typing import Any, Literal
from urllib.parse import urlsplit

from core.errors import DeliveryError

TIMEOUT = 15  # seconds
LONGEST = 2000  # bytes of UTF-8: 企业微信 takes 2,048
Kind = Literal["auto", "wecom", "dingtalk", "feishu"]
_FIX = "检查 KB_CHAT_WEBHOOK 和机器人的安全设置"
_MOST = 64 * 1024


class _Stay(urllib.request.HTTPRedirectHandler):
    """The address is a secret of one host: it is followed nowhere."""

    def redirect_request(self, *_arguments: object, **_named: object) -> None:
        return None


def send_chat(webhook: str, text: str, kind: Kind = "auto") -> None:
    """``text`` to the robot behind ``webhook``; kind: whose robot it is, told from the host when ``auto``.

    Raises DeliveryError, without the address: it holds the robot's key.
    """
    try:
        parts = urlsplit(webhook)
        host = (parts.port != 0 and parts.hostname) or ""  # a port that is none is told here
    except ValueError:
        host = ""
    if not host or parts.scheme not in ("http", "https"):
        raise DeliveryError("KB_CHAT_WEBHOOK 写得不对", "复制机器人的完整地址，以 https:// 开头")
    if kind == "auto":
        kind = "feishu" if host.endswith(("feishu.cn", "larksuite.com")) else "wecom"
    body: dict[str, Any] = {"msgtype": "text", "text": {"content": text}}
    if kind == "feishu":
        body = {"msg_type": "text", "content": {"text": text}}
    try:
        request = urllib.request.Request(
            webhook, json.dumps(body).encode(), {"Content-Type": "application/json; charset=utf-8"}
        )
        with urllib.request.build_opener(_Stay).open(request, timeout=TIMEOUT) as response:
            answer = json.loads(response.read(_MOST))
    except urllib.error.HTTPError as error:
        raise DeliveryError(f"消息没有发出（{host} 答复 {error.code}）", _FIX) from None
    except (OSError, ValueError, HTTPException) as error:
        reason = getattr(error, "reason", error)
        said = getattr(reason, "strerror", None) or type(reason).__name__
        raise DeliveryError(f"消息没有发出（{host}：{said}）", _FIX) from None
    code = answer.get("errcode", answer.get("code", answer.get("StatusCode"))) if isinstance(answer, dict) else None
    if code != 0:
        raise DeliveryError(f"消息没有发出（机器人答复 {code}）", _FIX)
