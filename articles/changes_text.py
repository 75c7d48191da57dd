"""How are changes told in words? Sentences for a terminal and for Markdown: what it was, what it is, the changed words marked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from articles.changes import ArticleChange, Kind, Line
from articles.wording import Piece, rewordings

_KINDS: dict[Kind, str] = {
    "new": "新增",
    "changed": "修改",
    "moved": "换了类别",
    "gone": "下线",
    "draft": "草稿（不上线）",
}


def as_text(found: Sequence[ArticleChange], against: str) -> str:
    """For a terminal; changed words stand in 【】. against: what it was compared with, in words."""
    lines = [_summary(found, against)]
    for title, group in _grouped(found):
        lines += ["", f"{title} {len(group)} 篇"]
        for change in group:
            lines.append(f"  {change.question}（{change.id}，{change.place}）{_note(change)}")
            lines += [f"    {line.where}：{_sentence(line, '【', '】')}" for line in change.lines]
    return "\n".join(lines)


def as_markdown(found: Sequence[ArticleChange], against: str) -> str:
    """For a merge request; changed words are bold."""
    lines = [_summary(found, against)]
    for title, group in _grouped(found):
        lines += ["", f"## {title} {len(group)} 篇"]
        for change in group:
            lines += [
                "",
                f"### {_plain(change.question)}",
                "",
                f"`{change.path}`，{_plain(change.place)}{_note(change)}",
            ]
            lines += [""] if change.lines else []
            lines += [f"- {_plain(line.where)}：{_sentence(line, '**', '**', _plain)}" for line in change.lines]
    return "\n".join(lines)


def _summary(found: Sequence[ArticleChange], against: str) -> str:
    live = sum(change.kind != "draft" for change in found)
    told = f"有 {live} 篇文章不一样" if live else "没有不同，客户和客服看到的一样"
    return f"和{against}相比，{told}。"


def _grouped(found: Sequence[ArticleChange]) -> Iterator[tuple[str, list[ArticleChange]]]:
    for kind, title in _KINDS.items():
        group = [change for change in found if change.kind == kind]
        if group:
            yield title, group


def _note(change: ArticleChange) -> str:
    return f"：{change.note}" if change.note else ""


def _plain(text: str) -> str:
    """Text in which Markdown finds nothing of its own."""
    return "".join("\\" + c if c in "\\`*_[]<>#|~&" else c for c in text)


def _sentence(line: Line, begin: str, end: str, escape: Callable[[str], str] = str) -> str:
    """“…” 改为 “…”, once for each stretch that differs."""
    if not line.old or not line.new:
        return f"{'去掉' if line.old else '加上'} “{escape(_joined(line.old or line.new))}”"

    def shown(pieces: tuple[Piece, ...]) -> str:
        marked = len(pieces) > 1
        texts = ((escape(_joined(p.text)), p.changed and marked) for p in pieces)
        return "".join(f"{begin}{text}{end}" if changed and text.strip() else text for text, changed in texts)

    parts = [(shown(r.old), shown(r.new)) for r in rewordings(line.old, line.new)]
    return "；".join(f"“{a}” 改为 “{b}”" if a and b else f"{'去掉' if a else '加上'} “{a or b}”" for a, b in parts)


def _joined(text: str) -> str:
    return text.replace("\n", " ")
