"""kb eval: how often is the right answer first?"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from articles.checking import load_checked
from commands.common import open_search, root_option
from commands.progress import bar
from core.paths import Root
from search.certainty import certainty
from search.evaluation import Expect, Interval, evaluate, read_queries


@click.command("eval", epilog="例：kb eval site_config/queries/dev.tsv --expect topic --json")
@root_option
@click.argument("file", metavar="FILE.tsv", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--expect",
    type=click.Choice(["article", "topic", "category"]),
    default=None,
    help="按哪一列算对（默认取最细的一列）",
)
@click.option("--json", "as_json", is_flag=True, help="给程序读的输出")
@click.option("--missed", is_flag=True, help="列出第一条不对的问题")
def evaluate_command(root: Root, file: Path, expect: Expect | None, as_json: bool, missed: bool) -> None:
    """用标注好的问题量一量搜索：P@1、recall@3、MRR@10 和延迟。

    FILE.tsv 第一行是列名：question，和 article、topic、category 中的几列；几个都对时用 | 隔开。
    """
    kb = load_checked(root)
    label, queries = read_queries(file, expect, kb.config.categories)
    service = open_search(kb)
    with bar("评测", len(queries)) as step:
        report = evaluate(lambda question: service.search(question).results, queries, label, step)
    learned = service.learned
    sure = certainty(service, queries, []) if label == "article" else None
    if as_json:
        body = report.as_dict() | {"bands": {"answer": learned.answer, "choose": learned.choose, **learned.figures}}
        click.echo(json.dumps(body | ({"certainty": asdict(sure)} if sure else {}), ensure_ascii=False, indent=2))
        return
    click.echo(f"{report.questions} 个问题，按 {report.expect} 算")
    for name, figure in (("P@1", report.p_at_1), ("recall@3", report.recall_at_3), ("MRR@10", report.mrr_at_10)):
        click.echo(f"{name:<10}{_shown(figure)}")
    click.echo("延迟      " + "  ".join(f"{name} {value:.2f} ms" for name, value in report.latency_ms.items()))
    click.echo(
        f"三档      有把握 ≥ {learned.answer:.2f}，请选 ≥ {learned.choose:.2f}（建索引时用留出的 {learned.asked} 条问法学来）"
    )
    if sure:
        click.echo(f"有把握    {_shown(sure.answered)}，其中答错 {_shown(sure.answered_wrong)}")
        click.echo(f"类别猜对  {_shown(sure.category)}")
    if missed:
        click.echo("\n".join(["第一条不对："] + [f"  {question}" for question in report.missed]))


def _shown(figure: Interval) -> str:
    return f"{figure.value:.3f}  [{figure.low:.3f}, {figure.high:.3f}]"
