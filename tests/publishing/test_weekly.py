"""Does the digest leave once a week, over a real server, and never twice?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from core.errors import DeliveryError
from core.paths import Root
from core.settings import settings
from publishing.weekly import send_weekly
from tests.servers import mail_server

TUESDAY = datetime(2027, 3, 2, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def fresh_settings(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    settings.cache_clear()
    yield monkeypatch
    settings.cache_clear()


@pytest.fixture
def due(good: Root) -> Root:
    """A knowledge base with an article that is overdue on TUESDAY."""
    late = "- {id: late, question: 该复核的？, answer: 答。, owner: 组, review_by: 2027-01-01}\n"
    (good.kb / "policy" / "late.yml").write_text(late, "utf-8")
    good.var.mkdir(exist_ok=True)
    return good


def test_once_a_week(due: Root, fresh_settings: pytest.MonkeyPatch) -> None:
    with mail_server() as letters:
        fresh_settings.setenv("KB_SMTP_URL", f"smtp://{letters.url}")
        fresh_settings.setenv("KB_MAIL_FROM", "kb@example.invalid")
        fresh_settings.setenv("KB_DIGEST_TO", "chief@example.invalid")
        sent = send_weekly(due, clock=lambda: TUESDAY)
        assert sent is not None
        assert sent.mails == ["chief@example.invalid"]
        assert send_weekly(due, clock=lambda: TUESDAY + timedelta(days=5)) is None
        assert send_weekly(due, clock=lambda: TUESDAY + timedelta(days=7)) is not None
        assert len(letters.got) == 2


def test_nothing_is_configured_nothing_leaves(due: Root) -> None:
    assert send_weekly(due, clock=lambda: TUESDAY) is None
    assert not (due.var / "digest.json").exists()


def test_a_failure_is_told_once(due: Root, fresh_settings: pytest.MonkeyPatch) -> None:
    fresh_settings.setenv("KB_SMTP_URL", "smtp://127.0.0.1:9")
    fresh_settings.setenv("KB_MAIL_FROM", "kb@example.invalid")
    fresh_settings.setenv("KB_DIGEST_TO", "chief@example.invalid")
    with pytest.raises(DeliveryError):
        send_weekly(due, clock=lambda: TUESDAY)
    assert send_weekly(due, clock=lambda: TUESDAY + timedelta(minutes=1)) is None
