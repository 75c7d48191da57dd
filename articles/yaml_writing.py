"""How is a value written as YAML, the way editors write it by hand? Whatever is written here, yaml_lines.py reads back the same.

Text stands plain where it can, in a ``|`` block where it has lines, and in double quotes where neither would be exact.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

from articles.schema import Article

# Begins with a letter, a Han character, a digit or an opening quotation mark, and has nothing that YAML reads otherwise.
_PLAIN = re.compile(r"(?!(?:true|false|null)\Z)[\w《“‘（【「+][^\x00-\x1f\x7f-\xa0\u2028\u2029\ufeff\ufffe\uffff]*")
_MEANS_MORE = re.compile(r":(?:\s|$)|\s#|\s$")
_NOT_IN_BLOCK = re.compile(r"[^\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_ESCAPED = re.compile(r"[\x7f-\xa0\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_WORD = re.compile(r"[\w.-]+")
# Lists of keys and words, which editors write on one line.
_ON_ONE_LINE = {"products", "tags", "actions", "related", "facts"}


def yaml_fields(article: Article) -> dict[str, object]:
    """The fields of an article as an editor would write them: no defaults, plain names where a name is all there is."""
    fields = article.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude={"category"})
    for name, only in (("documents", "name"), ("sources", "cite")):
        if name in fields:
            fields[name] = [value[only] if set(value) == {only} else value for value in fields[name]]
    return fields


def yaml_item(fields: Mapping[str, object]) -> str:
    """One article of a YAML list, from its dash to its last line break."""
    lines = "".join(yaml_field(name, value, 2) for name, value in fields.items())
    return "- " + lines[2:]


def yaml_field(name: str, value: object, indent: int) -> str:
    """``name: value`` as whole lines, ``indent`` spaces from the left.

    A list or mapping must not be empty: what is empty is not written at all.
    """
    start = " " * indent + name + ":"
    if isinstance(value, Mapping):
        return start + "\n" + "".join(yaml_field(key, part, indent + 2) for key, part in value.items())
    if isinstance(value, Sequence) and not isinstance(value, str):
        if name in _ON_ONE_LINE and all(isinstance(v, str) and _flows(v) for v in value):
            return f"{start} [{', '.join(value)}]\n"
        return start + "\n" + "".join(_yaml_list_part(part, indent + 2) for part in value)
    # Space around an answer means nothing (the schema takes it away), so that it may end with its line.
    text = value + "\n" if name == "answer" and isinstance(value, str) and "\n" in value else value
    return f"{start} {_scalar(text, indent + 2)}\n"


def yaml_list(values: Sequence[object]) -> str:
    """A list as whole lines, from the left edge."""
    return "".join(_yaml_list_part(value, 0) for value in values)


def _yaml_list_part(part: object, indent: int) -> str:
    if isinstance(part, Mapping):
        lines = "".join(yaml_field(key, value, indent + 2) for key, value in part.items())
        return " " * indent + "- " + lines[indent + 2 :]
    return f"{' ' * indent}- {_scalar(part, indent + 2)}\n"


def _flows(text: str) -> bool:
    return bool(_WORD.fullmatch(text) and _is_plain(text))


def _is_plain(text: str) -> bool:
    return bool(_PLAIN.fullmatch(text)) and not _MEANS_MORE.search(text)


def _scalar(value: object, indent: int) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str):
        return str(value)
    if _is_plain(value):
        return value
    if _is_block(value):
        mark = "|" if value.endswith("\n") else "|-"
        lines = value.removesuffix("\n").split("\n")
        return mark + "".join(f"\n{' ' * indent}{line}" if line else "\n" for line in lines)
    # JSON's escapes are YAML's; what YAML wants escaped beyond them is escaped here.
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(value, ensure_ascii=False))


def _is_block(text: str) -> bool:
    """Whether a ``|`` block says exactly this: several lines, the first not indented, no line of spaces, one break at most at the end."""
    if "\n" not in text or _NOT_IN_BLOCK.search(text) or text[0].isspace() or text.endswith("\n\n"):
        return False
    return not any(line and line.isspace() for line in text.split("\n"))
