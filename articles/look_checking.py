"""Is ``look:`` in brand.yml right? Colours that can be read, and a logo that may stand on every page."""

from __future__ import annotations

from collections.abc import Iterator

from articles.loading import Kb
from articles.logo import BadLogo, logo_ratio
from articles.look import READABLE, Pale, too_pale
from core.errors import Problem

_PATH = "site_config/brand.yml"
_MODES = {"light": "浅色", "dark": "深色"}


def look_problems(kb: Kb) -> Iterator[Problem]:
    """K720: a colour that is too pale; K721: a logo that cannot be used."""
    look = kb.config.brand.look
    for pale in too_pale(look):
        yield Problem(_PATH, _line(kb, pale.at), "K720", _said(pale), "换成深浅差得更多的颜色")
    if look.logo:
        try:
            logo_ratio(kb.root.config / look.logo)
        except BadLogo as error:
            yield Problem(_PATH, _line(kb, ("logo",)), "K721", error.message, error.fix)


def _said(pale: Pale) -> str:
    mode, ratio = _MODES[pale.at[0]], int(pale.measured * 100) / 100  # never rounded up to what it does not reach
    return f"look 的{mode}配色看不清：{pale.front} 在 {pale.ground} 上，对比度 {ratio:.2f}，至少要 {READABLE:g}"


def _line(kb: Kb, keys: tuple[str, ...]) -> int:
    """The line where the last of ``keys`` is said, each looked for after the one before."""
    path = kb.root.config / "brand.yml"
    lines = path.read_text("utf-8", errors="replace").splitlines() if path.is_file() else []
    at = 0
    for key in ("look", *keys):
        at = next((n for n, line in enumerate(lines[at:], at) if f"{key}:" in line.split("#", 1)[0]), at)
    return at + 1
