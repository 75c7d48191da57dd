"""What does a YAML text say, and on which line does each value stand?

Scalars stay text (a date is checked by the schema, an id like 0123 is not a number); only true, false and null are
recognised. Anchors are refused: an alias can grow a small file without bound. Tags are refused: they can name code.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import yaml

Path = tuple[str | int, ...]


# What YAML 1.1 allows in a stream (section 5.1), turned round.
_FORBIDDEN = re.compile("[^\x09\x0a\x0d\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MOST_BRACKETS = 2000


class YamlProblem(Exception):
    """A text that is not acceptable YAML: code, line (1-based), message and fix in Chinese."""

    def __init__(self, code: str, line: int, message: str, fix: str) -> None:
        super().__init__(message)
        self.code, self.line, self.message, self.fix = code, line, message, fix


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """The safe loader (libyaml's, several times faster, where PyYAML was built with it), with two kinds of plain scalar."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012 - PyYAML's spelling


_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), ["t", "f"])
_Loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(?:~|null|)$"), ["~", "n", ""])


@dataclass
class Located:
    """A value read from YAML with the line of every part of it."""

    value: object
    lines: dict[Path, int] = field(default_factory=dict)

    def line(self, path: Path) -> int:
        """The line of the nearest known part at or above ``path``."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def read_yaml(text: str, first_line: int = 1) -> Located:
    """``text`` as plain values. ``first_line`` is the line of the file on which the text starts.

    Raises YamlProblem.
    """
    forbidden = _FORBIDDEN.search(text)
    if forbidden:
        line = text.count("\n", 0, forbidden.start()) + first_line
        raise YamlProblem("K201", line, "文件里有 YAML 不允许的控制字符", "删掉这个看不见的字符")
    if text.count("[") + text.count("{") > _MOST_BRACKETS:
        raise YamlProblem("K201", first_line, "YAML 嵌套太深", "减少层级")
    loader = None
    try:
        _refuse_aliases(text, first_line)
        loader = _Loader(text)
        node = loader.get_single_node()
        lines: dict[Path, int] = {}
        value = _plain(node, (), lines, first_line) if node is not None else None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = (mark.line if mark else 0) + first_line
        raise YamlProblem("K201", line, f"YAML 写法有误：{_chinese(error)}", "检查缩进、冒号后的空格和引号") from error
    except RecursionError as error:
        raise YamlProblem("K201", first_line, "YAML 嵌套太深", "减少层级") from error
    finally:
        if loader is not None:
            loader.dispose()
    return Located(value, lines)


def _refuse_aliases(text: str, first_line: int) -> None:
    """An alias repeats a part without bound; where there is no ``*``, there is none."""
    if "*" not in text:
        return
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.AliasEvent):
            line = (event.start_mark.line if event.start_mark else 0) + first_line
            raise YamlProblem("K204", line, "不支持 YAML 锚点和引用（& 和 *）", "把内容直接写出来，或给文字加引号")


def _plain(node: yaml.Node, path: Path, lines: dict[Path, int], offset: int) -> object:
    line = node.start_mark.line + offset
    lines.setdefault(path, line)
    if isinstance(node, yaml.ScalarNode):
        return _scalar(node, line)
    if isinstance(node, yaml.SequenceNode):
        _standard(node, "tag:yaml.org,2002:seq", line)
        return [_plain(child, (*path, i), lines, offset) for i, child in enumerate(node.value)]
    assert isinstance(node, yaml.MappingNode)
    _standard(node, "tag:yaml.org,2002:map", line)
    found: dict[str, object] = {}
    for key_node, child in node.value:
        key_line = key_node.start_mark.line + offset
        if not isinstance(key_node, yaml.ScalarNode):
            raise YamlProblem("K201", key_line, "字段名必须是文字", "把字段名写成普通文字")
        key = str(key_node.value)
        if key in found:
            raise YamlProblem("K203", key_line, f"字段“{key}”写了两次", "只留一处")
        lines[(*path, key)] = key_line
        found[key] = _plain(child, (*path, key), lines, offset)
    return found


def _scalar(node: yaml.ScalarNode, line: int) -> object:
    kind = node.tag.rsplit(":", 1)[-1]
    if not node.tag.startswith("tag:yaml.org,2002:") or kind not in {"str", "bool", "null"}:
        _refuse_tag(node, line)
    if not node.style and kind == "bool":
        return node.value == "true"
    return None if not node.style and kind == "null" else node.value


def _standard(node: yaml.Node, tag: str, line: int) -> None:
    if node.tag != tag:
        _refuse_tag(node, line)


def _refuse_tag(node: yaml.Node, line: int) -> None:
    raise YamlProblem("K202", line, f"不允许的 YAML 标签“{node.tag}”", "去掉以 ! 开头的标签，只写文字、列表和字段")


def _chinese(error: yaml.MarkedYAMLError) -> str:
    """PyYAML's sentence for the common cases in Chinese; the original for the rest."""
    said = error.problem or ""
    for start, chinese in _SAID.items():
        if said.startswith(start):
            return chinese
    return said


_SAID = {
    "mapping values are not allowed": "这里不能再出现“: ”，文字里有冒号要加引号",
    "could not find expected ':'": "缺少冒号",
    "found character '\\t'": "用了制表符缩进，请改用空格",
    "found undefined alias": "引用了没有定义的锚点",
    "expected <block end>": "缩进对不齐",
    "found character that cannot start any token": "这里不能以 @、%、` 或制表符开头，文字要加引号，缩进用空格",
    "did not find expected ',' or ']'": "方括号没有配对，或项目之间少了逗号",
    "did not find expected ',' or '}'": "花括号没有配对，或字段之间少了逗号",
    "did not find expected key": "缩进对不齐，或引号后面多了文字",
    "did not find expected '-' indicator": "列表的每一项都要以“- ”开头并对齐",
    "but found another document": "一个文件里只能有一份内容，去掉多余的 ---",
    "found unexpected end of stream": "引号没有配对",
    "found unknown escape character": "双引号里的反斜杠写法不认识",
    "found duplicate anchor": "锚点重复",
}
