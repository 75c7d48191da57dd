"""Which digits of a text are an identity card, a telephone or a bank card?

The text is cut into runs of digits with little between them, each run into groups; groups that stand together are tried as one
number, the longest first, and never more than ``_LONGEST`` digits: the work grows with the text and no faster.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from core.masking.checks import bank_card, id_card, mistyped_id_card
from core.masking.context import Before
from core.masking.found import Found
from core.masking.telephones import extension, is_telephone

_SPOKEN = str.maketrans("零〇一二三四五六七八九幺壹贰叁肆伍陆柒捌玖", "001234567891123456789")
# 一 in 一直 and the like is no digit at the end of a number that is read out.
_HAN = "(?:[零〇二三四五六七八九幺壹贰叁肆伍陆柒捌玖]|一(?![直个般样下起定共些点边旦]))"
_GROUP = re.compile(rf"[0-9]+|{_HAN}+")
_GAP = re.compile(r"[ \-.,、()·]{0,3}|[,、 ]{0,2}(?:嗯|呃|啊|额|然后|那个|就是)[,、 ]{0,2}")
_WIDEST_GAP = 6
_X = re.compile(r"[ -]?X(?![A-Z0-9])")

_SHORTEST, _LONGEST = 7, 21
_MISTYPED_ID_CARD = range(14, 21)
_LABELLED_BANK_CARD = range(12, 22)
_SPREAD_CARD = re.compile(r"(?:4,){3,4}[1-4]?,?|6,\d+,|(?:1,)+")

_AMOUNT = re.compile(r" ?(?:多|余)?(?:[万亿]|[美日韩欧]?元|块|港币|人民币|%)")
# Hong Kong and Macao: a letter or two, or 1, 5, 7, and the check digit in brackets.
_HONG_KONG = re.compile(r"(?<![A-Z0-9])(?:[A-Z]{1,2}\d{6}|[157]\d{6}) ?\([0-9A]\)")


@dataclass(frozen=True)
class Group:
    """Digits that stand together; ``gap``: what is between the group before and this one, empty at the start of a run."""

    start: int
    end: int
    digits: str
    gap: str


def find(text: str) -> list[Found]:
    """In ``text``, folded."""
    found = [Found("id-card", *match.span()) for match in _HONG_KONG.finditer(text)]
    for run in _runs(text):
        at = 0
        while at < len(run):
            taken = None if _spelled_on(run, at, found) else _longest(text, run, at)
            if taken:
                found.append(taken)
            at += 1
            while taken and at < len(run) and run[at].start < taken.end:
                at += 1
    return found


def _runs(text: str) -> Iterator[list[Group]]:
    run: list[Group] = []
    for match in _GROUP.finditer(text):
        start, end = match.span()
        near = bool(run) and start - run[-1].end <= _WIDEST_GAP
        gap = text[run[-1].end : start] if near else ""
        if run and not (near and _GAP.fullmatch(gap)):
            yield run
            run, gap = [], ""
        run.append(Group(start, end, match[0].translate(_SPOKEN), gap))
    if run:
        yield run


def _spelled_on(run: list[Group], at: int, found: list[Found]) -> bool:
    """Whether group ``at`` goes on with digits that are spelled one by one: a number begins where they do."""
    if at == 0 or (found and found[-1].end >= run[at - 1].end):
        return False
    return len(run[at].digits) == len(run[at - 1].digits) == 1 and (at == 1 or run[at].gap == run[at - 1].gap)


def _longest(text: str, run: list[Group], at: int) -> Found | None:
    """The longest number that begins with group ``at``."""
    end, total = at, 0
    while end < len(run) and total + len(run[end].digits) <= _LONGEST:
        total += len(run[end].digits)
        end += 1
    if total < _SHORTEST:
        return None
    before = Before.of(text, run[at].start)
    while end > at and total >= _SHORTEST:
        groups = run[at:end]
        if kind := _kind(text, groups, before):
            return _placed(text, kind, groups)
        end -= 1
        total -= len(run[end].digits)
    return None


def _kind(text: str, groups: list[Group], before: Before) -> str | None:
    digits = "".join(group.digits for group in groups)
    end = groups[-1].end
    if len(digits) == 17 and (check := _X.match(text, end)):
        digits, end = digits + "X", check.end()
    if len(digits) == 18 and id_card(digits):
        return "id-card"
    kind = _looks_like(digits, groups, before, text[end : end + 1])
    if kind is None or before.continues() or before.says("thing") or before.says("amount"):
        return None
    return None if _AMOUNT.match(text, end) or text[end : end + 1] == "_" else kind


def _looks_like(digits: str, groups: list[Group], before: Before, following: str) -> str | None:
    if is_telephone(digits, groups, before):
        return "phone"
    if any(group.gap == "." for group in groups[1:]):
        return None
    if len(digits) in _MISTYPED_ID_CARD and before.says("id-card"):
        return "id-card"
    if following.isascii() and following.isalpha():
        return None
    if mistyped_id_card(digits) or (len(groups) == 1 and id_card(digits)):
        return "id-card"
    if len(digits) in _LABELLED_BANK_CARD and before.says("bank-card"):
        return "bank-card"
    if bank_card(digits) and (len(groups) == 1 or _SPREAD_CARD.fullmatch("".join(f"{len(g.digits)}," for g in groups))):
        return "bank-card"
    return None


def _placed(text: str, kind: str, groups: list[Group]) -> Found:
    """With the country code, brackets, extension and last X that belong to it."""
    start, end = groups[0].start, groups[-1].end
    if kind == "id-card" and (check := _X.match(text, end)):
        end = check.end()
    if kind == "phone":
        end = extension(text, end)
        if text[start - 1 : start] == "+":
            start -= 1
        if text[start - 1 : start] == "(" and ")" in text[start:end]:
            start -= 1
    return Found(kind, start, end)
