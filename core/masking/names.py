"""Which characters of a text are a person's name?

A name has no form of its own, so something beside it must point at it: a word (我叫, 姓名, 车主), a title (先生), a number found next
to it. The surer the pointer, the less is asked of the characters: after 我叫 any that a sentence would not go on with, elsewhere only those
that names are commonly made of, and an end that can be seen.
"""

from __future__ import annotations

import re

from core.masking.characters import COMPOUND_SURNAMES, EVERYDAY, FOLLOWING, GIVEN, NOT_NAMES, OUTSIDE, SURNAMES, WORDS
from core.masking.folding import NUMBERS
from core.masking.found import Found

_KIN = (
    "老公|老婆|爱人|太太|先生|丈夫|妻子|媳妇|儿子|女儿|闺女|孩子|儿媳|女婿|父亲|母亲|爸爸|妈妈|爸"
    "|妈|爹|娘|爷爷|奶奶|外公|外婆|姥姥|姥爷|哥哥?|弟弟?|姐姐?|妹妹?|同事|朋友|邻居|老板|老伴"
    "|室友|前夫|前妻|男友|女友"
)
_ROLES = (
    "客户|投保人|被保险人|被保人|受益人|车主|机主|户主|户名|联系人|联络人|收件人|收货人|收款人|领款人"
    "|付款人|驾驶人|驾驶员|司机|报案人|持卡人|开户人|患者|病人|伤者|死者|家属|经办人|代理人|业务员"
    "|理赔员|查勘员|定损员|出险人|乘客|监护人|法定代表人|委托人|受托人|申请人|投诉人|领取人|继承人|债务人"
    "|权利人|签收人|寄件人|肇事者|抬头[开写]?"
)
_QUOTES = '["“「『《(]?'
# After these a name must come, or something that cannot be taken for one.
_SURE = re.compile(
    rf"(?:(?:(?<![呼喊])我|本人|名字|人|他|她|娃|{_KIN}|{_ROLES})(?:的名字)?[是就]?叫(?:做|作)?"
    rf"|(?<![A-Z\u4e00-\u9fff])名叫|[个位]叫|自称(?:是|叫)?|化名|(?:真|全|本|大)名[叫是]?"
    rf"|(?:姓 ?名|名字)[叫是为]?|(?:{_ROLES}|NAME)(?:姓名|名称|名字)?(?=[:=]))[ :=,]{{0,3}}\n?{_QUOTES}"
)
# After these a name may come.
_MAYBE = re.compile(
    rf"(?:我就?是|本人|这里是|这边是|写的是|写着|登记的是|登记在|名下是|改成|改为|变更为|过户给|转给|打成了|写成了|找"
    rf"|是我?的?(?:{_KIN})|(?:{_KIN}|{_ROLES})(?:姓名|名字)?)[ :=,是]{{0,3}}{_QUOTES}"
)
_HAN = r"[\u4e00-\u9fff]"
_DOTTED_BEFORE = re.compile(
    rf"(?<!{_HAN})(?P<it>(?![请转给找叫是对让由向和跟与及您你我]){_HAN}{{1,8}}(?:·{_HAN}{{1,8}}){{1,4}}?)"
    rf"(?:先生|女士|小姐|[ ,:(/、]{{0,3}}[{NUMBERS}])"
)
_TITLE = re.compile(r"(?:先生|女士|小姐|同志|经理|师傅|老师|医生|主任|警官|阿姨|大姐|大哥)")
_CALLED = re.compile(
    r"(?=[这那]个?名字|(?:的|家的?)(?:保单|保险|身份证|手机|电话|车|卡|名字|赔款|病历)|收(?:[ ,。!]|$))"
)
_OPENING = '我找请叫给跟和是向让由对告,。;:、!? \n"“「『(<《/|\t'
_GENDER = re.compile(r"(?:[ ,、/](?:男|女)(?![\u4e00-\u9fff])|(?:男|女)(?=[0-9 ,]))")
_QUOTED = re.compile(r'["“「『]')
_CLOSING = frozenset('"”」』')
# 给苗翠花，代邢志强问的: only names of three characters, which hardly a word looks like.
_FOR = re.compile(r"[给代替]")
_COMPOUND = re.compile(rf"(?<!{_HAN})(?={'|'.join(sorted(COMPOUND_SURNAMES))})")
_IS = re.compile(r"是")
_DOES = frozenset("给帮替办卖负开签")
_NUMBER_OF = "(?:身份证|证件|手机|电话|联系电话|联系方式|卡|银行卡)(?:号码?)?"
_BESIDE_AFTER = re.compile(rf"(?=[ ,:(/、|]{{0,3}}(?:{_NUMBER_OF}[ :是]{{0,2}})?[{NUMBERS}])")
_BESIDE_BEFORE = re.compile(rf"[{NUMBERS}][ ,/、|)(\t]{{1,3}}")
_ANY_NUMBER = frozenset(NUMBERS)
_DOTTED = re.compile(rf"{_HAN}{{1,12}}(?:·{_HAN}{{1,12}}){{1,4}}")
# 买 and 提 are outside of Chinese names and common in those of other peoples (买买提).
_NOT_ABROAD = OUTSIDE - frozenset("买提")
_LATIN = re.compile(r"[A-Z]{2,20}(?: [A-Z]{1,20}){1,3}(?![A-Z0-9@._])")
# 王伟、李娜和张敏: who stands with a name is one too.
_AND = frozenset("、和与及")
_SAYING = frozenset(":=叫是")
_SPACED = re.compile(rf"{_HAN} {{1,2}}{_HAN}(?!{_HAN})")  # 王 伟, as in forms
_FORM = re.compile(rf"{_HAN}{{2,4}}(?!{_HAN}|[·0-9A-Z])")


def find(text: str) -> list[Found]:
    """In ``text``, folded, in which the numbers found are barriers."""
    found: list[tuple[int, int]] = []

    def keep(start: int, end: int | None) -> None:
        while end is not None:
            found.append((start, end))
            start = end + 1
            end = _maybe(text, start) if text[end:start] in _AND else None

    for match in _SURE.finditer(text):
        keep(match.end(), _sure(text, match.end()))
    has_numbers = not _ANY_NUMBER.isdisjoint(text)
    for pattern in (_MAYBE, _QUOTED, *((_BESIDE_BEFORE,) if has_numbers else ())):
        for match in pattern.finditer(text):
            end = _maybe(text, match.end())
            closed = pattern is not _QUOTED or (end is not None and text[end : end + 1] in _CLOSING)
            keep(match.end(), end if closed else None)
    for match in _DOTTED_BEFORE.finditer(text):
        keep(*match.span("it"))
    for match in _COMPOUND.finditer(text):
        keep(match.end(), _maybe(text, match.end()))
    for match in _FOR.finditer(text):
        end = _maybe(text, match.end())
        keep(match.end(), end if end == match.end() + 3 else None)
    for match in _IS.finditer(text):
        end = match.end() + 3
        if text[end : end + 1] in _DOES and _is_name(text[match.end() : end]):
            keep(match.end(), end)
    for pattern in (_TITLE, _CALLED, _GENDER, *((_BESIDE_AFTER,) if has_numbers else ())):
        for match in pattern.finditer(text):
            keep(*_ending(text, match.start()))
    return [Found("name", start, end) for start, end in found if end > start]


def _surname(text: str, start: int) -> int:
    """How many characters at ``start`` are a surname."""
    if text[start : start + 2] in COMPOUND_SURNAMES:
        return 2
    return int(text[start : start + 1] in SURNAMES)


def _sure(text: str, start: int) -> int | None:
    """Where the name that the words before ``start`` promise ends, or None if there is none after all."""
    if match := _DOTTED.match(text, start):
        return _without_rest(text, match)
    if text[max(0, start - 3) : start].rstrip()[-1:] in _SAYING and (match := _LATIN.match(text, start)):
        return match.end()
    if match := _SPACED.match(text, start):
        return match.end() if _is_name(match[0].replace(" ", "")) else None
    surname = _surname(text, start)
    given = start + surname
    if surname and not text.startswith(NOT_NAMES, start):
        first, second = text[given : given + 1], text[given + 1 : given + 2]
        likely = first in GIVEN
        if text[start] in EVERYDAY:
            if _can_be(first) and _can_be(second) and (not _han(text, given + 2) or {first, second} <= GIVEN):
                return given + 2
            return given + 1 if likely and _ends(text, given + 1) and text[start : given + 1] not in WORDS else None
        if _can_be(first) and _can_be(second) and (_ends(text, given + 2) or {first, second} <= GIVEN):
            return given + 2
        if likely and second in GIVEN and not _han(text, given + 2):
            return given + 2
        if (_can_be(first) and (likely or _ends(text, given + 1))) or (likely and not _han(text, given + 1)):
            return given + 1
    return _unknown_surname(text, start)


def _unknown_surname(text: str, start: int) -> int | None:
    """A form (姓名：…) names people whose surname no list has; all its characters must be those of names."""
    match = _FORM.match(text, start) if text[start - 1 : start] == ":" else None
    return match.end() if match and set(match[0]) <= GIVEN and not match[0].startswith(NOT_NAMES) else None


def _without_rest(text: str, match: re.Match[str]) -> int:
    """The last part of a name with dots ends where a word begins that no name holds."""
    end = last = text.rindex("·", match.start(), match.end()) + 1
    while end < match.end() and (end == last or text[end] not in _NOT_ABROAD) and not _TITLE.match(text, end):
        end += 1
    return end


def _maybe(text: str, start: int) -> int | None:
    """Where a name at ``start`` ends, when it looks like one and its end can be seen."""
    if match := _DOTTED.match(text, start):
        return _without_rest(text, match)
    surname = _surname(text, start)
    if not surname:
        return None
    for length in (surname + 2, surname + 1):
        end = start + length
        seen = not _han(text, end) or (_ends(text, end) and (text[start] not in EVERYDAY or length > surname + 1))
        if seen and end <= len(text) and _is_name(text[start:end]):
            return end
    return None


def _ending(text: str, end: int) -> tuple[int, int | None]:
    """A name that ends at ``end``: the longest; with one given character only where its beginning can be seen."""
    for length in (4, 3, 2):
        start = end - length
        opened = start <= 0 or text[start - 1] in _OPENING
        if start >= 0 and (length == 3 or opened) and _is_name(text[start:end]):
            return start, end
    return end, None


def _is_name(text: str) -> bool:
    """A surname and one or two characters that names are commonly made of."""
    surname = _surname(text, 0)
    given = text[surname:]
    return (
        bool(surname)
        and len(given) in (1, 2)
        and set(given) <= GIVEN
        and text not in WORDS
        and not text.startswith(NOT_NAMES)
    )


def _can_be(char: str) -> bool:
    return _han(char, 0) and char not in OUTSIDE


def _han(text: str, place: int) -> bool:
    return "\u4e00" <= text[place : place + 1] <= "\u9fff"


def _ends(text: str, place: int) -> bool:
    """Whether a name may end before ``place``: no Han character follows, or one that a sentence goes on with."""
    return not _han(text, place) or text[place] in OUTSIDE or text[place] in FOLLOWING
