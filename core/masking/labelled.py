"""Which personal data tells itself by its form (plates, e-mail, policy numbers) or by the word before it (微信号, 护照号)?"""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.masking.found import Found

_SPOKEN = "零〇一二三四五六七八九幺"
_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_EDGE = r"(?<![A-Z0-9])"
_STOP = r"(?![A-Z0-9])"
# Between the word and the value: 号码, brackets with a remark, and what stands for "is".
_NUMBER = r"(?:号码|字号|编号|单号|账号|帐号|号|ID|NO\.?)"
_IS = r"(?:\([^()\n]{0,8}\))?[ \n]?(?:[:=]|是|为|叫|-|,)?[ \n\"“「『]{0,2}"

# A mailbox of the company's, not of a person.
_OFFICES = r"(?:SERVICE|KEFU|TOUSU|SUPPORT|INFO|HELP|ADMIN|CONTACT|HR|PRIVACY|NO-?REPLY|COMPLAINTS?|955\d\d)@"


@dataclass(frozen=True)
class _Rule:
    """``pattern`` finds one of ``kind``: its group ``it``, or all that matches."""

    kind: str
    pattern: re.Pattern[str]


def _named(kind: str, words: str, value: str, number: str = f"{_NUMBER}") -> _Rule:
    return _Rule(kind, re.compile(rf"(?:{words}){number}{_IS}(?P<it>{value}){_STOP}"))


def _formed(kind: str, pattern: str) -> _Rule:
    return _Rule(kind, re.compile(rf"(?P<it>{pattern})"))


_CODE = r"(?:(?=[A-Z-]{0,10}[0-9])[A-Z0-9](?:-?[A-Z0-9]){7,29}|[A-Z]{0,6} ?\d{2,6}(?: \d{2,6}){2,6})"
_RULES = (
    _formed(
        "email", rf"(?<![A-Z0-9._%+-])(?!{_OFFICES})[A-Z0-9._%+-]{{1,64}}@(?:[A-Z0-9-]{{1,63}}\.){{1,4}}[A-Z]{{2,24}}"
    ),
    _named("claim", "报案|立案|赔案|理赔|案件|案子", _CODE),
    _named("case", "投诉|工单|信访|受理|举报", _CODE),
    _named("policy", "保单|保险单|投保单|合同|批单|保险合同", _CODE),
    # PDAA, TDAA, EDAA are policies, applications and endorsements; R…, C… and L… are claims.
    _formed("claim", rf"{_EDGE}[RCL][A-Z]{{3}}\d{{12,20}}{_STOP}"),
    _formed("policy", rf"{_EDGE}[A-Z]{{4}}\d{{12,20}}{_STOP}"),
    _named("vin", "车架|车辆识别代|大架|VIN|车辆识别代码|识别代码", r"[A-HJ-NPR-Z0-9]{17}", f"(?:{_NUMBER}|码)?"),
    _formed("vin", rf"{_EDGE}L[A-HJ-NPR-Z0-9]{{11}}[0-9]{{5}}{_STOP}"),
    _named("passport", "护照|PASSPORT", r"[A-Z]{0,2}\d{7,9}", f"{_NUMBER}?"),
    _named(
        "id-card", "身份证|身分证|证件|通行证|回乡证|台胞证|军官证|居留证|居住证", r"[A-Z]{1,3}\d{7,12}", f"{_NUMBER}?"
    ),
    _named("qq", "QQ|扣扣|企鹅", r"[1-9]\d{4,10}", f"{_NUMBER}?"),
    _named(
        "wechat",
        "(?:微|薇|威)信|WX|VX|V信|WECHAT|加我?V|我的?V",
        r"(?=[A-Z]*[0-9_-])[A-Z][A-Z0-9_-]{5,19}",
        f"{_NUMBER}?",
    ),
    _named("wechat", "(?:微|薇|威)信|WX|VX|V信|WECHAT", r"[A-Z][A-Z0-9_-]{5,19}", _NUMBER),
    _formed("wechat", rf"{_EDGE}WXID_[A-Z0-9]{{6,20}}{_STOP}"),
    # At least three digits: 新A款 is no plate. The last place may say what the car is for.
    _formed(
        "plate",
        rf"[{_PROVINCES}][A-Z][ ·.-]{{0,2}}(?:(?=(?:[A-Z]{{0,3}}[0-9]){{3}})(?:[A-Z0-9]{{5,6}}{_STOP}|[A-Z0-9]{{4}}[挂学警港澳领])"
        rf"|[A-Z{_SPOKEN}]{{0,2}}[{_SPOKEN}]{{4,5}})",
    ),
)


def find(text: str) -> list[Found]:
    """In ``text``, folded. The rules are in order of trust: one that comes later gets nothing that an earlier one has."""
    found: list[Found] = []
    taken: set[int] = set()
    for rule in _RULES:
        for match in rule.pattern.finditer(text):
            start, end = match.span("it")
            if taken.isdisjoint(range(start, end)):
                taken.update(range(start, end))
                found.append(Found(rule.kind, start, end))
    return found
