"""Can accounts be kept from the terminal, and is a password shown once and never again?"""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from click.testing import CliRunner, Result

from cli import main
from core.paths import Root
from core.settings import settings
from records.database import Database
from records.signing_in import TRIES, SignIns


@pytest.fixture(autouse=True)
def fresh_settings() -> Iterator[None]:
    settings.cache_clear()
    yield
    settings.cache_clear()


def users(root: Root, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["users", *arguments, "--root", str(root.path)])


def added(root: Root, login: str, role: str = "agent") -> str:
    """The first password of a new account."""
    return str(json.loads(users(root, "add", login, "--role", role, "--json").stdout)["password"])


def signs(root: Root) -> SignIns:
    return SignIns(Database(root, settings()))


def test_a_day_of_an_admin(good: Root) -> None:
    assert "还没有账号" in users(good, "list").stdout
    done = users(good, "add", "LiNa", "--role", "agent", "--name", "李娜")
    assert done.exit_code == 0, done.output
    assert "新建了账号 lina（李娜，客服）" in done.stdout
    password = done.stdout.split("只显示这一次：")[1].split()[0]
    assert signs(good).by_password("lina", password) is not None
    assert password not in users(good, "list").stdout + users(good, "audit").stdout
    assert "要改密码" in users(good, "list").stdout
    assert "已停用" in users(good, "disable", "lina").stdout
    assert signs(good).by_password("lina", password) is None
    assert "停用" in users(good, "list").stdout
    assert "已恢复" in users(good, "enable", "lina").stdout
    assert users(good, "role", "lina", "--role", "supervisor").exit_code == 0
    again = users(good, "reset", "lina").stdout.split("只显示这一次：")[1].split()[0]
    assert again != password
    assert signs(good).by_password("lina", again) is not None
    assert "主管" in users(good, "list").stdout


def test_as_json(good: Root) -> None:
    password = added(good, "li")
    for _ in range(TRIES):
        signs(good).by_password("li", "wrong")
    (account,) = json.loads(users(good, "list", "--json").stdout)
    assert (account["login"], account["role"], account["is_active"], account["must_change"]) == (
        "li",
        "agent",
        True,
        True,
    )
    assert account["locked_until"]
    assert "锁定到" in users(good, "list").stdout
    log = json.loads(users(good, "audit", "--json").stdout)
    assert log[0] | {"at": ""} == {"at": "", "who": "", "what": "sign-in.refused", "about": "li"}
    assert len(log) == TRIES + 2
    assert len(json.loads(users(good, "audit", "--json", "--most", "2").stdout)) == 2
    lines = users(good, "audit").stdout.splitlines()
    assert "新建账号" in lines[1]
    assert "终端" in lines[1]
    assert "登录被拒" in lines[-1]
    assert json.loads(users(good, "disable", "li", "--json").stdout)["is_active"] is False
    assert password not in users(good, "list", "--json").stdout + users(good, "audit", "--json").stdout


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["add", "li"], 2, "--role"),
        (["add", "--role", "agent"], 2, "登录名"),
        (["add", "li", "--role", "chef"], 2, "chef"),
        (["list", "li"], 2, "不用写登录名"),
        (["disable", "li", "--role", "agent"], 2, "不用写 --role"),
        (["disable", "li"], 1, "没有“li”这个账号"),
        (["add", "李娜", "--role", "agent"], 1, "登录名不合规则"),
        (["add", "demo", "--role", "agent"], 1, "留给系统"),
    ],
)
def test_refusals(good: Root, arguments: list[str], code: int, said: str) -> None:
    done = users(good, *arguments)
    assert done.exit_code == code
    assert said in done.stderr
    assert "Traceback" not in done.output


def test_help_is_chinese_with_an_example(good: Root) -> None:
    told = users(good, "--help").stdout
    assert "只显示一次" in told
    assert "例：kb users add" in told
