"""Where do the figures and pictures of the desk come from? A copy of the articles with a blank in it, and somebody who signs in there.

A copy, so that nobody is added to the accounts of the site that lies here.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page

from articles.loading import load
from bench.latency import served
from core.paths import Root

_OWN = "four unrelated words"
# An account belongs to the copy, whatever database the one who measures works with.
_DATABASE = {"KB_DATABASE_URL": ""}


@dataclass(frozen=True)
class Agent:
    """login and first password, which the first sign-in changes."""

    login: str
    password: str


def copied(root: Root, folder: Path) -> Root:
    """The articles and the configuration of ``root`` in ``folder``, with the commits when ``root`` is a repository."""
    clone = ["git", "clone", "--quiet", "--shared", str(root.path), str(folder)]
    subprocess.run(clone, check=False, capture_output=True)
    for place in (root.kb, root.config):
        if place.is_dir():
            target = folder / place.name
            shutil.rmtree(target, ignore_errors=True)
            shutil.copytree(place, target)
    return Root.at(folder)


def leave_blank(root: Root, article: str, channel: str, blank: str) -> None:
    """Ask for ``blank`` in the words of ``article`` for ``channel``, where they do not ask for it yet."""
    entry = next(entry for entry in load(root).entries if entry.article.id == article)
    path = root.path / entry.path
    text = path.read_text("utf-8")
    hole = f"{{{{{blank}}}}}"
    if hole not in text:
        # JSON is YAML too; in an article of its own file the channel stands at the beginning of a line.
        line = re.compile(rf"(?m)^(  {channel}: )(.+)$")
        path.write_text(line.sub(rf"\1\2{blank} {hole}。", text, count=1), "utf-8")


@contextmanager
def desk(root: Root) -> Iterator[str]:
    """Serve ``root``: the address, without a slash at its end."""
    with served(root, **_DATABASE) as (port, _):
        yield f"http://127.0.0.1:{port}"


def add_agent(root: Root, role: str = "agent") -> Agent:
    """A new account, as ``kb users add`` makes it."""
    settings = [f"{name}={value}" for name, value in _DATABASE.items()]
    command = ["env", *settings, sys.executable, "-m", "cli", "users", "add", "bench", "--name", "李娜", "--role", role]
    told = subprocess.run(
        [*command, "--json", "--root", str(root.path)], check=True, capture_output=True, text=True
    ).stdout
    return Agent("bench", json.loads(told)["password"])


def sign_in(page: Page, url: str, agent: Agent) -> None:
    """Sign in with the first password, choose another one, and stand on /desk."""
    page.goto(f"{url}/desk/sign-in")
    page.locator("#login").fill(agent.login)
    page.locator("#password").fill(agent.password)
    page.keyboard.press("Enter")
    page.locator("#old").fill(agent.password)
    page.locator("#new").fill(_OWN)
    page.locator("#again").fill(_OWN)
    page.keyboard.press("Enter")
    page.locator("#q").wait_for()
