"""kb search: which articles answer this question?"""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any

import click

from articles.checking import load_checked
from articles.loading import Kb
from commands.common import open_search, root_option
from core.paths import Root

_TAG = re.compile(r"</?mark>")
_BANDS = {"answer": "有把握", "choose": "请选", "unsure": "没把握"}


@click.command(epilog="例：kb search 保费晚交几天会断保吗 --json")
@root_option
@click.argument("question", metavar="问题")
@click.option("--json", "as_json", is_flag=True, help="给程序读的输出")
@click.option("--explain", is_flag=True, help="说明每个结果为什么匹配")
@click.option("--limit", type=click.IntRange(1, 50), default=10, show_default=True, help="最多几个结果")
@click.option("--literal", is_flag=True, help="照原样搜，不改错字和拼音")
@click.option("--fields", is_flag=True, help='按字段和短语搜：标题:退保 "犹豫期内" NOT 类别:claims')
def search(root: Root, question: str, as_json: bool, explain: bool, limit: int, literal: bool, fields: bool) -> None:
    """在 kb/ 里搜索（只搜客户能看到的文章）。"""
    kb = load_checked(root)
    service = open_search(kb)
    if fields:
        _show([result.as_dict() for result in service.find(question, limit)], kb, as_json)
        return
    found = service.search(question, limit=limit, explain=explain, literal=literal)
    if as_json:
        click.echo(json.dumps(found.as_dict(), ensure_ascii=False, indent=2))
        return
    if found.corrected:
        click.echo(f"已按「{found.corrected}」搜索。仍搜原话请加 --literal")
    guess = next(iter(found.guess.items()), None)
    likely = f"，像是{kb.config.category(guess[0]).name}（{guess[1]:.0%}）" if guess else ""
    click.echo(f"{_BANDS[found.band]}：第一条对的可能是 {found.probability:.0%}{likely}")
    _show([result.as_dict() for result in found.results], kb, as_json=False)


def _show(results: list[dict[str, Any]], kb: Kb, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps({"results": results}, ensure_ascii=False, indent=2))
        return
    if not results:
        click.echo("没有找到。换个说法试试。")
    for number, result in enumerate(results, 1):
        category = kb.config.category(result["category"]).name
        place = f"[{category} › {result['topic'] or '—'}]"
        click.echo(f"{number}. {result['question']}  {place}  {result['score']:.2f}  {result['id']}")
        click.echo(f"   {unescape(_TAG.sub('', result['snippet']))}")
        if result["explain"]:
            _explain(result)


def _explain(result: dict[str, Any]) -> None:
    """Which question matched, by which words, and what each part of the query gave."""
    matched = result["matched"]
    words = "、".join(matched["words"]) or "—"
    instead = "".join(f"，“{asked}”按“{word}”" for asked, word in matched["synonyms"].items())
    click.echo(f"   匹配：{matched['text']}（{matched['kind']}）  词：{words}{instead}")
    best = sorted(result["explain"], key=lambda reason: -reason["question"] - reason["article"])
    told = [f"{reason['text']} {reason['question']:.1f}+{reason['article']:.1f}" for reason in best[:12]]
    click.echo(f"   得分（最好的一问+全篇）：{'，'.join(told)}")
