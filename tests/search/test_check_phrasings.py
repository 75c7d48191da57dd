"""Is a 相似问 that leads to another article found, at its line?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from articles.loading import load
from core.paths import Root
from search.check_phrasings import check_phrasings, phrasings
from search.local import open_local

DAY = date(2026, 11, 23)
FILES: dict[str, str | bytes] = {
    "kb/policy/a.yml": """- id: reissue
  question: 保单丢了怎么补办？
  answer: 带身份证补办。
  similar:
    - 纸质保单丢失
    - 退保要多少手续费呢
- id: surrender
  question: 退保要多少手续费？
  answer: 看合同。
  similar: [解约扣多少]
- id: hidden
  question: 草稿怎么写？
  status: draft
  answer: 草稿。
  similar: [保单丢了怎么补]
"""
}


def test_a_phrasing_that_another_article_wins_is_told_at_its_line(
    make_root: Callable[[dict[str, str | bytes]], Root],
) -> None:
    kb = load(make_root(FILES))
    asked: list[int] = []
    found = list(check_phrasings(kb, open_local(kb), DAY, asked.append))
    assert [(p.path, p.line, p.code, p.level) for p in found] == [("kb/policy/a.yml", 6, "W622", "warning")]
    assert "kb/policy/a.yml:8" in found[0].message
    assert sum(asked) == phrasings(kb, DAY) == 3
