"""Is Markdown drawn safely, and is the first sentence the conclusion?"""

from __future__ import annotations

import pytest

from articles.markdown import links_and_html, split_first, to_html, to_plain


@pytest.mark.parametrize(
    ("text", "first", "rest"),
    [
        ("能退。", "能退。", ""),
        ("能退。\n\n先申请。", "能退。", "先申请。"),
        ("能退。先申请。\n\n再等。", "能退。", "先申请。\n\n再等。"),
        ("**能退**，看[这里](a.md)。先申请。", "能退，看这里。", "先申请。"),
        ("没有句号\n\n第二段。", "没有句号", "第二段。"),
        ("能退吗？能。", "能退吗？", "能。"),
    ],
)
def test_first_sentence(text: str, first: str, rest: str) -> None:
    assert split_first(text) == (first, rest)


def test_html_is_escaped_and_script_links_are_text() -> None:
    html = to_html("<script>x</script>[a](javascript:alert(1)) <b>", lambda href: href)
    assert "<script" not in html
    assert "<b>" not in html
    assert "href" not in html


def test_inside_links_are_resolved_and_dead_ones_taken_away() -> None:
    html = to_html("[甲](../a/x.md) [乙](gone.md) [丙](tel:95518)", {"../a/x.md": "../../a/x/"}.get)
    assert '<a href="../../a/x/">甲</a>' in html
    assert "乙" in html
    assert html.count("<a ") == 2


def test_lines_of_links_and_html() -> None:
    links, html = links_and_html("一\n\n二 [a](x.md)\n三 [b](y.md)\n\n<i>四</i>\n")
    assert [(link.href, link.line) for link in links] == [("x.md", 2), ("y.md", 3)]
    assert {piece.line for piece in html} == {5}


def test_plain_text_has_no_marks() -> None:
    assert (
        to_plain("**先**申请\n\n- 甲\n- `乙`\n\n| 一 | 二 |\n|---|---|\n| 三 | 四 |")
        == "先申请\n甲\n乙\n一\n二\n三\n四"
    )
