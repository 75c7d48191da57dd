"""What did the agent copy, how did the contact end, and what goes into the CRM of it?"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from flask import Blueprint, Response, jsonify

from articles.desk.wrap_up import Talk, asked, wrap_up
from core.errors import ContactError, DatabaseError
from records.contacts import RESULTS, Answered, Contact
from records.events import Event
from web.context import live, records, request_id
from web.desk.bodies import read, refuse
from web.desk.contact_models import SENTENCES, Closed, Copied, Talked
from web.desk.guard import account, needs
from web.desk.screen_pop import ScreenPop, screen_pop
from web.errors import problem

__all__ = ["ScreenPop", "contacts", "screen_pop"]

log = logging.getLogger("kb.web")
contacts = Blueprint("contacts", __name__, url_prefix="/desk/api")
# The page may keep a contact for a while and send it again; its clock may be wrong, and then ours counts.
_OLDEST, _AHEAD = timedelta(days=7), timedelta(days=1)
NOT_STORED = "这次联系的结果还没有存下，页面会留着，稍后自动再交。"


@contacts.post("/copied")
@needs("answer")
def copied() -> Response:
    """Note what was copied. It has happened already: nothing here can stop it, and a database that is away costs the event."""
    body = read(Copied, SENTENCES)
    unknown = _unknown(body.articles)
    if unknown:
        refuse([_not_there(unknown)], unknown=unknown)
    for article in dict.fromkeys(body.articles):
        records().note(
            Event(
                "copy",
                live().release.name,
                article=article,
                query=body.query or None,
                rank=body.rank if len(body.articles) == 1 else None,
                channel=body.channel,
                reference=body.reference or None,
                contact=body.contact,
            )
        )
    return Response(status=204)


@contacts.post("/wrap-up")
@needs("answer")
def preview() -> Response:
    """The summary of a contact that is open."""
    now = datetime.now(UTC)
    body = read(Talked, SENTENCES)
    _check(body, now)
    return jsonify(text=wrap_up(_talk(body, min(body.began_at, now)), live().desk().setup, now))


@contacts.post("/contacts")
@needs("answer")
def close() -> Response:
    """Store the result of a contact, and its summary. Sent again, it changes the result and counts once."""
    now = datetime.now(UTC)
    body = read(Closed, SENTENCES)
    _check(body, now)
    desk = live().desk()
    contact = Contact(
        contact=body.contact,
        account=account().id,
        began_at=min(body.began_at, now),
        ended_at=now,
        result=body.result,
        release=live().release.name,
        articles=tuple(Answered(one.id, desk.articles[one.id].commit, one.channel) for one in body.articles),
        handed_to=body.handed_to or None,
        query=asked(body.query, body.blanks, desk.setup.placeholders),
        reference=body.reference or None,
        first_copy_ms=body.first_copy_ms,
    )
    try:
        stands = records().close(contact)
    except ContactError as error:
        return problem(409, error.code, error.message, error.fix)
    except DatabaseError as error:
        log.error("contact not stored", extra={"request_id": request_id(), "reason": error.reason})
        return problem(503, error.code, "这次联系的结果还没有存下", NOT_STORED)
    queue = desk.setup.queues.get(body.handed_to, "")
    talk = replace(_talk(body, stands.began_at), ended_at=stands.ended_at, result=RESULTS[stands.result], queue=queue)
    return jsonify(text=wrap_up(talk, desk.setup, now), result=stands.result)


def _check(body: Talked, now: datetime) -> None:
    """End the request when ``body`` names what this release does not have, or a time that cannot be."""
    setup, wrong = live().desk().setup, []
    if not now - _OLDEST <= body.began_at <= now + _AHEAD:
        wrong.append(("began_at", "开始的时间不对", "检查这台电脑的时钟，刷新页面再做一次"))
    unknown = _unknown([one.id for one in body.articles])
    if unknown:
        wrong.append(_not_there(unknown))
    if isinstance(body, Closed) and body.handed_to and body.handed_to not in setup.queues:
        wrong.append(("handed_to", "没有这个转办队列", "刷新页面，重新选一个"))
    if wrong:
        refuse(wrong, **({"unknown": unknown} if unknown else {}))


def _unknown(articles: Iterable[str]) -> list[str]:
    """Those that the desk does not have; drafts and archived ones are there."""
    return [name for name in dict.fromkeys(articles) if name not in live().desk().articles]


def _not_there(unknown: list[str]) -> tuple[str, str, str]:
    return "articles", f"没有这些文章：{'、'.join(unknown)}", "刷新页面，重新选一次"


def _talk(body: Talked, began_at: datetime) -> Talk:
    """What the summary is made of while the contact is open."""
    articles = live().desk().articles
    answers = [(articles[one.id], one.channel) for one in body.articles]
    return Talk(body.query, answers, body.known, live().release.name, began_at, reference=body.reference)
