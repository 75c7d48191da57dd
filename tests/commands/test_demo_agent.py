"""Does kb serve make a demo agent on a fresh site for show, on this machine alone, and tell the password once?"""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from bench.latency import free_port
from core.paths import Root
from core.settings import Settings
from records.accounts import Accounts
from records.database import Database
from records.migrating import bring_up
from records.signing_in import SignIns


def said_at_start(root: Root, **settings: str) -> str:
    """What a server says until it serves; then it is stopped."""
    given = {"KB_PORT": str(free_port()), "KB_WORKERS": "1", "KB_LOG_LEVEL": "error", **settings}
    command = [*("env", *(f"{k}={v}" for k, v in given.items())), sys.executable, "-m", "cli", "serve", "--root"]
    server = subprocess.Popen(
        [*command, str(root.path)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8"
    )
    assert server.stdout is not None
    lines = []
    try:
        for line in server.stdout:
            lines.append(line)
            if "已启动" in line:
                return "".join(lines)
        raise AssertionError("".join(lines))
    finally:
        server.terminate()
        server.communicate()


def enter(root: Root, password: str) -> bool:
    return SignIns(Database(root, Settings())).by_password("demo", password) is not None


def test_once_and_gone_where_others_can_reach_it(good: Root) -> None:
    first = said_at_start(good)
    found = re.search(r"登录名 demo，密码 (\S+)（只显示这一次）", first)
    assert found, first
    assert enter(good, found[1])
    accounts = Accounts(Database(good, Settings()))
    assert (accounts.get("demo").role, accounts.get("demo").must_change) == ("agent", False)
    again = said_at_start(good)
    assert "演示坐席" not in again
    assert found[1] not in again
    assert "停用了演示坐席 demo" in said_at_start(good, KB_HOST="0.0.0.0")
    assert not enter(good, found[1])
    assert [(one.who, one.what) for one in reversed(accounts.audit(9)) if one.who == "system"] == [
        ("system", "account.added"),
        ("system", "account.disabled"),
    ]


@pytest.mark.parametrize("why", ["host", "proxy", "demo", "accounts"])
def test_not_where_it_should_not_be(good: Root, why: str) -> None:
    if why == "demo":
        brand = good.config / "brand.yml"
        brand.write_text("demo: false\n" + brand.read_text("utf-8"), "utf-8")
    if why == "accounts":
        bring_up(Database(good, Settings()))
        Accounts(Database(good, Settings())).add("li", "李", "agent")
    given = {"host": {"KB_HOST": "0.0.0.0"}, "proxy": {"KB_PROXIES": "1"}}.get(why, {})
    assert "演示坐席" not in said_at_start(good, **given)
    assert "demo" not in {account.login for account in Accounts(Database(good, Settings())).all()}
