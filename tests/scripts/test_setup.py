"""Does the set-up say in one sentence what is missing, and do nothing when there is nothing to do?"""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY

TOOLS = ("sh", "dirname", "cat", "cksum", "pwd", "mkdir", "rm", "printf")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """What the set-up reads, and a PATH with nothing but the shell's tools."""
    folder = tmp_path / "project"
    (folder / "scripts").mkdir(parents=True)
    shutil.copy(REPOSITORY / "scripts" / "setup.sh", folder / "scripts")
    (folder / "pyproject.toml").write_text("[project]\n", "utf-8")
    (folder / "constraints.txt").write_text("", "utf-8")
    (folder / "bin").mkdir()
    for tool in TOOLS:
        found = shutil.which(tool)
        assert found, tool
        (folder / "bin" / tool).symlink_to(found)
    return folder


def set_up(project: Path) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": str(project / "bin"), "HOME": str(project)}
    return subprocess.run(
        ["sh", "scripts/setup.sh"], cwd=project, env=environment, capture_output=True, text=True, check=False
    )


def fake_python(project: Path, script: str) -> None:
    path = project / "bin" / "python3"
    path.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


def one_sentence(done: subprocess.CompletedProcess[str]) -> str:
    assert done.returncode == 1
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, done.stderr
    return lines[0]


def test_no_python(project: Path) -> None:
    assert "没有找到 Python" in one_sentence(set_up(project))


def test_python_too_old(project: Path) -> None:
    fake_python(project, "exit 1")
    assert "太旧" in one_sentence(set_up(project))


def test_no_ensurepip(project: Path) -> None:
    fake_python(project, 'case "$2" in *ensurepip*) exit 1;; esac; exit 0')
    assert "python3-venv" in one_sentence(set_up(project))


def test_folder_that_cannot_be_written(project: Path) -> None:
    fake_python(project, "exit 0")
    (project / ".venv").write_text("a file in the way", "utf-8")
    assert "不能写入" in one_sentence(set_up(project))


def test_read_only_file_system(project: Path) -> None:
    """A real read-only mount, in a namespace of its own."""
    fake_python(project, "exit 0")
    script = f"mount --bind {project} {project} && mount -o remount,ro,bind {project} && cd {project} && exec sh scripts/setup.sh"
    environment = {**os.environ, "PATH": f"{project / 'bin'}:{os.environ['PATH']}"}
    done = subprocess.run(
        ["unshare", "-Urm", "sh", "-c", script], env=environment, capture_output=True, text=True, check=False
    )
    assert "不能写入" in one_sentence(done)


def test_nothing_to_do_is_quick_and_silent() -> None:
    """The environment that runs this test was made by the same script."""
    done = subprocess.run(
        ["sh", "scripts/setup.sh", "dev"], cwd=REPOSITORY, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
