"""Does this value fit its model? pydantic's findings as problems: with the line, in Chinese, with the fix."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from articles.yaml_lines import Located
from core.errors import Problem

Model = TypeVar("Model", bound=BaseModel)


def fit(
    model: type[Model], value: object, located: Located, at: tuple[str | int, ...], path: str
) -> Model | list[Problem]:
    """``value`` (which stands at ``at`` in ``located``) as a ``model``, or every problem that it has."""
    try:
        return model.model_validate(value)
    except ValidationError as error:
        return [_problem(e, located, at, path) for e in error.errors()]


def _problem(error: ErrorDetails, located: Located, at: tuple[str | int, ...], path: str) -> Problem:
    loc = tuple(p for p in error["loc"] if isinstance(p, int) or p != "[key]")
    name = ".".join(str(p) for p in loc) or "内容"
    line = located.line((*at, *loc))
    kind = error["type"]
    if kind == "extra_forbidden":
        return Problem(path, line, "K301", f"没有“{name}”这个字段", "检查拼写；kb schema 列出所有字段")
    if kind == "missing":
        return Problem(path, line, "K302", f"缺少字段“{name}”", "补上它")
    if kind.startswith("date"):
        return Problem(path, line, "K304", f"“{name}”不是有效日期：{_short(error['input'])}", "写成 2027-06-30 的样子")
    return Problem(path, line, "K303", f"“{name}”的值不对：{_why(kind, error)}", _fix(kind, error))


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= 40 else text[:40] + "……"


def _why(kind: str, error: ErrorDetails) -> str:
    context: dict[str, Any] = error.get("ctx", {})
    match kind:
        case "string_too_short":
            return "是空的"
        case "string_too_long":
            return f"超过 {context['max_length']} 个字符"
        case "too_long":
            return f"最多 {context['max_length']} 项"
        case "too_short":
            return f"至少 {context['min_length']} 项"
        case "string_type":
            return "应当是文字"
        case "list_type":
            return "应当是列表"
        case "dict_type" | "model_type" | "model_attributes_type":
            return "应当是一组字段"
        case "bool_parsing" | "bool_type":
            return "应当是 true 或 false"
        case "less_than_equal":
            return f"应当不大于 {context['le']:g}"
        case _ if kind.startswith("float_") or isinstance(context.get("ge"), float):
            return f"应当是数字，且不小于 {context['ge']:g}" if "ge" in context else "应当是数字"
        case _ if kind.startswith(("int_", "greater_")):
            return f"应当是整数，且不小于 {context.get('ge', 1)}"
        case "literal_error":
            return f"{_short(error['input'])} 不在可选的值里"
        case "string_pattern_mismatch":
            return f"{_short(error['input'])} 的写法不对"
        case "value_error":
            return str(context["error"])
        case _:
            return _short(error["msg"])


def _fix(kind: str, error: ErrorDetails) -> str:
    context: dict[str, Any] = error.get("ctx", {})
    match kind:
        case "literal_error":
            return "可选：" + str(context["expected"]).replace(" or ", "、").replace("'", "")
        case "string_pattern_mismatch":
            loc = str(error["loc"][-1]) if error["loc"] else ""
            is_id = loc in {"id", "article", "replaced_by"} or (len(error["loc"]) > 1 and error["loc"][-2] == "related")
            return "用小写字母、数字和连字符，例如 claim-time-limit" if is_id else f"要符合 {context['pattern']}"
        case "string_type":
            return "给它加上引号"
        case "list_type":
            return "每项一行，以“- ”开头"
        case _:
            return "改成要求的样子"
