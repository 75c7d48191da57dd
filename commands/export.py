"""kb export: how do all articles leave as one file?"""

from __future__ import annotations

from pathlib import Path

import click

from articles.loading import load
from articles.tables.saving import Change, save
from articles.tables.table import FORMATS, Format
from commands.common import root_option
from commands.progress import bar
from core.errors import KbError, ProblemsFound
from core.paths import Root


@click.command("export", epilog="例：kb export 文章.xlsx；kb export --format jsonl > 文章.jsonl")
@root_option
@click.argument("file", metavar="[FILE]", required=False, type=click.Path(path_type=Path))
@click.option(
    "--format", "kind", type=click.Choice(FORMATS), default=None, help="文件格式（默认看 FILE 的结尾，没有就是 xlsx）"
)
@click.option("--overwrite", is_flag=True, help="FILE 已经有了也照写")
def export_command(root: Root, file: Path | None, kind: Format | None, overwrite: bool) -> None:
    """把 kb/ 里的全部文章导出成一个文件；改好后可以用 kb import 导回来。

    不写 FILE 时，csv 和 jsonl 写到屏幕，xlsx 写成当前文件夹的 kb.xlsx。
    """
    # The process that serves loads every command, and has no use for spreadsheets.
    from articles.tables.exporting import export

    ending = file.suffix.casefold() if file else ""
    guessed: Format = next((f for f in FORMATS if ending == f".{f}"), "xlsx")
    kind = kind or guessed
    if file is None and kind == "xlsx":
        file = Path("kb.xlsx")
    if file is not None and file.exists() and not overwrite:
        raise KbError(f"{file} 已经有了", "换个名字，或加 --overwrite 盖掉它")
    kb = load(root)
    if any(p.level == "error" for p in kb.problems):
        # A file that cannot be read would be missing from the table without a word.
        raise ProblemsFound(p for p in kb.problems if p.level == "error")
    with bar("导出", len(kb.articles)) as step:
        content = export(kb, kind, step)
    if file is None:
        click.echo(content, nl=False)
        return
    save([Change(file, file.read_bytes() if file.exists() else None, content)])
    click.echo(f"已导出 {len(kb.articles)} 篇文章到 {file}")
