"""Would a customer understand the words, and are the names still right?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from articles.config import Term
from articles.loading import Entry
from articles.style.pieces import basis, channel_texts, internal, page_texts, said
from articles.style.registry import Finding, rule
from articles.style.scene import Scene

_EXPLAINS_AFTER = re.compile(r"[”*]{0,3}(?:[（：]|——|，?(?:也|它|这)?就是|，?(?:即|是指|指的?是|也叫|又叫|意思是))")
_EXPLAINS_BEFORE = re.compile(r"(?:叫做?|称为|俗称|所谓|[（，]也就是|[（])[“*]{0,3}$")
_FORMER = re.compile(r"(?:原|旧|前|过去的|当时的|以前的|已?废止的)$")
# How far back a word that introduces a name, or the beginning of a title, is looked for.
_NEAR = 60
_HAN = r"[\u4e00-\u9fff]"
_HALF = re.compile(
    rf"(?<={_HAN})\s?(?P<after>[,;:?!()\"])|(?P<before>[,;?!()\"])\s?(?={_HAN})|(?<={_HAN})(?P<stop>\.)(?=\s|{_HAN}|$)"
)
_FULL = str.maketrans(",;:?!().", "，；：？！（）。")


@rule(
    "W615",
    title="行话换成平常话，或者解释一句",
    why="客户不知道“复效”是什么。词和平常话写在 site_config/glossary.yml；标准问里的词和引号里的名称不算。",
    good="answer: 停了的保单可以恢复效力，也就是复效。",
    bad="answer: 停了的保单可以申请复效。",
)
def terms(entry: Entry, scene: Scene) -> Iterator[Finding]:
    """A trade term of the glossary that the text neither explains nor says in plain words too.

    A channel's text is read alone, so each counts by itself; terms with ``tooltip`` are explained by the site.
    """
    if scene.term_pattern is None:
        return
    for pieces in ([*page_texts(entry)], *([piece] for _, piece in channel_texts(entry, scene.config))):
        whole = "\n".join(piece.text for piece in pieces)
        told: set[str] = set()
        for piece in pieces:
            for found in scene.term_pattern.finditer(piece.own):
                term = scene.terms[found[0]]
                if term.term in told or term.term in entry.article.question or (term.tooltip and not term.instead):
                    continue
                told.add(term.term)
                if not _explained(term, whole):
                    wording = term.instead or term.wordings[0]
                    fix = f"改成“{wording}”" + ("" if term.instead else "，或者加一句解释")
                    yield piece.finding(f"里的“{term.term}”是行话", fix, found.start())


def _explained(term: Term, text: str) -> bool:
    """Whether ``text`` says the term in plain words too, or explains it where it stands."""
    if any(wording in text for wording in term.wordings):
        return True
    return any(
        _EXPLAINS_AFTER.match(text, found.end())
        or _EXPLAINS_BEFORE.search(text[max(0, found.start() - _NEAR) : found.start()])
        for found in re.finditer(re.escape(term.term), text)
    )


@rule(
    "W616",
    title="汉字旁边用全角标点",
    why="半角的逗号、括号和汉字挤在一起，中文输入法打出来的就是全角。",
    good="answer: 带身份证（原件），到柜台补办。",
    bad="answer: 带身份证(原件),到柜台补办。",
)
def full_width(entry: Entry, scene: Scene) -> Iterator[Finding]:
    """No half-width punctuation beside Han characters; one finding a text."""
    for piece in said(entry, scene.config):
        found = _HALF.search(piece.visible)
        if found:
            mark = found["after"] or found["before"] or found["stop"]
            wanted = "“”" if mark == '"' else mark.translate(_FULL)
            yield piece.finding(f"里有半角标点“{mark}”", f"改成全角“{wanted}”", found.start())


@rule(
    "K602",
    title="法规和监管机构用现在的名字",
    why="用旧名字的答案在客户看来就是过时的。旧名字和新名字写在 site_config/glossary.yml；书名号里的旧文件名、“原银保监会”可以写。",
    good="answer: 也可以向国家金融监督管理总局反映。",
    bad="answer: 也可以向银保监会反映。",
)
def outdated(entry: Entry, scene: Scene) -> Iterator[Finding]:
    """A name that the glossary lists as outdated, except in a title (unless it is that title) or called the former one."""
    if scene.outdated_pattern is None:
        return
    for piece in (*said(entry, scene.config), *basis(entry), *internal(entry)):
        for found in scene.outdated_pattern.finditer(piece.text):
            old = scene.outdated[found[0]]
            before = piece.text[max(0, found.start() - _NEAR) : found.start()]
            titled = before.rfind("《") > before.rfind("》") and not old.name.startswith("《")
            if not titled and not _FORMER.search(before):
                yield piece.finding(f"里的“{old.name}”是旧名", f"改成“{old.now}”", found.start())
