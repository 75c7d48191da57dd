"""Do all processes of a real server obey a stop that another one has made, within ten seconds, and while the database is away?"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

from bench.latency import served
from core.paths import Root
from core.settings import Settings
from publishing.build import publish
from records.accounts import Accounts
from records.database import Database
from records.urgent import Urgent
from records.urgent_form import NoticeForm

WITHIN = 10.0  # seconds: what is promised
IN_A_ROW = 24  # answers on connections of their own: both workers are among them
QUESTION = "刚出车祸，先打给谁？"
PATHS = ("/claims/first-steps/", "/claims/", f"/api/v1/search?q={quote(QUESTION)}", "/api/v1/articles/first-steps")
OLD = "再拨 40000 报案"


def get(port: int, path: str, body: dict[str, str] | None = None) -> str:
    """What is answered, whatever its status."""
    data = json.dumps(body).encode() if body is not None else None
    request = Request(f"http://127.0.0.1:{port}{path}", data, {"Content-Type": "application/json"})
    try:
        with urlopen(request, timeout=20) as response:
            return str(response.read().decode())
    except HTTPError as error:
        assert error.code < 500, (path, error.code)
        return error.read().decode()


def everywhere(port: int, holds: Callable[[str], bool]) -> bool:
    answers = [get(port, path) for path in PATHS for _ in range(IN_A_ROW // len(PATHS))]
    answers += [get(port, "/api/v1/answer", {"question": QUESTION}) for _ in range(IN_A_ROW // len(PATHS))]
    return all(map(holds, answers))


def wait_until(port: int, holds: Callable[[str], bool]) -> None:
    end = time.monotonic() + WITHIN
    while not everywhere(port, holds):
        assert time.monotonic() < end


def test_two_workers_obey(good: Root) -> None:
    publish(good)
    with served(good, KB_WORKERS="2") as (port, _):
        assert everywhere(port, lambda told: OLD in told)
        database = Database(good, Settings())
        urgent, boss = Urgent(database), Accounts(database).add("boss", "王主管", "supervisor")[0]
        urgent.stop("first-steps", "条款改了", boss)
        wait_until(port, lambda told: OLD not in told)
        form = NoticeForm({"web": "今晚维护。"}, (datetime.now(UTC) + timedelta(hours=1)).isoformat())
        number = urgent.post(form, boss, {}, {})
        wait_until(port, lambda told: "今晚维护。" in told or "ARTICLE_STOPPED" in told)
        urgent.end(number, boss)
        wait_until(port, lambda told: "今晚维护。" not in told)
        # The database goes; what is stopped does not come back.
        assert database.file is not None
        away = database.file.with_name("away")
        database.file.rename(away)
        end = time.monotonic() + 5
        while time.monotonic() < end:
            assert everywhere(port, lambda told: OLD not in told)
        away.rename(database.file)
        urgent.start("first-steps", boss)
        wait_until(port, lambda told: OLD in told)
