"""Does the gate see what must not go live?"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from articles.checking import load_checked
from core.errors import ReleaseError
from core.paths import Root
from publishing.gate import check_leaks


@pytest.mark.parametrize(
    "secret",
    [
        "优先派驻点查勘员到场",
        "千万不要承诺一定全赔这句话",
        "这是尚未公开的草稿内容丙字号",
        "在工单系统里选加急通道甲字号",
    ],
)
def test_internal_text_in_a_public_file_is_refused(good: Root, tmp_path: Path, secret: str) -> None:
    kb = load_checked(good)
    shown = [a for a in kb.articles if a.shown_on(date.today())]
    page = tmp_path / "public" / "page.html"
    page.parent.mkdir()
    page.write_text("<p>先看人。</p>", "utf-8")
    check_leaks(kb, page.parent, shown)
    page.write_text(f"<p>在这里：{secret}。</p>", "utf-8")
    with pytest.raises(ReleaseError, match=r"page\.html"):
        check_leaks(kb, page.parent, shown)
