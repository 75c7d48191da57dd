"""How is it said that an article is not there? 410 for one that was archived, with what replaced it; 404 for one that is stopped;
else 404."""

from __future__ import annotations

from flask import Response

from web.context import live, urgent
from web.errors import problem


def no_article(id: str) -> Response | None:
    """The error for an article that the live release does not have; None when it has it."""
    now = live()
    if id in now.articles:
        return None
    if id not in now.gone:
        return problem(404, "NO_ARTICLE", "没有这篇文章", "检查编号，或重新搜索")
    replaced = now.gone[id].replaced_by
    more = {"replaced_by": replaced} if replaced else {}
    return problem(410, "ARTICLE_GONE", "这篇文章已经下线", "请看代替它的文章" if replaced else "请重新搜索", **more)


def stopped_article(id: str) -> Response | None:
    """The error for an article that is stopped now; None when it may be told. It is not gone for good, which 410 would say."""
    if urgent().stopped(id) is None:
        return None
    return problem(404, "ARTICLE_STOPPED", "这条回答正在停用核对", "请拨打客服电话，或过一会儿再看")
