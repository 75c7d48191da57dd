"""What do rules' examples stand in? One article with which nothing is wrong, and a small configuration."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import yaml

from articles.checking import check
from core.errors import Problem
from core.paths import Root

Fields = dict[str, object]
Findings = Callable[..., list[Problem]]

RIGHT: Fields = {
    "id": "reissue",
    "question": "保单丢了怎么补办？",
    "similar": ["保单不见了", "合同丢了", "补一份保单", "保险单遗失", "保单找不到"],
    "answers": {"phone": "带身份证到柜台补办。", "chat": "请带身份证到柜台补办。"},
    "sources": ["公司公布的办理方式"],
    "owner": "保全运营组",
    "review_by": "2099-06-30",
    "answer": "带身份证到柜台就能补办。",
}
# A second article whose texts are its own.
OTHER: Fields = RIGHT | {
    "id": "other",
    "question": "续保要带什么东西？",
    "similar": ["续保带什么", "续保材料", "接着买要什么", "明年还想保", "续一年"],
    "answer": "带上一年的保单和驾驶证，别的都不用。",
}
CONFIG = {
    "brand": {"facts": {"hotline": {"value": "40000"}}},
    "glossary": {
        "terms": [
            {"term": "复效", "plain": "恢复效力、恢复保障", "explain": "停了的保单恢复效力。"},
            {
                "term": "除外责任",
                "plain": "不赔的情形",
                "explain": "不赔的情形。",
                "instead": "责任免除",
                "tooltip": True,
            },
            {"term": "现金价值", "plain": "退保能拿回的钱", "explain": "退保能拿回的钱。", "tooltip": True},
        ],
        "outdated": [
            {"name": "银保监会", "now": "国家金融监督管理总局"},
            {"name": "《合同法》", "now": "《民法典》合同编"},
        ],
    },
}
FACTS = """
| A01 | 10 日内付款 | 10 日 | 《保险法》第二十三条 | 全国·法律 | A |
| B01 | 犹豫期 15 天 | 15 天 | 《健康保险管理办法》（2019），条号不写 | 全国·部门规章 | B |
"""


@pytest.fixture
def findings(make_root: Callable[[dict[str, str | bytes]], Root]) -> Findings:
    """What the check says of the right article with these fields put over it, and of a second one with ``beside``."""

    def run(fields: str | Fields, beside: str | Fields = "") -> list[Problem]:
        written = [_over(OTHER, beside), _over(RIGHT, fields)]
        files: dict[str, str | bytes] = {"site_config/facts.md": FACTS}
        files |= {f"site_config/{name}.yml": _yaml(part) for name, part in CONFIG.items()}
        files |= {f"kb/policy/{i}.yml": _yaml([one]) for i, one in enumerate(written)}
        return check(make_root(files))[1]

    return run


def _over(base: Fields, fields: str | Fields) -> Fields:
    return base | (yaml.safe_load(fields) or {} if isinstance(fields, str) else fields)


def _yaml(value: object) -> str:
    return yaml.safe_dump(value, allow_unicode=True, sort_keys=False)
