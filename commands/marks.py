"""kb marks: what have agents marked, and what do they find no answer to?"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import click

from articles.loading import Kb, load
from articles.stale import NOBODY
from articles.tables.cells import guarded
from commands.common import root_option
from commands.table import table
from core.paths import Root
from core.settings import settings
from records.database import Database
from records.gaps import Gap, Gaps
from records.marks import KINDS, Mark, Marks
from records.migrating import bring_up

_COLUMNS = ("负责人", "哪里不对", "编号", "标准问或问题", "说明", "谁", "什么时候", "次数", "文件")
_GAP = "没有答案"


@dataclass(frozen=True)
class Line:
    """One thing that waits for an editor. at: when it was last met; times: how often; path: of the article, empty without one."""

    owner: str
    kind: str
    article: str
    question: str
    words: str
    who: str
    at: datetime
    times: int
    path: str


@click.command("marks", epilog="例：kb marks --owner 理赔运营 --format csv > 标记.csv")
@root_option
@click.option("--owner", default="", metavar="负责人", help="只看这位负责人的")
@click.option("--format", "style", type=click.Choice(["table", "csv"]), default="table", help="csv 可以用 Excel 打开")
@click.option("--json", "as_json", is_flag=True, help="给程序读的输出")
def marks(root: Root, owner: str, style: str, as_json: bool) -> None:
    """客服在坐席台标记的问题，和记下的没有答案的问题，按负责人排；处理在坐席台的“标记”页。"""
    kb = load(root)
    database = Database(root, settings())
    try:
        bring_up(database)
        found = _lines(kb, Marks(database).open(), Gaps(database).open())
    finally:
        database.close()
    found = [line for line in found if not owner or line.owner == owner]
    if as_json:
        click.echo(json.dumps([_as_dict(line) for line in found], ensure_ascii=False, indent=2))
    elif style == "csv":
        click.echo(_csv(found), nl=False)
    else:
        rows = [[" ".join(cell.split()) for cell in _row(line)] for line in found]
        click.echo(table(_COLUMNS, rows) if found else "没有要处理的标记")


def _lines(kb: Kb, marks: Sequence[Mark], gaps: Sequence[Gap]) -> list[Line]:
    """Marks by owner, the oldest first, then gaps, those met most often first: they are nobody's."""
    entries = {entry.article.id: entry for entry in kb.entries}
    found = []
    for mark in marks:
        entry = entries.get(mark.article)
        owner = (entry.article.owner.strip() if entry else "") or NOBODY
        question = entry.article.question if entry else mark.article
        path = entry.path if entry else ""
        found.append(Line(owner, KINDS[mark.kind], mark.article, question, mark.words, mark.who, mark.at, 1, path))
    found.sort(key=lambda line: (line.owner == NOBODY, line.owner))
    return found + [Line(NOBODY, _GAP, "", gap.query, "", gap.who, gap.last_at, gap.times, "") for gap in gaps]


def _row(line: Line) -> tuple[str, ...]:
    at = f"{line.at.astimezone():%Y-%m-%d %H:%M}"
    return line.owner, line.kind, line.article, line.question, line.words, line.who, at, str(line.times), line.path


def _as_dict(line: Line) -> dict[str, object]:
    return {**vars(line), "at": line.at.isoformat()}


def _csv(found: Sequence[Line]) -> str:
    """With a byte order mark, so that Excel reads it as UTF-8; a cell that Excel would run as a formula is text."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(_COLUMNS)
    for line in found:
        writer.writerow([guarded(cell) for cell in _row(line)])
    return "\ufeff" + out.getvalue()
