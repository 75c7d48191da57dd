"""How are traditional characters written in simplified ones? The one home of OpenCC."""

from __future__ import annotations

from functools import cache

import opencc


def simplified(text: str) -> str:
    """``text`` by OpenCC's t2s, phrase by phrase; the length may change. ``text`` must hold no lone surrogates."""
    return str(_converter().convert(text))


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")
