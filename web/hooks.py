"""Has somebody pushed? ``POST /hooks/publish`` checks who says so and writes a request down. The worker builds.

GitHub (and Gitea) sign the body: ``X-Hub-Signature-256``. GitLab sends the secret itself: ``X-Gitlab-Token``.
"""

from __future__ import annotations

import fcntl
import hashlib
import hmac
import json
from dataclasses import dataclass
from typing import cast

from flask import Blueprint, Response, current_app, request

from core.errors import KbError
from core.paths import Root
from core.settings import Settings
from publishing import queue
from publishing.git import Branch
from web.errors import problem

hooks = Blueprint("hooks", __name__)
LARGEST = 5 * 1024 * 1024
_REMEMBERED = 1000
_PUSHES = {"push", "Push Hook"}


@dataclass(frozen=True)
class HookSetup:
    """secret: empty when the hook is switched off; branch: what a push has to be to, and where its commits are."""

    root: Root
    secret: bytes
    branch: Branch

    @classmethod
    def of(cls, root: Root, settings: Settings) -> HookSetup:
        branch = Branch(settings.repository or str(root.path), settings.branch, fetch=True)
        return cls(root, settings.hook_secret.get_secret_value().encode(), branch)


@hooks.post("/hooks/publish")
def pushed() -> Response:
    """202 when a publish has been asked for, 200 when there is nothing to publish in it, else the error."""
    setup = cast(HookSetup, current_app.extensions["kb-hooks"])
    if not setup.secret:
        return problem(404, "NOT_FOUND", "没有打开这个入口", "设好 KB_HOOK_SECRET 再启动")
    request.max_content_length = LARGEST
    body = request.get_data()
    if not _is_signed(setup.secret, body):
        return problem(403, "BAD_SIGNATURE", "签名不对", "检查两边的密钥是不是同一个")
    if request.mimetype != "application/json":
        return problem(415, "NOT_JSON", "内容不是 JSON", "推送通知的格式选 application/json")
    try:
        told = json.loads(body)
        ref, after = str(told.get("ref", "")), str(told.get("after", ""))
    except (ValueError, AttributeError, RecursionError):
        return problem(400, "BAD_REQUEST", "内容读不懂", "用 GitHub 或 GitLab 的推送通知")
    event = request.headers.get("X-GitHub-Event") or request.headers.get("X-Gitlab-Event") or ""
    if event not in _PUSHES:
        return _told(200, queued=False, why="不是推送，不用发布")
    if ref != f"refs/heads/{setup.branch.name}" or not after.strip("0"):
        return _told(200, queued=False, why=f"只发布 {setup.branch.name} 分支")
    return _ask(setup, body)


def _is_signed(secret: bytes, body: bytes) -> bool:
    """Compared in a time that says nothing of where they differ."""
    signature, token = request.headers.get("X-Hub-Signature-256"), request.headers.get("X-Gitlab-Token")
    if signature is not None:
        wanted = "sha256=" + hmac.new(secret, body, hashlib.sha256).hexdigest()
        return hmac.compare_digest(wanted.encode(), signature.encode("utf-8", "replace"))
    return token is not None and hmac.compare_digest(secret, token.encode("utf-8", "replace"))


def _ask(setup: HookSetup, body: bytes) -> Response:
    """Write the request down, once for each delivery: the same one again is a replay."""
    delivery = request.headers.get("X-Gitlab-Event-UUID", "").encode("utf-8", "replace")
    mark = hashlib.sha256(body + b"\0" + delivery).hexdigest()
    try:
        setup.root.var.mkdir(parents=True, exist_ok=True)
        with (setup.root.var / "deliveries").open("a+", encoding="ascii") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            file.seek(0)
            seen = file.read().split()
            if mark in seen:
                return problem(409, "REPLAYED", "这次推送已经收到过", "不用再发；要重新发布，再推送一次")
            queue.put(setup.root, setup.branch)
            file.seek(0)
            file.truncate()
            file.write("\n".join([*seen[-_REMEMBERED:], mark]) + "\n")
    except (OSError, KbError):
        return problem(503, "QUEUE", "现在记不下发布请求", "稍后再发一次；服务器的磁盘可能满了")
    return _told(202, queued=True, why="已排队，由 worker 发布")


def _told(status: int, **what: object) -> Response:
    return Response(json.dumps(what, ensure_ascii=False), status, content_type="application/json")
