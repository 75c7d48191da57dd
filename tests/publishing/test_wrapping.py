"""Does a title break between words only?"""

from __future__ import annotations

import pytest

from publishing.wrapping import words_kept
from search.tokenizer.segment import Segmenter

CUT = Segmenter(("电子发票", "保险金")).cut


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        ("<h1>电子发票能和纸质的一样报销吗？</h1>", "电子发票<wbr>能<wbr>和<wbr>纸质的<wbr>一样<wbr>报销吗？"),
        ('<span class="c">情形复杂的，</span>', "情形<wbr>复杂的，"),
        ('<span class="c">30\u00a0日内给结果。</span>', "30\u00a0日内<wbr>给<wbr>结果。"),
        ('<span class="c">看“保险金”在哪里。</span>', "看“保险金”<wbr>在<wbr>哪里。"),
    ],
)
def test_between_words_and_never_before_what_belongs_to_them(html: str, kept: str) -> None:
    assert f'<span class="c k">{kept}</span>' in words_kept(html, CUT)


@pytest.mark.parametrize(
    "html", ["<h1>a &amp; b</h1>", "<h1><b>电子发票</b></h1>", "<p>电子发票能报销</p>", '<a title="<h1>">']
)
def test_what_is_no_plain_title_stays(html: str) -> None:
    assert words_kept(html, CUT) == html
