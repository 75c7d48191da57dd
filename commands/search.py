"""kb search: which articles answer this question?"""

from __future__ import annotations

import json
import re
from html import unescape

import click

from articles.checking import load_checked
from commands.common import open_search, root_option
from core.paths import Root

_TAG = re.compile(r"</?mark>")


@click.command(epilog="例：kb search 保费晚交几天会断保吗 --json")
@root_option
@click.argument("question", metavar="问题")
@click.option("--json", "as_json", is_flag=True, help="给程序读的输出")
@click.option("--explain", is_flag=True, help="说明每个结果为什么匹配")
@click.option("--limit", type=click.IntRange(1, 50), default=10, show_default=True, help="最多几个结果")
@click.option("--literal", is_flag=True, help="照原样搜，不改错字和拼音")
def search(root: Root, question: str, as_json: bool, explain: bool, limit: int, literal: bool) -> None:
    """在 kb/ 里搜索（只搜客户能看到的文章）。"""
    kb = load_checked(root)
    found = open_search(kb).search(question, limit=limit, explain=explain, literal=literal)
    if as_json:
        body = {
            "query": found.query,
            "corrected": found.corrected,
            "total": found.total,
            "results": [result.as_dict() for result in found.results],
        }
        click.echo(json.dumps(body, ensure_ascii=False, indent=2))
        return
    if found.corrected:
        click.echo(f"已按「{found.corrected}」搜索。仍搜原话请加 --literal")
    if not found.results:
        click.echo("没有找到。换个说法试试。")
    for number, result in enumerate(found.results, 1):
        category = kb.config.category(result.category).name
        click.echo(
            f"{number}. {result.question}  [{category} › {result.topic or '—'}]  {result.score:.2f}  {result.id}"
        )
        click.echo(f"   {unescape(_TAG.sub('', result.snippet))}")
        if explain:
            parts = "，".join(f"{name} {part:.2f}" for name, part in result.explain.items())
            words = "、".join(result.matched.words)
            click.echo(f"   匹配：{result.matched.text}（{result.matched.kind}）  词：{words}  得分：{parts}")
