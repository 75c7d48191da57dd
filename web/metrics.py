"""How is it doing, in numbers? ``/metrics`` for Prometheus: of all processes together, and never a customer's words."""

from __future__ import annotations

import hmac
import time
from collections.abc import Iterator
from contextlib import suppress
from ipaddress import ip_address

from flask import Blueprint, Flask, Response, current_app, g, request
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from core.errors import KbError
from core.settings import Settings
from web.context import live
from web.errors import problem

metrics = Blueprint("metrics", __name__)
_OURS = CollectorRegistry()
_FORWARDED = ("X-Forwarded-For", "Forwarded", "X-Real-Ip", "Via")
_REQUESTS = Counter("kb_requests", "Requests by endpoint and status.", ["endpoint", "status"], registry=_OURS)
_SECONDS = Histogram(
    "kb_request_seconds",
    "Seconds from the request to its answer.",
    ["endpoint"],
    buckets=(0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5),
    registry=_OURS,
)
_WRITTEN = Counter("kb_events_written", "Events stored, by kind.", ["kind"], registry=_OURS)
_LOST = Counter("kb_events_lost", "Events not stored, by reason.", ["reason"], registry=_OURS)
_VOTES = Counter("kb_votes", "Votes stored or changed.", ["solved"], registry=_OURS)
_VOTES_LOST = Counter("kb_votes_lost", "Votes that could not be stored, by reason.", ["reason"], registry=_OURS)
_URGENT = Counter(
    "kb_urgent_unread", "Times that stops and notices could not be read, by reason.", ["reason"], registry=_OURS
)
_LIMITED = Counter("kb_limited", "Requests refused because a visitor made too many.", ["endpoint"], registry=_OURS)


def events_told(what: str, why: str, number: int) -> None:
    """``number`` events were ``written`` (why: their kind) or ``lost`` (why: the reason)."""
    (_WRITTEN if what == "written" else _LOST).labels(why).inc(number)


def vote_stored(solved: bool) -> None:
    _VOTES.labels("yes" if solved else "no").inc()


def vote_lost(reason: str) -> None:
    _VOTES_LOST.labels(reason).inc()


def urgent_unread(reason: str) -> None:
    """The database was away: the last snapshot of stops and notices stands."""
    _URGENT.labels(reason).inc()


def limited() -> None:
    """The current request was one too many."""
    _LIMITED.labels(request.endpoint or "none").inc()


def register(app: Flask, settings: Settings) -> None:
    """Count every request of ``app`` and serve ``/metrics``."""
    app.extensions["kb-metrics-token"] = settings.metrics_token.get_secret_value().encode()
    app.register_blueprint(metrics)

    @app.after_request
    def count(response: Response) -> Response:
        endpoint = request.endpoint or "none"
        _REQUESTS.labels(endpoint, str(response.status_code)).inc()
        if "began" in g:
            _SECONDS.labels(endpoint).observe(time.perf_counter() - g.began)
        return response


@metrics.get("/metrics")
def page() -> Response:
    """The numbers, for this machine or for whoever has the token."""
    if not (_is_from_here() or _has_token(current_app.extensions["kb-metrics-token"])):
        return problem(403, "FORBIDDEN", "指标只给本机看", "在本机访问，或带上 KB_METRICS_TOKEN 的口令")
    registry = CollectorRegistry()
    try:
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    except ValueError:  # one process, as in tests or under another server
        registry = _OURS
    release = CollectorRegistry()
    release.register(_Release())
    text = generate_latest(registry) + generate_latest(release)
    return Response(text, content_type=CONTENT_TYPE_LATEST, headers={"Cache-Control": "no-store"})


class _Release(Collector):
    """Which release is live: its name as a label."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        family = GaugeMetricFamily("kb_release", "The release that this server shows.", labels=["release"])
        with suppress(KbError):  # none can be opened: no sample, which an alert can ask for
            family.add_metric([live().release.name], 1)
        yield family


def _is_from_here() -> bool:
    """From loopback, and not from a proxy there that speaks for somebody else."""
    try:
        local = ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False
    return local and not any(name in request.headers for name in _FORWARDED)


def _has_token(token: bytes) -> bool:
    """Compared in a time that says nothing of where they differ."""
    kind, _, given = request.headers.get("Authorization", "").partition(" ")
    matches = hmac.compare_digest(token, given.strip().encode("utf-8", "replace"))
    return bool(token) and kind.lower() == "bearer" and matches
