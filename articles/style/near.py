"""Which texts are nearly the same? Shares of common pieces (Jaccard), without comparing each with each.

Prefix filtering: two sets of pieces that are alike enough must share one of the rarest pieces of each, so only texts that
meet in a rare piece are compared. The work grows with the number of texts, not with its square.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import NamedTuple

# Of texts that share a rare piece only the first few are looked at: a text copied a thousand times is found by its first copies.
_MOST = 20


class Near(NamedTuple):
    """The earlier text, and how much of both is common (0 to 1)."""

    key: str
    share: float


def near(texts: Mapping[str, str], size: int, least: float) -> dict[str, Near]:
    """For each text the most similar earlier one that shares at least ``least`` of its pieces of ``size`` characters.

    Spaces, punctuation and case do not count. Texts without an equal are left out.
    """
    pieces = {key: _pieces(text, size) for key, text in texts.items()}
    often = Counter(piece for own in pieces.values() for piece in own)
    holding: dict[str, list[str]] = defaultdict(list)
    found: dict[str, Near] = {}
    for key, own in pieces.items():
        rare = sorted(own, key=lambda piece: (often[piece], piece))[: len(own) - math.ceil(least * len(own)) + 1]
        met = Counter(other for piece in rare for other in holding[piece])
        # What can be common at most: what they met in, and all that was not looked up.
        unseen = len(own) - len(rare) + sum(len(holding[piece]) == _MOST for piece in rare)
        shares = [
            Near(other, len(own & pieces[other]) / len(own | pieces[other]))
            for other, times in met.items()
            if times + unseen >= least / (1 + least) * (len(own) + len(pieces[other]))
        ]
        best = max(shares, key=lambda pair: pair.share, default=None)
        if best is not None and best.share >= least:
            found[key] = best
        for piece in rare:
            if often[piece] > 1 and len(holding[piece]) < _MOST:
                holding[piece].append(key)
    return found


def _pieces(text: str, size: int) -> frozenset[str]:
    plain = re.sub(r"[\W_]+", "", text).casefold()
    return frozenset(plain[i : i + size] for i in range(max(1, len(plain) - size + 1))) - {""}
