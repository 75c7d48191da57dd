"""How is an error told over HTTP? One shape, RFC 9457 problem+json, with a stable code and the request's id."""

from __future__ import annotations

import json
import logging

from flask import Flask, Response
from pydantic import BaseModel, Field, ValidationError
from werkzeug.exceptions import HTTPException

from core.errors import KbError
from web.context import request_id

log = logging.getLogger("kb.web")
_SENTENCES = {
    400: ("BAD_REQUEST", "请求写得不对", "检查地址和参数"),
    404: ("NOT_FOUND", "没有这个地址", "检查地址，或从首页重新找"),
    405: ("METHOD_NOT_ALLOWED", "这个地址不接受这种请求方法", "换成文档里写的方法"),
    413: ("TOO_LARGE", "内容太大", "发小一些的内容"),
    415: ("NOT_JSON", "内容不是 JSON", "用 application/json 发送"),
    500: ("INTERNAL", "服务出了问题", "请稍后再试，或拨打客服电话"),
}


class Problem(BaseModel):
    """RFC 9457."""

    type: str = Field("about:blank", description="问题类型")
    title: str = Field(description="出了什么问题")
    status: int
    detail: str = Field(description="怎么办")
    code: str = Field(description="稳定的错误代码")
    request_id: str = Field(description="报告问题时请带上")


def problem(status: int, code: str, title: str, detail: str, **more: object) -> Response:
    """An error response; ``more`` are extension members."""
    body = Problem(type="about:blank", title=title, status=status, detail=detail, code=code, request_id=request_id())
    text = json.dumps({**body.model_dump(), **more}, ensure_ascii=False)
    return Response(text, status, content_type="application/problem+json")


def validation_problem(error: ValidationError) -> Response:
    """What was wrong with the parameters of a call."""
    first = error.errors()[0]
    name = str(first["loc"][0]) if first["loc"] else ""
    title, detail = {
        "q": ("搜索词是空的，或超过 500 字", "写 1 到 500 个字"),
        "question": ("问题是空的，或超过 500 字", "写 1 到 500 个字"),
        "limit": ("limit 不对", "写 1 到 50 之间的整数"),
        "words": ("留言太长", "写 500 字以内"),
    }.get(name, (f"参数 {name} 不对", "检查参数"))
    return problem(400, f"BAD_{name.upper()}" if name else "BAD_REQUEST", title, detail)


def register(app: Flask) -> None:
    """Every error of ``app`` takes the one shape; a page that is missing is drawn by the site instead."""

    @app.errorhandler(HTTPException)
    def http_error(error: HTTPException) -> Response:
        status = error.code or 500
        code, title, detail = _SENTENCES.get(status, ("HTTP_ERROR", error.name, error.name))
        response = problem(status, code, title, detail)
        if status == 405 and getattr(error, "valid_methods", None):
            response.headers["Allow"] = ", ".join(sorted(error.valid_methods))  # type: ignore[attr-defined]
        return response

    @app.errorhandler(RecursionError)
    def too_deep(_error: RecursionError) -> Response:
        """JSON in JSON in JSON …"""
        return problem(400, *_SENTENCES[400])

    @app.errorhandler(KbError)
    def not_now(error: KbError) -> Response:
        log.error("not available", extra={"request_id": request_id(), "code": error.code, "error": str(error)})
        return problem(503, error.code, "现在不能服务", "请稍后再试，或拨打客服电话")

    @app.errorhandler(Exception)
    def crash(error: Exception) -> Response:
        log.error("unhandled", exc_info=error, extra={"request_id": request_id()})
        return problem(500, *_SENTENCES[500])
