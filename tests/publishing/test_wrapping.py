"""Does a title break between words only?"""

from __future__ import annotations

import re

import pytest

from publishing.wrapping import words_kept
from search.tokenizer.segment import Segmenter

CUT = Segmenter(("电子发票", "保险金")).cut
WORD = re.compile(r'<span class="w">([^<]*)</span>')


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<h1>电子发票能和纸质的一样报销吗？</h1>", ["电子发票", "纸质的", "一样", "报销吗？"]),
        ('<span class="c">情形复杂的，</span>', ["情形", "复杂的，"]),
        ('<span class="c">30\u00a0日内给结果。</span>', ["30\u00a0日内", "结果。"]),
        ('<span class="c">看“保险金”在哪里。</span>', ["看“保险金”", "哪里。"]),
    ],
)
def test_words_stay_together_with_what_belongs_to_them(html: str, words: list[str]) -> None:
    made = words_kept(html, CUT)
    assert WORD.findall(made) == words
    assert WORD.sub(r"\1", made) == html


def test_what_is_longer_than_a_line_may_break() -> None:
    assert words_kept("<h1>1234567890</h1>", CUT) == "<h1>1234567890</h1>"


@pytest.mark.parametrize(
    "html", ["<h1>a &amp; b</h1>", "<h1><b>电子发票</b></h1>", "<p>电子发票能报销</p>", '<a title="<h1>">']
)
def test_what_is_no_plain_title_stays(html: str) -> None:
    assert words_kept(html, CUT) == html
