"""Did this help? 解决了, or 没解决 with a reason and a word more; js/vote.js sends it, and without a script nothing is asked."""

from __future__ import annotations

from markupsafe import Markup

from articles.pages.icons import icon
from articles.pages.pieces import HUMAN
from articles.pages.text import clauses, h, join
from articles.schema import Article

# As the API takes them (web/public): key → what the customer reads.
REASONS = {
    "unclear": "看不懂",
    "not_mine": "不是我的问题",
    "outdated": "过期了",
    "did_not_help": "照做没用",
    "human": "想找人工",
}
_LONGEST = 500


def vote(article: Article, up: str) -> Markup:
    """The form at the end of an answer. Its labels are as large as what is pressed most on the page."""
    reasons = join(
        h('<label class="chip"><input class="vh" type="radio" name="reason" value="{}">{}</label>', key, text)
        for key, text in REASONS.items()
    )
    return h(
        '<form class="vote" data-vote="{id}" aria-labelledby="h-vote" hidden><h2 id="h-vote">解决您的问题了吗？</h2>'
        '<div class="vote-two">{yes}{no}</div>'
        '<fieldset class="vote-why"><legend>哪里没帮上？</legend><div class="chips">{reasons}</div>'
        '<label class="field"><span>想多说一句（可不填）</span>'
        '<textarea name="words" rows="2" maxlength="{longest}" placeholder="请不要写证件号、手机号"></textarea></label>'
        '<div class="acts"><button class="btn btn--act" type="submit">提交</button>'
        '<a class="btn" href="{up}{human}" data-vote-human hidden>{human_icon}<span>找人工</span></a></div></fieldset>'
        '<p class="vote-thanks" data-vote-kept hidden>{thanks}</p>'
        '<p class="msg msg--warn" data-vote-lost hidden>{warn}<span><b>没有提交成功。</b>{lost}</span></p>'
        '<p class="vh" role="status" data-vote-said></p></form>',
        id=article.id,
        yes=_choice("yes", "check", "解决了"),
        no=_choice("no", "x", "没解决"),
        reasons=reasons,
        longest=_LONGEST,
        up=up,
        human=HUMAN,
        human_icon=icon("human"),
        thanks=clauses("谢谢，记下了。改主意可以再点。"),
        warn=icon("warn"),
        lost="您写的还在，请再点一次“提交”。",
    )


def _choice(value: str, drawing: str, text: str) -> Markup:
    return h(
        '<label class="btn"><input class="vh" type="radio" name="solved" value="{}">{}{}</label>',
        value,
        icon(drawing),
        text,
    )
