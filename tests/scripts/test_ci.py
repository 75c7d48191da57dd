"""Can the CI definitions be read, and does every command that they call exist?"""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from cli import main
from tests.conftest import REPOSITORY

GITHUB = REPOSITORY / ".github" / "workflows" / "content.yml"
GITLAB = REPOSITORY / ".gitlab-ci.yml"


def read(path: Path) -> dict[str, Any]:
    loaded = yaml.safe_load(path.read_text("utf-8"))
    assert isinstance(loaded, dict)
    return loaded


def commands() -> list[str]:
    """Every line of shell in both files."""
    lines: list[str] = []
    for job in read(GITHUB)["jobs"].values():
        for step in job["steps"]:
            lines += str(step.get("run", "")).splitlines()
    gitlab = read(GITLAB)
    for part in gitlab.values():
        if isinstance(part, dict):
            lines += [*part.get("script", []), *part.get("before_script", [])]
    return [line.strip() for line in lines if line.strip()]


@pytest.mark.parametrize("line", [line for line in commands() if ".venv/bin/kb" in line])
def test_every_kb_command_takes_its_arguments(line: str) -> None:
    words = shlex.split(line.split(">")[0])
    assert words[0] == ".venv/bin/kb"
    command = main.commands[words[1]]
    command.make_context(words[1], words[2:], parent=click.Context(main))


def test_every_make_target_and_script_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (REPOSITORY / "Makefile").read_text("utf-8"), re.MULTILINE))
    used = [line.split() for line in commands()]
    assert {words[1] for words in used if words[0] == "make"} <= targets
    for words in used:
        assert words[0] != "sh" or (REPOSITORY / words[1]).is_file(), words


@pytest.mark.parametrize("path", [GITHUB, GITLAB], ids=["github", "gitlab"])
def test_check_gate_and_diff_are_run_and_the_diff_is_kept(path: Path) -> None:
    text = path.read_text("utf-8")
    for wanted in ("sh scripts/setup.sh", "kb check --strict", "kb owners --check", "make eval", "kb diff"):
        assert wanted in text, wanted
    assert text.count("kb-diff.md") >= 2
    assert "://" not in text


def test_the_diff_is_an_artefact_and_has_all_commits_to_compare_with() -> None:
    (job,) = read(GITHUB)["jobs"].values()
    checkout, *_ = job["steps"]
    assert checkout["with"]["fetch-depth"] == 0
    (upload,) = [step for step in job["steps"] if str(step.get("uses", "")).startswith("actions/upload-artifact@")]
    assert upload["with"]["path"] == "kb-diff.md"
    gitlab = read(GITLAB)
    assert gitlab["diff"]["artifacts"]["paths"] == ["kb-diff.md"]
    assert gitlab["variables"]["GIT_DEPTH"] == "0"


def test_the_pre_commit_framework_finds_a_command_of_ours() -> None:
    (hook,) = yaml.safe_load((REPOSITORY / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert shlex.split(hook["entry"])[1] in main.commands
    assert re.search(hook["files"], "kb/claims/a.md")
    assert re.search(hook["files"], "site_config/brand.yml")
    assert not re.search(hook["files"], "web/live.py")
