"""Which column holds which field of an article, and what does an editor write there?"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from articles.config import SiteConfig
from articles.schema import Article
from articles.tables.cells import BadCell
from articles.tables.spellings import Day, Documents, Flag, Items, Names, Prose, Sources, Spelling, Word, Yaml

_JSON = "json:"
_STATUS = {"draft": "草稿", "published": "已发布", "archived": "已归档"}
_AUDIENCE = {"public": "客户", "agent": "客服"}
# Columns of a few words that the schema fixes.
FIXED = {"状态": _STATUS, "对象": _AUDIENCE}


def _no_names(_config: SiteConfig) -> Names:
    return {}


@dataclass(frozen=True)
class Column:
    """One column.

    path: where its value stands in an article; keeps: an empty cell leaves what an existing article has (elsewhere it empties the
    field); names: what people call the keys that stand in it; required: a new article cannot do without.
    """

    title: str
    path: tuple[str, ...]
    spelling: Spelling
    help: str
    example: str = ""
    names: Callable[[SiteConfig], Names] = _no_names
    required: bool = False
    keeps: bool = False

    def show(self, article: dict[str, Any], config: SiteConfig) -> str:
        """The text of the cell for an article's dump; what the spelling would not read back exactly stands as JSON."""
        value: Any = article
        for name in self.path:
            value = value.get(name) if isinstance(value, dict) else None
        if value is None:
            return ""
        names = self.names(config)
        text = self.spelling.show(value, names)
        return text if self._reads_as(text, value, config) else _JSON + json.dumps(value, ensure_ascii=False)

    def _reads_as(self, text: str, value: Any, config: SiteConfig) -> bool:
        try:
            return bool(_texts(self.read(text, config)) == _texts(value))
        except BadCell:
            return False

    def read(self, text: str, config: SiteConfig) -> Any:
        """The value that a cell says; None when it is empty. Raises BadCell."""
        if text.startswith(_JSON):
            try:
                return json.loads(text.removeprefix(_JSON))
            except (ValueError, RecursionError) as error:
                raise BadCell("“json:”后面不是有效的 JSON", "照导出的样子写，或去掉“json:”改成普通写法") from error
        return self.spelling.read(text, self.names(config)) if text.strip() else None


def _texts(value: Any) -> Any:
    """``value`` with numbers as text: YAML in a cell leaves it to the schema to see a number in “30”."""
    if isinstance(value, dict):
        return {key: _texts(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_texts(part) for part in value]
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _categories(config: SiteConfig) -> Names:
    return {key: category.name for key, category in config.categories.categories.items()}


def _products(config: SiteConfig) -> Names:
    return config.categories.products


def _queues(config: SiteConfig) -> Names:
    return {key: queue.name for key, queue in config.queues.queues.items()}


_ASKED, _KEYS = Items("；;|"), Items("；;|、，,")
_PROSE, _WORD, _DAY = Prose(), Word(), Day()

COLUMNS = [
    Column(
        "编号", ("id",), _WORD, "新文章可以空着，导入时按标准问的拼音编好；编好后不要再改", "claim-days", keeps=True
    ),
    Column(
        "标准问", ("question",), _PROSE, "5–30 字，一个意图", "理赔材料交齐后，多久给结果？", required=True, keeps=True
    ),
    Column(
        "相似问",
        ("similar",),
        _ASKED,
        "客户真实的说法，一行一条；只有一行时也可以用 ； 或 | 隔开",
        "赔款几天到\n钱多久到账",
    ),
    Column(
        "答案",
        ("answer",),
        _PROSE,
        "网页答案（Markdown），第一句就是结论，40 字以内",
        "30 日内给结果。",
        required=True,
        keeps=True,
    ),
    Column("分类", ("category",), _WORD, "类别的名称或键", names=_categories, required=True, keeps=True),
    Column("子主题", ("topic",), _WORD, "categories.yml 里列出的子主题"),
    Column("险种", ("products",), _KEYS, "名称或键，一行一个", names=_products),
    Column(
        "状态",
        ("status",),
        _WORD,
        "草稿、已发布、已归档；新文章空着就是已发布",
        "草稿",
        names=lambda _: _STATUS,
        keeps=True,
    ),
    Column("电话话术", ("answers", "phone"), _PROSE, "能念出来，120 字以内"),
    Column("在线话术", ("answers", "chat"), _PROSE, "在线客服用的文字"),
    Column("微信话术", ("answers", "wechat"), _PROSE, "微信用的文字"),
    Column("短信话术", ("answers", "sms"), _PROSE, "短信用的文字"),
    Column("公开回复话术", ("answers", "social"), _PROSE, "公开回复用的文字，不带个人信息"),
    Column("邮件话术", ("answers", "email"), _PROSE, "邮件用的文字"),
    Column("材料", ("documents",), Documents(), "一行一样；说明写在 | 后面", "身份证\n保单号 | 找不到也能办"),
    Column(
        "步骤",
        ("steps",),
        Yaml(),
        "YAML：每步一个“- title:”，可写 text、who、within、unit",
        "- title: 交材料\n  text: 一次交给公司",
    ),
    Column(
        "期限",
        ("promises",),
        Yaml(),
        "YAML：每条写 what、by、within、unit、from，可写 basis",
        "- what: 核定\n  by: company\n  within: 30\n  unit: 自然日\n  from: 材料交齐",
    ),
    Column(
        "依据",
        ("sources",),
        Sources(),
        "法规或条款，写到条号，一行一条；事实编号写在后面的 [ ] 里",
        "《保险法》第二十三条 [B16]",
    ),
    Column("负责人", ("owner",), _WORD, "谁对它负责", "理赔组"),
    Column("复核日期", ("review_by",), _DAY, "什么时候之前要再看一遍", "2027-06-30"),
    Column("生效日期", ("valid_from",), _DAY, "这一天起给客户看", "2027-01-01"),
    Column("失效日期", ("valid_to",), _DAY, "这一天之后不再给客户看", "2027-12-31"),
    Column("标签", ("tags",), _KEYS, "随意的标签，一行一个"),
    Column("对象", ("audience",), _WORD, "客户：公开；客服：只给客服看", "客户", names=lambda _: _AUDIENCE, keeps=True),
    Column("反例", ("not_for",), _ASKED, "看着像、其实该找别的文章的问法，一行一条"),
    Column("相关文章", ("related",), _KEYS, "文章编号，一行一个"),
    Column("按钮", ("actions",), _KEYS, "brand.yml 里 actions 的键，一行一个"),
    Column("开场", ("opening",), _WORD, "phrases.yml 里的键"),
    Column("精确提问", ("ask",), Yaml(), "YAML：每问写 key、question、choices；照导出的样子改"),
    Column("转人工条件", ("escalate", "when"), _PROSE, "什么时候一线不再处理"),
    Column("转给队列", ("escalate", "to"), _WORD, "queues.yml 里的名称或键", names=_queues),
    Column("一线权限", ("escalate", "leeway"), _PROSE, "一线可以决定什么，更多由谁批（只给客服看）"),
    Column("不要这样说", ("avoid",), Items(), "一行一条（只给客服看）"),
    Column("客服说明", ("agent_notes",), _PROSE, "只给客服看的说明"),
    Column("必读", ("must_read",), Flag(), "是或否", "否"),
    Column("替代文章", ("replaced_by",), _WORD, "归档后由哪篇文章代替，写编号"),
]
BY_TITLE = {column.title: column for column in COLUMNS} | {"类别": next(c for c in COLUMNS if c.title == "分类")}
# Fields whose default means something are written out all the same, so that a table says it.
ALWAYS_SAID = ("category", "status", "audience")


def dump(article: Article) -> dict[str, Any]:
    """The article as plain values, without fields that say nothing."""
    said = article.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return said | {name: getattr(article, name) for name in ALWAYS_SAID}


def column_of(place: tuple[str | int, ...]) -> Column | None:
    """The column that holds the field at ``place`` of an article; for a field in several columns the nearest one."""
    names = tuple(part for part in place if isinstance(part, str))
    exact = next((c for c in COLUMNS if names[: len(c.path)] == c.path), None)
    return exact or next((c for c in COLUMNS if c.path[:1] == names[:1]), None)
