"""Which stretches of a Chinese text are personal data, and how is the text told without them?

A doubtful stretch is masked when it looks like a person's number and something beside it says so; a mistyped identity or bank
card still leads to a person, so a wrong check digit does not save a number that is labelled, or that has the region and the date
of birth of an identity card. Amounts, dates, law articles and public service numbers (95518, 400-…, 12378) are not personal.
"""

from __future__ import annotations

from core.masking import addresses, labelled, names, numbers
from core.masking.folding import Folded
from core.masking.found import LABELS, Found

__all__ = ["LABELS", "Found", "find", "mask"]

# In this order: what is labelled is sure; names look for the numbers that were found beside them.
_PASSES = (labelled.find, numbers.find, names.find, addresses.find)
# A stretch that is taken away can show another. Two rounds are usual; the bound is for texts made to run long.
_ROUNDS = 8


def find(text: str) -> list[Found]:
    """The personal stretches of ``text``, in order and apart from each other; places in ``text`` as it was given."""
    folded = Folded.of(text)
    found: list[Found] = []
    for _ in range(_ROUNDS):
        before = len(found)
        for look in _PASSES:
            new = _apart(look(folded.text))
            found += map(folded.original, new)
            folded = folded.without(new)
        if len(found) == before:
            break
    return sorted(found, key=lambda each: each.start)


def mask(text: str) -> str:
    """``text`` with a Chinese label such as 〔手机号〕 in the place of each personal stretch; masking again changes nothing."""
    parts: list[str] = []
    done = 0
    for each in find(text):
        parts += text[done : each.start], LABELS[each.kind]
        done = each.end
    return "".join(parts) + text[done:]


def _apart(found: list[Found]) -> list[Found]:
    """In order, without those that begin inside another; of two that begin together the longer one."""
    kept: list[Found] = []
    for each in sorted(found, key=lambda each: (each.start, -each.end)):
        if not kept or each.start >= kept[-1].end:
            kept.append(each)
    return kept
