"""kb schema: which fields does an article have?"""

from __future__ import annotations

import json

import click

from articles.schema import Article
from commands.common import root_option
from core.paths import Root


@click.command(epilog="例：kb schema > article.schema.json")
@root_option
@click.option("--list", "as_list", is_flag=True, help="YAML 列表文件的格式（默认是单篇文章）")
def schema(root: Root, as_list: bool) -> None:  # noqa: ARG001 - every command takes --root
    """打印文章格式的 JSON Schema，编辑器可以据此补全。"""
    one = Article.model_json_schema(by_alias=True)
    one = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "文章", **one}
    whole = (
        {"$schema": one.pop("$schema"), "$defs": one.pop("$defs", {}), "type": "array", "items": one}
        if as_list
        else one
    )
    click.echo(json.dumps(whole, ensure_ascii=False, indent=2))
