"""kb serve: the site, the API, the worker and all, on a production server."""

from __future__ import annotations

from ipaddress import ip_address

import click

from commands.common import root_option
from commands.progress import shown
from commands.server import Server, check_address
from core.errors import AccountError, DatabaseError, KbError, ProblemsFound
from core.paths import Root
from core.settings import Settings, settings
from publishing.build import publish_again, publish_origin
from publishing.layout import current
from publishing.opened import Frame
from publishing.progress import Progress
from records.accounts import Accounts
from records.database import Database
from records.demo import add_demo_agent, stop_demo_agent
from records.migrating import bring_up


@click.command(epilog="例：KB_PORT=8001 kb serve")
@root_option
def serve(root: Root) -> None:
    """有改动先发布，再启动服务和后台。地址和端口用 KB_HOST、KB_PORT 设置。"""
    ours = settings()
    check_address(ours.host, ours.port)
    with shown() as progress:
        _bring_up(root, progress)
    if _prepare(Database(root, ours)):
        _demo_agent(root, ours)
    Server(root, ours, click.echo).run()


def _bring_up(root: Root, progress: Progress) -> None:
    """Publish from where the live release came from. When that cannot be, what is live serves on."""
    try:
        publish_origin(root, progress)
    except KbError as error:
        if current(root) is None:
            raise
        for problem in error.problems if isinstance(error, ProblemsFound) else ():
            click.echo(str(problem), err=True)
        click.echo(f"{error.code}: {error}", err=True)
        publish_again(root, progress)  # nothing to do unless the code has changed since


def _prepare(database: Database) -> bool:
    """Bring the schema up to date before anybody writes; whether it is. Customers can read without a database; with a wrong
    one nobody starts."""
    try:
        bring_up(database)
        return True
    except DatabaseError as error:
        if error.reason == "newer":
            raise
        click.echo(
            f"{error.code}: {error}。搜索和阅读照常，评价和统计暂时存不下，坐席台不能登录；修好后重新启动", err=True
        )
        return False
    finally:
        database.close()


def _demo_agent(root: Root, ours: Settings) -> None:
    """For a first look at the desk: a site for show, on this machine alone, without accounts. The password is told here once."""
    release = current(root)
    shown = release is not None and Frame.model_validate(release.manifest().get("frame", {})).demo
    database = Database(root, ours)
    try:
        accounts = Accounts(database)
        if not (shown and _is_loopback(ours.host) and not ours.proxies):
            if stop_demo_agent(accounts):
                click.echo("停用了演示坐席 demo：站点不再只给本机演示", err=True)
            return
        password = add_demo_agent(accounts)
        if password is not None:
            click.echo(f"演示坐席：到 /desk 登录，登录名 demo，密码 {password}（只显示这一次）")
    except (AccountError, DatabaseError) as error:  # another launcher was faster, or the database is busy
        click.echo(f"{error.code}: {error}", err=True)
    finally:
        database.close()


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
