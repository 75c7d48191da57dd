"""What stands in kb/ and site_config/? Reads every file, and reports every problem of every file."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import BaseModel

from articles.config import Brand, Categories, Category, Channels, Glossary, Owners, Phrases, Queues, SiteConfig
from articles.facts import read_fact_texts, read_facts
from articles.files import read_text
from articles.holidays import Holidays
from articles.schema import Article
from articles.validation import fit
from articles.yaml_lines import Located, YamlProblem, read_yaml
from core.errors import Level, Problem
from core.paths import Root

_FRONT = re.compile(r"\A---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_CONFIG: dict[str, type[BaseModel]] = {
    "categories": Categories,
    "brand": Brand,
    "channels": Channels,
    "phrases": Phrases,
    "queues": Queues,
    "glossary": Glossary,
    "owners": Owners,
    "holidays": Holidays,
}


@dataclass(frozen=True)
class Entry:
    """An article with the place where it stands."""

    article: Article
    path: str
    located: Located
    at: tuple[str | int, ...] = ()
    body_line: int | None = None

    def line(self, *field_path: str | int) -> int:
        """The line of a field of the article."""
        if field_path[:1] == ("answer",) and self.body_line is not None:
            return self.body_line
        return self.located.line((*self.at, *field_path))

    def where(self, *field_path: str | int) -> str:
        """The place of a field as messages about another article name it."""
        return f"{self.path}:{self.line(*field_path)}"

    def problem(self, code: str, message: str, fix: str, *field_path: str | int) -> Problem:
        """An error at a field of this article; codes that begin with W are style findings."""
        level: Level = "warning" if code.startswith("W") else "error"
        return Problem(self.path, self.line(*field_path), code, message, fix, level)


@dataclass
class Kb:
    """A knowledge base as it was read: the entries that fit the schema, and the problems of those that do not."""

    root: Root
    config: SiteConfig
    entries: list[Entry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def articles(self) -> list[Article]:
        return [entry.article for entry in self.entries]


def load(root: Root) -> Kb:
    """Everything under ``root``, read once. Never raises for what an editor wrote: see ``problems``."""
    problems: list[Problem] = []
    config = _load_config(root, problems)
    kb = Kb(root, config, problems=problems)
    for path in sorted(root.kb.rglob("*")):
        if path.name.startswith(".") or (path.is_dir() and not path.is_symlink()):
            continue
        _load_file(kb, path)
    return kb


def _load_config(root: Root, problems: list[Problem]) -> SiteConfig:
    parts: dict[str, object] = {}
    for name, model in _CONFIG.items():
        path = root.config / f"{name}.yml"
        if path.is_file():
            fitted = _read_setup(root, path, model, problems)
            if fitted is not None:
                parts[name] = fitted
    register = root.config / "facts.md"
    if register.is_file():
        text = read_text(register, root.relative(register))
        if isinstance(text, str):
            parts["facts"] = read_facts(text)
            parts["fact_texts"] = read_fact_texts(text)
        else:
            problems.append(text)
    config = SiteConfig.model_validate(parts)
    if not config.categories.categories:
        folders = {p.name: Category(name=p.name) for p in sorted(root.kb.iterdir()) if p.is_dir()}
        categories = config.categories.model_copy(update={"categories": folders})
        config = config.model_copy(update={"categories": categories})
    return config


def _read_setup(root: Root, path: Path, model: type[BaseModel], problems: list[Problem]) -> BaseModel | None:
    shown = root.relative(path)
    text = read_text(path, shown)
    if isinstance(text, Problem):
        problems.append(text)
        return None
    try:
        located = read_yaml(text)
    except YamlProblem as error:
        problems.append(Problem(shown, error.line, error.code, error.message, error.fix))
        return None
    fitted = fit(model, located.value or {}, located, (), shown)
    if isinstance(fitted, list):
        problems.extend(fitted)
        return None
    return fitted


def _load_file(kb: Kb, path: Path) -> None:
    shown = kb.root.relative(path)
    parts = path.relative_to(kb.root.kb).parts
    if not path.is_file() and not path.is_symlink():
        kb.problems.append(Problem(shown, 1, "K104", "这不是普通文件", "kb/ 里只放文章"))
        return
    if not os.path.realpath(path).startswith(os.path.realpath(kb.root.kb) + os.sep):
        kb.problems.append(Problem(shown, 1, "K103", "这个链接指到了 kb/ 之外", "把文件本身放进来，不要用链接"))
        return
    if path.suffix not in {".md", ".yml", ".yaml"}:
        kb.problems.append(Problem(shown, 1, "K104", "kb/ 里只放文章", "文章存成 .md 或 .yml，其他文件放到别处"))
        return
    if len(parts) != 2:
        kb.problems.append(Problem(shown, 1, "K104", "文章要放在 kb/<类别>/ 里", "挪到所属类别的文件夹"))
        return
    text = read_text(path, shown)
    if isinstance(text, Problem):
        kb.problems.append(text)
        return
    read_articles(kb, text, shown)


def read_articles(kb: Kb, text: str, shown: str) -> None:
    """Put what the text of one file says into ``kb``: its entries, or the problems that it has.

    shown: the file from the root, ``kb/<category>/<name>.md`` or ``.yml``.
    """
    folder = shown.split("/")[1]
    try:
        kb.entries += _markdown(kb, text, shown, folder) if shown.endswith(".md") else _list(kb, text, shown, folder)
    except YamlProblem as error:
        kb.problems.append(Problem(shown, error.line, error.code, error.message, error.fix))


def front_matter(text: str) -> re.Match[str] | None:
    """The lines between --- and --- at the top of a Markdown article (group 1); the body begins where the match ends."""
    return _FRONT.match(text)


def _markdown(kb: Kb, text: str, shown: str, folder: str) -> list[Entry]:
    front = front_matter(text)
    if front is None:
        fix = "第一行写 ---，写好 id、question，再用一行 --- 结束；kb new 会给出模板"
        kb.problems.append(Problem(shown, 1, "K106", "缺少开头的字段", fix))
        return []
    located = read_yaml(front[1], first_line=2)
    fields = located.value if located.value is not None else {}
    body_line = text.count("\n", 0, front.end()) + 1
    if isinstance(fields, dict):
        if "answer" in fields:
            line = located.line(("answer",))
            kb.problems.append(Problem(shown, line, "K301", "Markdown 文章的答案写在正文里", "把 answer 挪到正文"))
            return []
        fields = {**fields, "answer": text[front.end() :]}
        located.lines[("answer",)] = body_line
    entry = _entry(kb, fields, located, (), shown, folder, body_line)
    if entry is None:
        return []
    stem = Path(shown).stem
    if entry.article.id != stem:
        message = f"文件名“{stem}”和 id“{entry.article.id}”不一样"
        kb.problems.append(entry.problem("K401", message, "两者改成一样", "id"))
    return [entry]


def _list(kb: Kb, text: str, shown: str, folder: str) -> list[Entry]:
    located = read_yaml(text)
    if located.value is None:
        return []
    if not isinstance(located.value, list):
        kb.problems.append(Problem(shown, 1, "K303", "YAML 文件应当是文章的列表", "每篇文章以“- id: …”开头"))
        return []
    entries = [_entry(kb, value, located, (i,), shown, folder, None) for i, value in enumerate(located.value)]
    return [entry for entry in entries if entry is not None]


def _entry(
    kb: Kb, value: object, located: Located, at: tuple[str | int, ...], shown: str, folder: str, body_line: int | None
) -> Entry | None:
    stated = value.get("category") if isinstance(value, dict) else None
    if isinstance(value, dict) and not stated:
        value = {**value, "category": folder}
    fitted = fit(Article, value, located, at, shown)
    if isinstance(fitted, list):
        kb.problems.extend(fitted)
        return None
    entry = Entry(fitted, shown, located, at, body_line)
    if fitted.category != folder:
        message = f"category 写的是“{fitted.category}”，文件却在 {folder}/"
        kb.problems.append(entry.problem("K405", message, "改字段，或把文件挪过去", "category"))
    return entry
