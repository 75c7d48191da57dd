"""What is a stretch of personal data called, and what stands in its place?"""

from __future__ import annotations

from dataclasses import dataclass

LABELS = {
    "id-card": "〔身份证号〕",
    "phone": "〔手机号〕",
    "bank-card": "〔银行卡号〕",
    "plate": "〔车牌号〕",
    "policy": "〔保单号〕",
    "claim": "〔报案号〕",
    "case": "〔投诉编号〕",
    "email": "〔邮箱〕",
    "name": "〔姓名〕",
    "wechat": "〔微信号〕",
    "qq": "〔QQ号〕",
    "passport": "〔护照号〕",
    "vin": "〔车架号〕",
    "address": "〔地址〕",
}


@dataclass(frozen=True)
class Found:
    """A stretch [start, end) of a text that is personal data; kind: a key of ``LABELS``."""

    kind: str
    start: int
    end: int
