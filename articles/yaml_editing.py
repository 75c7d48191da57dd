"""How is one field of a YAML text changed while every other line, comments and all, stays as it was written?

The text is cut at the marks of the parser and put together again. What comes out is read back by the caller: a way of writing that
nobody foresaw is noticed there, before anything is saved.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from articles.yaml_writing import yaml_field

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class FieldEdit:
    """What becomes of one article: all its fields as they shall be, and the names of those that differ from the text."""

    fields: Mapping[str, object]
    changed: frozenset[str]


@dataclass(frozen=True)
class _Cut:
    """A piece of the text and what stands there instead."""

    start: int
    end: int
    text: str


def edit_list(text: str, edits: Mapping[int, FieldEdit | None]) -> str | None:
    """A YAML list of articles with some changed (by position) and some taken out (None).

    None when the list as a whole stands in brackets: it has no lines of its own to keep, so the caller writes it anew.
    """
    text = _whole_lines(text)
    root = _composed(text)
    if not isinstance(root, yaml.SequenceNode) or root.flow_style:
        return None
    cuts: list[_Cut] = []
    for position, edit in edits.items():
        node = root.value[position]
        if edit is None:
            cuts.append(_taken_out(text, node))
        else:
            cuts += _field_cuts(text, node, edit)
    return _applied(text, cuts)


def edit_mapping(text: str, edit: FieldEdit) -> str:
    """The front matter of a Markdown article with some fields changed."""
    text = _whole_lines(text)
    return _applied(text, _field_cuts(text, _composed(text), edit))


def _whole_lines(text: str) -> str:
    return text if text.endswith("\n") else text + "\n"


def _composed(text: str) -> yaml.Node:
    loader = _Loader(text)
    try:
        node: yaml.Node = loader.get_single_node()
        return node
    finally:
        loader.dispose()


def _field_cuts(text: str, node: yaml.Node, edit: FieldEdit) -> list[_Cut]:
    assert isinstance(node, yaml.MappingNode)
    indent = node.start_mark.column
    if node.flow_style or not node.value:
        whole = "".join(yaml_field(name, value, indent) for name, value in edit.fields.items())
        return [_Cut(node.start_mark.index, _line_end(text, node.end_mark.index), whole[indent:].rstrip("\n"))]
    cuts: list[_Cut] = []
    known: set[str] = set()
    end = node.start_mark.index
    for key, value in node.value:
        known.add(key.value)
        value_end = _value_end(text, value, key.end_mark.index + 1)
        end = _line_end(text, value_end)
        if key.value in edit.changed:
            cuts.append(_changed(text, key, value_end, edit.fields.get(key.value), indent))
    new = [name for name in edit.fields if name in edit.changed and name not in known]
    if new:
        cuts.append(_Cut(end + 1, end + 1, "".join(yaml_field(name, edit.fields[name], indent) for name in new)))
    return cuts


def _changed(text: str, key: yaml.Node, value_end: int, value: object, indent: int) -> _Cut:
    """One field written anew, or its lines taken out when it has no value any more."""
    start, end = key.start_mark.index, _line_end(text, value_end)
    if value is None:
        return _without(text, start, end, indent)
    written = yaml_field(key.value, value, indent)[indent:].rstrip("\n")
    is_line = "\n" not in written and "\n" not in text[start:end]
    return _Cut(start, end, written + (text[value_end:end] if is_line else ""))


def _without(text: str, start: int, end: int, indent: int) -> _Cut:
    """A field taken out. The first field of a list entry shares its line with the dash, which stays for the next one."""
    line_start = text.rfind("\n", 0, start) + 1
    after = min(end + 1, len(text))
    if text[line_start:start].strip():
        return _Cut(start, after + (indent if text[after : after + indent].isspace() else 0), "")
    return _Cut(line_start, after, "")


def _taken_out(text: str, node: yaml.Node) -> _Cut:
    assert isinstance(node, yaml.MappingNode)
    dash = text.rfind("-", 0, node.start_mark.index)
    last = node.value[-1] if not node.flow_style and node.value else None
    end = _value_end(text, last[1], last[0].end_mark.index + 1) if last else node.end_mark.index
    return _Cut(text.rfind("\n", 0, dash) + 1, min(_line_end(text, end) + 1, len(text)), "")


def _value_end(text: str, node: yaml.Node, empty: int) -> int:
    """Where a value ends. The parser ends a block where the next thing begins, comments included; this ends it with its own text.

    empty: where it ends when nothing is written at all.
    """
    start, end = node.start_mark.index, node.end_mark.index
    if isinstance(node, yaml.ScalarNode):
        return len(text[:end].rstrip()) if end > start else empty
    assert isinstance(node, yaml.CollectionNode)
    if node.flow_style or not node.value:
        return end
    last = node.value[-1]
    return _value_end(text, *((last[1], last[0].end_mark.index + 1) if isinstance(last, tuple) else (last, start + 1)))


def _line_end(text: str, index: int) -> int:
    end = text.find("\n", index)
    return len(text) if end < 0 else end


def _applied(text: str, cuts: list[_Cut]) -> str:
    pieces: list[str] = []
    reached = 0
    for cut in sorted(cuts, key=lambda c: (c.start, c.end)):
        pieces += [text[reached : cut.start], cut.text]
        reached = cut.end
    return "".join([*pieces, text[reached:]])
