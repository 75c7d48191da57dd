"""Does the house stand as ARCHITECTURE.md draws it? Imports go one way, each big library has one home, docs are complete."""

from __future__ import annotations

import ast
from pathlib import Path

import click
import pytest

from cli import main
from core.settings import Settings
from tests.conftest import REPOSITORY

ROOMS = {
    "core": set(),
    "articles": {"core"},
    "search": {"core", "articles"},
    "publishing": {"core", "articles", "search"},
    "records": {"core", "articles"},
    "web": {"core", "articles", "search", "publishing", "records"},
    "commands": {"core", "articles", "search", "publishing", "records"},
    "bench": {"core", "articles", "search", "publishing"},
}
DOORS = {"app", "cli", "worker"}
HOMES = {
    "flask": {"web", "app"},
    "flask_openapi3": {"web", "app"},
    "itsdangerous": {"web"},
    "jieba": {"search/tokenizer/segment"},
    "opencc": {"core/chinese"},
    "openpyxl": {"articles/tables/workbook"},
    # How words sound to the search, and what an article is called that has no name yet: two questions, one library.
    "pypinyin": {"search/sounds", "articles/tables/slug"},
    "sklearn": {"search/learning"},
    "whoosh": {"search/engines/whoosh", "search/engines/fields"},
    "mkdocs": {"publishing"},
    "material": {"publishing"},
    "click": {"commands", "cli"},
    "gunicorn": {"commands/server"},
    "yaml": {"articles/yaml_lines", "articles/yaml_editing"},
    "markdown_it": {"articles/markdown"},
    "smtplib": {"core/mail"},
    "sqlalchemy": {"records"},
    "alembic": {"records"},
    "psycopg": {"records"},
    "argon2": {"records/passwords"},
    "flask_wtf": {"web/desk/security"},
    "authlib": {"web/desk/oidc"},
    "joserfc": {"web/desk/oidc"},
    "requests": {"web/desk/oidc"},
    "flask_limiter": {"web/limits"},
    "prometheus_client": {"web/metrics"},
    "defusedxml": {"articles/logo"},
}
SOURCES = sorted(
    path
    for name in (*ROOMS, *(f"{door}.py" for door in sorted(DOORS)))
    for path in ([REPOSITORY / name] if name.endswith(".py") else (REPOSITORY / name).rglob("*.py"))
)


def imported(path: Path) -> set[str]:
    """The modules that a file imports, by their full names."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found.add(node.module or "")
    return found


def test_there_is_something_to_look_at() -> None:
    assert len(SOURCES) > 30


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(REPOSITORY)))
def test_imports_go_one_way(path: Path) -> None:
    here = path.relative_to(REPOSITORY).with_suffix("").as_posix()
    room = here.split("/")[0]
    for module in imported(path):
        top = module.split(".")[0]
        if room in ROOMS:
            assert top not in DOORS, f"{here} imports the door {top}"
            assert top != "tests", f"{here} imports tests"
            if top in ROOMS and top != room:
                assert top in ROOMS[room], f"{here} imports {module}"
        if top in HOMES:
            assert any(here == home or here.startswith(home + "/") for home in HOMES[top]), f"{here} imports {module}"


def test_only_settings_reads_the_environment() -> None:
    for path in SOURCES:
        if path == REPOSITORY / "core" / "settings.py":
            continue
        names = {n.attr for n in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(n, ast.Attribute)}
        assert not names & {"environ", "getenv"}, path


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(REPOSITORY)))
def test_every_module_says_which_question_it_answers_and_stays_small(path: Path) -> None:
    text = path.read_text("utf-8")
    assert ast.get_docstring(ast.parse(text)), path
    assert text.count("\n") <= 300, path


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_settings_and_commands_are_documented(name: str) -> None:
    text = (REPOSITORY / name).read_text("utf-8")
    for field in Settings.model_fields:
        assert f"`KB_{field.upper()}`" in text, field
    for command in main.commands:
        assert f"kb {command}" in text, command


def test_every_command_shows_an_example_and_takes_a_root() -> None:
    for command in main.commands.values():
        assert isinstance(command, click.Command)
        assert command.epilog, command.name
        assert "例：" in command.epilog, command.name
        assert "root" in {p.name for p in command.params}, command.name


def test_architecture_has_a_heading_for_each_room_and_a_reason_for_each_library() -> None:
    import tomllib

    text = (REPOSITORY / "ARCHITECTURE.md").read_text("utf-8")
    for room in ROOMS:
        assert f"## {room}/" in text, room
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))["project"]
    for requirement in [*project["dependencies"], *project["optional-dependencies"]["dev"]]:
        name = requirement.split("<")[0].split("[")[0]
        assert f"`{name}`" in text, name


def test_constraints_pin_everything_and_name_no_index() -> None:
    for line in (REPOSITORY / "constraints.txt").read_text("utf-8").splitlines():
        assert "==" in line, line
        assert "://" not in line, line
        assert not line.startswith("-"), line


def test_a_wheel_has_every_package_and_all_that_they_read() -> None:
    import tomllib

    told = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]
    packages = {
        path.parent.relative_to(REPOSITORY).as_posix().replace("/", ".")
        for room in ROOMS
        for path in (REPOSITORY / room).rglob("__init__.py")
    }
    assert packages == set(told["packages"])
    for room in ROOMS:
        patterns = [pattern.replace("**", "**/*") for pattern in told["package-data"].get(room, [])]
        taken = {path for pattern in patterns for path in (REPOSITORY / room).glob(pattern)}
        for path in (REPOSITORY / room).rglob("*"):
            if path.is_file() and path.suffix not in {".py", ".pyc"} and "node_modules" not in path.parts:
                assert path in taken, path
