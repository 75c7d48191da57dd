"""Door 1, HTTP: wires the rooms into one Flask application."""

from __future__ import annotations

from pathlib import Path

from flask_openapi3 import Info, OpenAPI

from core.logs import log_to_stderr
from core.paths import Root
from core.settings import Settings, settings
from web import cors, errors, headers, observe
from web.health import health
from web.hooks import HookSetup, hooks
from web.live import Holder
from web.public.answer import answers
from web.public.api import api
from web.public.docs import docs
from web.public.session import Sessions
from web.public.site import site


def create_app(root: Root | str | Path = ".", log_level: str | None = None, given: Settings | None = None) -> OpenAPI:
    """The application that serves the live release of ``root``; with ``log_level`` it logs to standard error.

    given: settings other than those of the environment.

    Raises ReleaseError or IndexMismatch when there is none that can be opened, SettingsError when one cannot be used.
    """
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
    chosen = given or settings()
    app.extensions["kb-hooks"] = HookSetup.of(place, chosen)
    app.extensions["kb-sessions"] = Sessions(place)
    observe.register(app)
    headers.register(app)
    cors.register(app, cors.origins(chosen.allowed_origins))
    errors.register(app)
    app.register_api(api)
    app.register_api(answers)
    app.register_blueprint(docs)
    app.register_blueprint(health)
    app.register_blueprint(hooks)
    app.register_blueprint(site)
    return app
