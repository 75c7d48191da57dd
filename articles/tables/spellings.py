"""How is a field spelled in a cell? For people first: one item a line, 是 and 否, a date; YAML only where there are fields within.

Every spelling reads back what it wrote, or column.py notices that it does not and writes JSON instead.
Values are those of ``Article.model_dump(mode="json", by_alias=True, exclude_defaults=True)``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from articles.tables.cells import BadCell
from articles.yaml_lines import YamlProblem, read_yaml
from articles.yaml_writing import yaml_list

Names = Mapping[str, str]
_DAY = re.compile(r"(\d{4})\s*(?:-|/|\.|年)\s*(\d{1,2})\s*(?:-|/|\.|月)\s*(\d{1,2})\s*日?(?: 00:00(?::00)?)?")
_YES = {"是", "true", "1", "y", "yes", "√"}
_NO = {"否", "false", "0", "n", "no", "×", ""}


class Spelling(Protocol):
    """A value as the text of a cell, and back. names: key → what people call it, for columns that hold keys."""

    def show(self, value: Any, names: Names) -> str: ...

    def read(self, text: str, names: Names) -> Any:
        """The value that the text says; raises BadCell."""


def key_of(text: str, names: Names) -> str:
    """The key that ``text`` names, by the key itself or by its name; ``text`` when nothing is called so."""
    return text if text in names else next((key for key, name in names.items() if name == text), text)


class Prose:
    """Text as it is, line breaks and all."""

    def show(self, value: Any, names: Names) -> str:  # noqa: ARG002 - one shape for every spelling
        return str(value)

    def read(self, text: str, names: Names) -> Any:  # noqa: ARG002 - one shape for every spelling
        return text if text.strip() else ""


class Word:
    """One word or key; space around it means nothing."""

    def show(self, value: Any, names: Names) -> str:
        return names.get(value, value)

    def read(self, text: str, names: Names) -> Any:
        return key_of(text.strip(), names)


@dataclass(frozen=True)
class Items:
    """One item a line. In a cell of one line the separators part items too."""

    separators: str = ""

    def show(self, value: Any, names: Names) -> str:
        return "\n".join(names.get(item, item) for item in value)

    def read(self, text: str, names: Names) -> Any:
        lines = text.strip().split("\n")
        parts = re.split(f"[{re.escape(self.separators)}]", lines[0]) if len(lines) == 1 and self.separators else lines
        return [key_of(part.strip(), names) for part in parts if part.strip()]


class Day:
    """A date: 2027-06-30, also 2027/6/30 and 2027年6月30日."""

    def show(self, value: Any, names: Names) -> str:  # noqa: ARG002 - one shape for every spelling
        return str(value)

    def read(self, text: str, names: Names) -> Any:  # noqa: ARG002 - one shape for every spelling
        found = _DAY.fullmatch(text.strip())
        try:
            return date(*map(int, found.groups())).isoformat() if found else _not_a_day(text)
        except ValueError:
            return _not_a_day(text)


def _not_a_day(text: str) -> str:
    raise BadCell(f"“{text.strip()[:30]}”不是有效日期", "写成 2027-06-30 的样子")


class Flag:
    """是 or 否."""

    def show(self, value: Any, names: Names) -> str:  # noqa: ARG002 - one shape for every spelling
        return "是" if value else "否"

    def read(self, text: str, names: Names) -> Any:  # noqa: ARG002 - one shape for every spelling
        said = text.strip().casefold()
        if said not in _YES | _NO:
            raise BadCell(f"“{text.strip()[:30]}”看不出是不是", "写“是”或“否”")
        return said in _YES


class Documents:
    """One a line; a note after a bar: 保单号 | 找不到也能报案."""

    def show(self, value: Any, names: Names) -> str:  # noqa: ARG002 - one shape for every spelling
        return "\n".join(" | ".join([v["name"], *([v["note"]] if "note" in v else [])]) for v in value)

    def read(self, text: str, names: Names) -> Any:  # noqa: ARG002 - one shape for every spelling
        lines = [line.strip() for line in text.split("\n") if line.strip()]
        parts = [[part.strip() for part in re.split(r"[|｜]", line, maxsplit=1)] for line in lines]
        return [{"name": p[0]} | ({"note": p[1]} if len(p) > 1 and p[1] else {}) for p in parts]


class Sources:
    """One a line; rows of the fact register in brackets behind it: 《保险法》第二十三条 [B16, B17]."""

    _LINE = re.compile(r"(.*?)\s*\[([^\[\]]+)\]")

    def show(self, value: Any, names: Names) -> str:  # noqa: ARG002 - one shape for every spelling
        return "\n".join(v["cite"] + (f" [{', '.join(v['facts'])}]" if "facts" in v else "") for v in value)

    def read(self, text: str, names: Names) -> Any:  # noqa: ARG002 - one shape for every spelling
        found: list[dict[str, Any]] = []
        for line in filter(None, (line.strip() for line in text.split("\n"))):
            match = self._LINE.fullmatch(line)
            facts = [f.strip() for f in re.split(r"[,，、]", match[2]) if f.strip()] if match else []
            found.append({"cite": match[1], "facts": facts} if match and facts else {"cite": line})
        return found


class Yaml:
    """A list whose parts have fields of their own, as YAML."""

    def show(self, value: Any, names: Names) -> str:  # noqa: ARG002 - one shape for every spelling
        return yaml_list(value).rstrip("\n")

    def read(self, text: str, names: Names) -> Any:  # noqa: ARG002 - one shape for every spelling
        if not text.strip():
            return []
        try:
            return read_yaml(text).value
        except YamlProblem as error:
            raise BadCell(f"格子里第 {error.line} 行写法有误：{error.message}", error.fix) from error
