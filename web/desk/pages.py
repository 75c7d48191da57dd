"""How is a page of the desk drawn? In the frame and the look of the live release; a refusal is a page, too."""

from __future__ import annotations

import json

from flask import Flask, Response, current_app, g, render_template, request

from core.errors import KbError
from publishing.opened import Frame
from records.roles import Permission, may
from web.context import live
from web.desk.dots import dots
from web.desk.guard import guard_of

# The bar on top of working pages: address, name, who sees it. Whoever adds a page that everybody looks for adds a line.
PLACES: tuple[tuple[str, str, Permission], ...] = (
    ("/desk", "应答", "answer"),
    ("/desk/reading", "必读和更新", "answer"),
    ("/desk/marks", "标记", "answer"),
    ("/desk/urgent", "停用和公告", "stop"),
)


def draw(template: str, status: int = 200, **words: object) -> Response:
    """The page ``desk/<template>``; it can be drawn without a release, and then has no style."""
    try:
        frame = live().frame
    except KbError:
        frame = Frame()
    who = g.get("account")
    text = render_template(
        f"desk/{template}",
        frame=frame,
        who=who,
        places=PLACES,
        dots=lambda: dots(who) if who is not None else {},
        may=lambda what: who is not None and may(who.role, what),
        **words,
    )
    return Response(text, status, content_type="text/html; charset=utf-8")


def register(app: Flask) -> None:
    """Nothing of the desk is kept in a cache, and what a page refuses is told on a page."""

    @app.after_request
    def of_the_desk(response: Response) -> Response:
        guard = guard_of(current_app, request.endpoint)
        if guard is None:
            return response
        response.headers.setdefault("Cache-Control", "no-store")
        if guard.page and response.mimetype == "application/problem+json":
            told = json.loads(response.get_data())
            page = draw("refused.html", title=told["title"], detail=told["detail"], request_id=told["request_id"])
            response.set_data(page.get_data())
            response.content_type = page.content_type
        return response
