"""A site with an article in each state, deadlines by day and by hour, and a past: what an agent meets on the page of answers."""

from __future__ import annotations

import shutil
from pathlib import Path

from core.paths import Root
from core.settings import Settings
from publishing.build import publish
from records.database import Database
from records.migrating import bring_up
from tests.conftest import GOOD
from tests.web.desk.newsroom import change

DRAFT, ARCHIVED, EXPIRED, NOT_YET = "draft-one", "old-reissue", "old-rate", "next-rate"
INTERNAL, SPOKEN_INTERNAL, HOURS = "agent-only", "fast-lane", "tow-truck"
_MORE = """
- id: old-rate
  question: 去年的浮动费率怎么算？
  answer: 去年按三档算。
  valid_to: 2020-12-31
- id: next-rate
  question: 后年的浮动费率怎么算？
  answer: 后年按五档算。
  valid_from: 2099-01-01
- id: fast-lane
  question: 绿色通道谁能开？
  audience: agent
  answer: 主管可以开通绿色通道。
  answers: { chat: 我们已经为您开通绿色通道。 }
- id: tow-truck
  question: 拖车多久能到现场？
  similar: [抛锚了找拖车, 救援车什么时候来]
  topic: 时限
  products: [motor]
  opening: accident
  promises:
    - { what: 拖车到现场, by: company, within: 2, unit: 小时, from: 呼叫救援 }
    - { what: 寄出账单, by: company, within: 5, unit: 工作日, from: 救援结束 }
  answers:
    phone: 拖车会尽快赶到。
    sms: 拖车已派出，报案号{{报案号}}，车主{{称呼}}。
  answer: 拖车会尽快赶到。
"""
_CHANNELS = """
channels:
  phone: { name: 电话, limit: 120, fallback: [chat] }
  chat: { name: 在线客服, limit: 300, closing: "还有疑问请拨 {{hotline}}。", fallback: [wechat, phone] }
  wechat: { name: 微信, limit: 300, fallback: [chat, phone] }
  sms: { name: 短信, limit: 140, fallback: [phone, chat] }
  social: { name: 公开回复, limit: 140, fallback: [phone, chat] }
  email: { name: 邮件, limit: 2000, fallback: [chat, phone] }
placeholders:
  报案号: { label: 报案号, pattern: "[A-Z0-9]{8}", example: RD000001 }
  称呼: { label: 客户称呼 }
"""
_HOLIDAYS = """
years:
  - year: 2025
    source: 国务院办公厅通知
    off:
      - { name: 国庆节, from: 2025-10-01, to: 2025-10-08 }
    work: [2025-09-28, 2025-10-11]
"""


def counter(folder: Path) -> Root:
    """The site, after two releases: the second has other words for the chat of one article."""
    shutil.copytree(GOOD, folder)
    root = Root.at(folder)
    (root.kb / "claims" / "counter.yml").write_text(_MORE, "utf-8")
    (folder / "site_config" / "channels.yml").write_text(_CHANNELS, "utf-8")
    (folder / "site_config" / "holidays.yml").write_text(_HOLIDAYS, "utf-8")
    publish(root)
    change(root, "chat: 带病历、诊断证明和费用清单。", "chat: 带病历、诊断证明和发票。")
    publish(root)
    bring_up(Database(root, Settings(limits=0)))
    return root
