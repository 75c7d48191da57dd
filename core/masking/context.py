"""What do the words right before a number say that it is?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_NEAR = 16  # characters before a number in which a word may say what it is
_SENTENCE = re.compile(r"[。!?;\n]")
_NUMBER_OF = r"(?:单?编?号码?|编码|代码|码|ID|NO\.?)?[ :是为]{0,3}$"
_SAYS = {
    # The number of a thing: nobody is found by it. An identity card in its place is one all the same.
    "thing": r"(?:订单|快递|运单|物流|流水|发票|交易|备案|批准|批文|条款|产品|信用|序列|税|商户|验证|动态|单据)"
    + _NUMBER_OF,
    "id-card": r"(?:身份证?|证件|身分证|驾驶证|驾照|驾证)[^,。;]{0,10}$",
    "phone": r"(?:电话|手机|联系|号码|座机|固话|传真|短信|回电|致电|[打拨]|TEL|PHONE|MOBILE)[^。;]{0,8}$",
    "telephone": r"(?:座机|固话|电话|手机|TEL)(?:号码|号)?[ :是]{0,3}$",
    "bank-card": r"(?:[账帐][号户]|卡)[^,。;]{0,6}$",
    "company": r"(?:客服|热线|柜面|网点|总机|营业厅|官方|投诉|救援|前台|服务|咨询)(?:电话|热线|号码)?[ :是为]{0,2}$",
    "amount": r"[¥￥$]$|(?:RMB|人民币) ?$",
}
_PATTERNS = {name: re.compile(pattern) for name, pattern in _SAYS.items()}
# A number may follow these at once, as in TEL138…; behind other letters it is a part of a word or of a code.
_WORD = re.compile(r"(?:^|[^A-Z])(?:TEL|PHONE|MOBILE|CALL|CELL|MOB|WX|VX|WECHAT|QQ|ID|NO|V|P|T|M)[.:]?$")


@dataclass(frozen=True)
class Before:
    """The end of what stands before a number, within its sentence."""

    text: str

    @classmethod
    def of(cls, text: str, place: int) -> Before:
        near = text[max(0, place - _NEAR) : place]
        return cls(_SENTENCE.split(near)[-1])

    def says(self, name: str) -> bool:
        """Whether the words speak of ``name``, a key of ``_SAYS``."""
        return _says(self.text, name)

    def continues(self) -> bool:
        """Whether a number here would be a part of a word in Latin letters, or the decimals of another."""
        last = self.text[-1:]
        if last == "_" or (last.isascii() and last.isalpha()):
            return not _WORD.search(self.text)
        return last == "." and self.text[-2:-1].isdigit()

    def plus(self) -> bool:
        """Whether a + stands there: a country code follows."""
        return self.text.rstrip(" ").endswith("+")


@lru_cache(256)
def _says(text: str, name: str) -> bool:
    """Asked again for each way to group the digits that follow."""
    return _PATTERNS[name].search(text) is not None
