"""Door 1, HTTP: wires the rooms into one Flask application."""

from __future__ import annotations

from pathlib import Path

from flask_openapi3 import Info, OpenAPI
from werkzeug.middleware.proxy_fix import ProxyFix

from core.logs import log_to_stderr
from core.paths import Root
from core.settings import Settings, settings
from records.accounts import Accounts
from records.database import Database
from records.gaps import Gaps
from records.marks import Marks
from records.own import Own
from records.reading import Reading
from records.service import Records
from records.signing_in import SignIns
from records.urgent import Urgent
from web import cors, errors, headers, limits, metrics, observe
from web.desk import guard, oidc, pages, security
from web.desk.answering import answering
from web.desk.contacts import contacts
from web.desk.marks import marks
from web.desk.reading import reading_page
from web.desk.reads import reads
from web.desk.signing import desk
from web.desk.urgent import urgency
from web.health import health
from web.hooks import HookSetup, hooks
from web.live import Holder
from web.public.answer import answers
from web.public.api import api
from web.public.docs import docs
from web.public.records import feedback
from web.public.session import Sessions
from web.public.site import site


def create_app(root: Root | str | Path = ".", log_level: str | None = None, given: Settings | None = None) -> OpenAPI:
    """The application that serves the live release of ``root``; with ``log_level`` it logs to standard error.

    given: settings other than those of the environment.

    Raises ReleaseError or IndexMismatch when there is none that can be opened, SettingsError when one cannot be used.
    The database may be away.
    """
    ours = given or settings()
    place = root if isinstance(root, Root) else Root.at(root)
    if log_level is not None:
        log_to_stderr(log_level)
    app = OpenAPI(
        __name__,
        info=Info(
            title="客服知识库", version="1.0.0", description="公开的搜索和文章接口。错误一律是 RFC 9457 problem+json。"
        ),
        doc_ui=False,
        security_schemes={},
        validation_error_status=400,
        validation_error_model=errors.Problem,
        validation_error_callback=errors.validation_problem,
        static_folder=None,
    )
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.config["MAX_CONTENT_LENGTH"] = 64 * 1024
    app.extensions["kb-holder"] = Holder(place)
    app.extensions["kb-hooks"] = HookSetup.of(place, ours)
    app.extensions["kb-sessions"] = Sessions(place)
    database = Database(place, ours)
    app.extensions["kb-records"] = Records(database, metrics.events_told)
    app.extensions.update(
        {
            "kb-reading": Reading(database),
            "kb-own": Own(database),
            "kb-marks": Marks(database),
            "kb-gaps": Gaps(database),
        }
    )
    app.extensions["kb-urgent"] = Urgent(database, tell=metrics.urgent_unread)
    app.extensions["kb-accounts"] = Accounts(database)
    app.extensions["kb-sign-ins"] = SignIns(database)
    app.extensions["kb-origins"] = ours.origins
    if ours.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, ours.proxies, ours.proxies, ours.proxies)  # type: ignore[method-assign]
    metrics.register(app, ours)
    observe.register(app)
    headers.register(app)
    cors.register(app, ours.origins)
    errors.register(app)
    security.register(app, place, ours)
    guard.register(app)
    pages.register(app)
    app.register_api(api)
    app.register_api(answers)
    app.register_api(feedback)
    app.register_blueprint(docs)
    app.register_blueprint(desk)
    app.register_blueprint(answering)
    app.register_blueprint(contacts)
    app.register_blueprint(reads)
    app.register_blueprint(reading_page)
    app.register_blueprint(marks)
    app.register_blueprint(urgency)
    oidc.register(app, ours)
    app.register_blueprint(health)
    app.register_blueprint(hooks)
    app.register_blueprint(site)
    limits.register(app, ours)
    return app
