"""Does a preview start, refuse and go on as an editor needs it, without a browser?"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from click.testing import CliRunner

from bench.latency import free_port
from cli import main
from core.errors import PreviewError
from core.paths import Root
from publishing.build import publish
from publishing.layout import current
from publishing.preview import only_one
from tests.git import replace


@contextmanager
def previewed(root: Root) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """A preview that has said where it is."""
    port = free_port()
    command = [sys.executable, "-m", "cli", "preview", "--root", str(root.path), "--port", str(port)]
    pipe = subprocess.PIPE
    # A shell's background job, as which the tests may run, ignores Ctrl-C and hands that on.
    process = subprocess.Popen(
        ["env", "--default-signal=INT", "PYTHONUNBUFFERED=1", *command],
        stdout=pipe,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        assert process.stdout is not None
        for line in process.stdout:
            if line.startswith("预览："):
                break
        yield f"http://127.0.0.1:{port}", process
    finally:
        process.terminate()
        process.wait(timeout=20)


def page(url: str) -> str:
    with urllib.request.urlopen(url, timeout=10) as answer:
        return str(answer.read().decode())


def until(url: str, wanted: str) -> str:
    """The page as soon as it holds ``wanted``."""
    for _ in range(400):
        text = page(url)
        if wanted in text:
            return text
        time.sleep(0.05)
    raise AssertionError(text)


def test_it_starts_with_a_broken_article_and_shows_the_pages_once_it_is_mended(good: Root) -> None:
    article = good.kb / "policy" / "reissue.md"
    replace(article, "topic: 补发", "topic: 没有<b>的主题")
    with previewed(good) as (url, _):
        first = until(url, "pv-wrong")
        assert "kb/policy/reissue.md:5: K406" in first
        assert "没有&lt;b&gt;的主题" in first
        assert 'name="robots" content="noindex"' in first
        replace(article, "topic: 没有<b>的主题", "topic: 补发")
        assert "pv-wrong" not in until(url, "您遇到什么事了？")


def test_it_ends_quietly_on_ctrl_c_and_leaves_the_live_release_alone(good: Root) -> None:
    release, _ = publish(good)
    before = sorted(path.name for path in (good.var / "releases").iterdir())
    with previewed(good) as (url, process):
        until(url, "您遇到什么事了？")
        os.kill(process.pid, signal.SIGINT)
        assert process.stdout is not None
        said = process.stdout.read()
        assert process.wait(timeout=20) == 0
    assert "预览已停止" in said
    assert "Traceback" not in said
    live = current(good)
    assert live is not None
    assert live.name == release.name
    assert sorted(path.name for path in (good.var / "releases").iterdir()) == before


def test_a_second_one_and_a_taken_port_are_refused_in_a_sentence(good: Root) -> None:
    with only_one(good), pytest.raises(PreviewError, match="已经有一个预览在运行"), only_one(good):
        raise AssertionError
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = CliRunner().invoke(main, ["preview", "--root", str(good.path), "--port", port])
    assert done.exit_code == 1
    assert f"PREVIEW: 端口 {port} 不能用。用 --port 换一个" in done.stderr


def test_a_folder_that_cannot_be_written_is_told(good: Root) -> None:
    (good.path / "var").write_text("一个文件", "utf-8")
    done = CliRunner().invoke(main, ["preview", "--root", str(good.path)])
    assert done.exit_code == 1
    assert "不能写入" in done.stderr
