"""What is wrong with a body that the desk's page has sent? All of it at once, each in a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NoReturn, TypeVar

from flask import abort, request
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from web.errors import problem

Body = TypeVar("Body", bound=BaseModel)
Sentence = tuple[str, str]  # what is wrong, and the fix
_RELOAD = "刷新页面，再做一次"


def read(model: type[Body], sentences: Mapping[str, Sentence]) -> Body:
    """The body of the current request, or the request ends here; sentences: for the fields that a person can mend."""
    if request.mimetype != "application/json":
        abort(problem(415, "NOT_JSON", "内容不是 JSON", "用 application/json 发送"))
    try:
        return model.model_validate_json(request.get_data())
    except ValidationError as error:
        names = dict.fromkeys(map(_name, error.errors()))
        refuse((name, *sentences.get(name, (f"{name} 不对" if name else "内容读不懂", _RELOAD))) for name in names)


def refuse(wrong: Iterable[tuple[str, str, str]], **more: object) -> NoReturn:
    """End the request with every (field, what is wrong, the fix) of ``wrong``, one at least; ``more`` are extension members."""
    told = [{"name": name, "title": title, "detail": fix} for name, title, fix in wrong]
    title = "；".join(one["title"] for one in told)
    fixes = "；".join(dict.fromkeys(one["detail"] for one in told))
    abort(problem(400, "BAD_BODY", title, fixes, problems=told, **more))


def _name(error: ErrorDetails) -> str:
    """The field that it is about; a check of several fields together names one (``ctx``); empty for the whole body."""
    return str(error["loc"][0]) if error["loc"] else str(error.get("ctx", {}).get("field", ""))
