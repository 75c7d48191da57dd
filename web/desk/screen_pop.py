"""Who is on the line, as the telephone system says? What of it may stand on the page: never a whole number."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from articles.desk.wrap_up import one_line
from records.references import case_number

_LONGEST = 40
_READ = 200  # characters of a parameter that are looked at
# Seven digits or more, whatever stands between them: a number that leads to somebody.
_NUMBER = re.compile(r"[+(]{0,2}\d(?:[ ().*#/-]{0,3}\d){6,}")
_SCHEME = re.compile(r"^(?:tel|sip|sips):", re.IGNORECASE)
BAD_REFERENCE = "电话系统带来的案件号写法不对，没有填上；请自己填。"


@dataclass(frozen=True)
class ScreenPop:
    """label: who it is, for the page, empty when nobody is named; reference: the number of the case, empty when there is none;
    told: what the agent should know of it, a sentence or nothing."""

    label: str = ""
    reference: str = ""
    told: str = ""


def screen_pop(args: Mapping[str, str]) -> ScreenPop:
    """What ``/desk?contact=&ref=`` says. Of a telephone number the last four digits stay."""
    given = args.get("ref", "")
    number = case_number(given) if given.strip() else ""
    return ScreenPop(_label(args.get("contact", "")), number or "", BAD_REFERENCE if number is None else "")


def _label(given: str) -> str:
    text = _SCHEME.sub("", one_line(unicodedata.normalize("NFKC", given[:_READ])))
    if _NUMBER.fullmatch(text):
        return f"来电 尾号{_last_four(text)}"
    return _NUMBER.sub(lambda found: f"尾号{_last_four(found[0])}", text)[:_LONGEST]


def _last_four(number: str) -> str:
    return "".join(c for c in number if c.isdigit())[-4:]
