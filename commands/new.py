"""kb new: how does an article begin?"""

from __future__ import annotations

import json
import re
from datetime import date, timedelta

import click

from articles.loading import load
from articles.schema import ID_PATTERN, MAX_ID
from commands.common import root_option
from core.errors import KbError
from core.paths import Root

_TEMPLATE = """\
---
id: {id}
question: {quoted}
similar:            # 客户真实的说法，5 条以上
  - {other}
# not_for: []       # 看着像、其实该找别的文章的问法
topic: "{topic}"    # 可选：{topics}
# products: []      # 可选：{products}
status: draft       # 写好后改成 published
# audience: agent   # 只给客服看时打开
# opening:          # 开场的体谅话，phrases.yml 里的键
actions: []         # 按钮，brand.yml 里的键：{actions}
# steps:            # 怎么做；within 只在有出处时写
#   - title: 交材料
#     text: 照清单备齐，一次交给公司
#     who: customer   # customer 您来做，company 我们来做，both 一起
# documents:        # 带什么
#   - 身份证
# promises:         # 期限写成数据
#   - what: 核定
#     by: company
#     within: 30
#     unit: 自然日      # 自然日、工作日、小时、个月、年
#     from: 收到索赔请求和资料
#     basis: 《保险法》第二十三条第一款
# ask:              # 先选一选：两到四个问题，每个都给“找人工”的出路
#   - key: kind
#     question: 是哪种保险？
#     choices:        # article 通向文章，next 通向下一个问题，to: human 找人工
#       - {{ text: 车险, article: 文章编号 }}
#       - {{ text: 都不是，找人工, to: human }}
sources: []         # 依据：法规或条款，写到条号
#  - cite: 《保险法》第二十三条
#    facts: [B16]    # 事实清单里的编号
answers:
  phone: ""         # 能念出来，120 字以内
  chat: ""
owner: ""           # 谁对它负责
review_by: {review_by}
# related: []       # 相近文章的编号
# avoid: []         # 不要这样说（只给客服看）
# agent_notes: |    # 只给客服看的说明
---
第一句就是结论，40 字以内。

再说怎么做、带什么、多久、依据。
"""


@click.command(epilog="例：kb new claims/claim-time-limit --question 理赔材料交齐后，多久给结果？")
@root_option
@click.argument("name", metavar="类别/编号")
@click.option("--question", default="这里写标准问？", help="标准问")
def new(root: Root, name: str, question: str) -> None:
    """新建一篇带说明的文章。"""
    category, _, article_id = name.partition("/")
    kb = load(root)
    known = kb.config.categories.categories
    if category not in known:
        raise KbError(f"没有“{category}”这个类别", f"可选：{'、'.join(known)}")
    if not re.match(ID_PATTERN, article_id) or len(article_id) > MAX_ID:
        raise KbError(f"编号“{article_id}”不合规则", "用小写字母、数字和连字符，例如 claim-time-limit")
    taken = next((e for e in kb.entries if e.article.id == article_id), None)
    path = root.kb / category / f"{article_id}.md"
    if taken or path.exists():
        raise KbError(f"编号“{article_id}”已被 {taken.path if taken else root.relative(path)} 使用", "换一个编号")
    topics = known[category].topics or []
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        _TEMPLATE.format(
            id=article_id,
            quoted=json.dumps(question, ensure_ascii=False),
            other=json.dumps(f"{question}（换一种说法）", ensure_ascii=False),
            topic=topics[0] if topics else "",
            topics="、".join(topics) or "随意",
            products="、".join(kb.config.categories.products),
            actions="、".join(kb.config.brand.actions) or "（还没有）",
            review_by=date.today() + timedelta(days=180),
        ),
        encoding="utf-8",
    )
    click.echo(f"已新建 {root.relative(path)}")
