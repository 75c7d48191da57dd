"""Does an article hold somebody's personal data? An error: what is once published, or in git, cannot be called back."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate

from articles.loading import Entry
from articles.style.pieces import asked, basis, internal, said
from articles.style.registry import Finding, rule
from articles.style.scene import Scene
from core.masking import find

# All texts are read in one go, which takes a third of the time; nothing personal reaches over this.
_BETWEEN = "\n。\n"
_KINDS = {
    "id-card": "身份证号",
    "phone": "电话号码",
    "bank-card": "银行卡号",
    "plate": "车牌号",
    "policy": "保单号",
    "claim": "报案号",
    "email": "电子邮箱",
    "name": "姓名",
}


@rule(
    "K601",
    title="不写个人信息",
    why="真实的姓名、电话、证件号写进文章，就是泄露客户信息；草稿、相似问和内部说明里也一样。渠道文案里换成 {{保单号}} 这样的空格。",
    good="answer: 电话换了，带身份证到柜台更新。",
    bad="answer: 客户的电话是 13800138000，带身份证到柜台更新。",
    drafts=True,
)
def personal_data(entry: Entry, scene: Scene) -> Iterator[Finding]:
    """Personal data in any text of the article, drafts too. The message does not repeat what was found."""
    pieces = [*said(entry, scene.config), *basis(entry), *internal(entry), *asked(entry)]
    starts = [0, *accumulate(len(piece.text) + len(_BETWEEN) for piece in pieces)]
    for found in find(_BETWEEN.join(piece.text for piece in pieces)):
        number = bisect_right(starts, found.start) - 1
        kind = _KINDS.get(found.kind, "个人信息")
        fix = "删掉；渠道文案里换成 {{保单号}} 这样的空格"
        yield pieces[number].finding(f"里有{kind}", fix, found.start - starts[number])
