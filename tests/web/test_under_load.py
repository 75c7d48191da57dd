"""Does anybody notice twenty publishes? A real server under load: no error, and no answer that is not of its release."""

from __future__ import annotations

import http.client
import json
import re
import threading
from collections.abc import Iterator

from bench.latency import served
from core.paths import Root
from publishing.build import publish
from tests.publishing.sites import answer

PUBLISHES = 20
SAID = re.compile(r"第 (\d+) 种办法")
PATHS = ("/policy/new/", "/api/v1/articles/new", "/api/v1/search?q=%E6%94%B9%E7%94%B5%E8%AF%9D%E5%8F%B7%E7%A0%81")


class Reader(threading.Thread):
    """Asks one thing after the other on a connection that stays open; seen: (release, what the answer says)."""

    def __init__(self, port: int, done: threading.Event) -> None:
        super().__init__()
        self._port, self._done = port, done
        self.errors: list[str] = []
        self.seen: set[tuple[str, int]] = set()
        self.asked = 0

    def run(self) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=20)
        for path in self._paths():
            try:
                connection.request("GET", path)
                response = connection.getresponse()
                text = response.read().decode()
            except (OSError, http.client.HTTPException) as error:
                self.errors.append(f"{path}: {error!r}")
                connection.close()
                continue
            said = SAID.search(text)
            if response.status != 200 or said is None:
                self.errors.append(f"{path}: {response.status} {text[:200]}")
            else:
                self.seen.add((response.headers["X-KB-Release"], int(said[1])))
            self.asked += 1
        connection.close()

    def _paths(self) -> Iterator[str]:
        while not self._done.is_set():
            yield from PATHS


def test_twenty_publishes_under_load(good: Root, turn: int) -> None:
    del turn
    answer(good, "第 0 种办法")
    said = {publish(good)[0].name: 0}
    done = threading.Event()
    with served(good) as (port, _):
        readers = [Reader(port, done) for _ in range(3)]
        for reader in readers:
            reader.start()
        try:
            for number in range(1, PUBLISHES + 1):
                answer(good, f"第 {number} 种办法")
                said[publish(good)[0].name] = number
        finally:
            done.set()
            for reader in readers:
                reader.join()
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        connection.request("GET", "/readyz")
        assert json.loads(connection.getresponse().read())["status"] == "ok"
        connection.close()
    assert [error for reader in readers for error in reader.errors] == []
    seen = {pair for reader in readers for pair in reader.seen}
    assert {(release, said[release]) for release, _ in seen} == seen  # each answer is that of the release it names
    assert len(seen) > PUBLISHES // 2
    assert sum(reader.asked for reader in readers) > 10 * PUBLISHES
