"""kb hooks: how is a commit checked before it is made?"""

from __future__ import annotations

from pathlib import Path
from shlex import quote

import click

from articles.git import git_line
from commands.common import root_option
from core.errors import GitError
from core.paths import Root

_MARK = "# kb hooks install"
_SCRIPT = """\
#!/bin/sh
{mark}: 提交里有 kb/ 或 site_config/ 时，先检查要提交的内容。急用可以 git commit --no-verify。
at={at}
git diff --cached --quiet -- "${{at}}kb" "${{at}}site_config" && exit 0
kb="${{at}}.venv/bin/kb"
[ -x "$kb" ] || kb="$(command -v kb)" || {{
    echo "没有找到 kb 命令，不能检查。先运行 sh scripts/setup.sh，再提交一次" >&2
    exit 1
}}
# What is checked is what will be committed, not what else lies in the folder.
staged="$(mktemp -d)" || exit 1
trap 'rm -rf "$staged"' EXIT
mkdir -p "$staged/${{at}}kb"
git ls-files -z -- "${{at}}kb" "${{at}}site_config" | git checkout-index -z --stdin --prefix="$staged/" || exit 1
"$kb" check --root "$staged/$at" && exit 0
echo "没有提交：上面的错误改好后，git add 再提交一次" >&2
exit 1
"""


@click.command("hooks", epilog="例：kb hooks install")
@root_option
@click.argument("action", metavar="install|remove", type=click.Choice(["install", "remove"]))
def hooks(root: Root, action: str) -> None:
    """装上（install）或卸下（remove）提交前的检查：有错误就不让提交。

    写在这个仓库的 git 钩子里，不需要别的工具；只在改了 kb/ 或 site_config/ 时检查。
    """
    named = git_line(root, "rev-parse", "--path-format=absolute", "--git-path", "hooks/pre-commit")
    if not named:
        raise GitError(f"{root.path} 不在 git 仓库里", "先 git clone 知识库，或运行 git init")
    hook = Path(named)
    exists = hook.exists() or hook.is_symlink()
    if exists and _MARK not in hook.read_text("utf-8", errors="replace"):
        raise GitError(f"已经有一个别的 pre-commit 钩子：{hook}", "把它挪走再来；或者在它里面加一行 kb check")
    if action == "remove":
        hook.unlink(missing_ok=True)
        click.echo("已卸下提交前的检查" if exists else "没有装过提交前的检查")
        return
    hook.parent.mkdir(parents=True, exist_ok=True)
    prefix = git_line(root, "rev-parse", "--show-prefix")
    hook.write_text(_SCRIPT.format(mark=_MARK, at=quote(prefix)), encoding="utf-8")
    hook.chmod(0o755)
    click.echo("已装好：以后提交 kb/ 或 site_config/ 的改动前，会先检查要提交的内容")
