"""How many searches a second does the server answer, beside an endpoint of the same server that returns a fixed ten-hit JSON?

Distinct queries, from wrk (Debian's package); then at half that rate from here, for the latency. ``python -m bench.throughput 10000``
"""

from __future__ import annotations

import http.client
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from queue import SimpleQueue
from urllib.parse import quote

from articles.loading import load
from bench.engines import distinct_queries
from bench.generate import generate
from bench.latency import served
from core.paths import Root
from publishing.build import publish
from search.evaluation import percentile
from search.local import public_records

SECONDS, CONNECTIONS, SENDERS = 10, 8, 8
# The server as it is, with one endpoint more.
_SERVER = """
import sys
from flask import Response
from commands.server import Server
from core.paths import Root
from core.settings import settings
class Bench(Server):
    def load(self):
        app, kept = super().load(), []
        def fixed():
            kept[:] = kept or [app.test_client().get("/api/v1/search?q=%E9%80%80%E4%BF%9D").get_data()]
            return Response(kept[0], content_type="application/json")
        app.add_url_rule("/bench/fixed", view_func=fixed)
        return app
Bench(Root.at(sys.argv[1]), settings(), lambda _line: None).run()
"""
_LUA = """
local paths = {}
for line in io.lines("PATHS") do paths[#paths + 1] = line end
local i = 0
request = function()
  i = i % #paths + 1
  return wrk.format("GET", paths[i])
end
"""


def main(size: int) -> None:
    """Print requests a second of both endpoints, their ratio, and the latency at half load."""
    if shutil.which("wrk") is None:
        sys.exit("wrk is missing: apt-get install wrk")
    kb = load(Root.at("."))
    queries = distinct_queries(public_records(kb, date.today()), 20_000)
    paths = [f"/api/v1/search?q={quote(query)}" for query in queries]
    with tempfile.TemporaryDirectory() as name:
        root = generate(kb, Path(name) / "made", size)
        publish(root)
        with served(root, "-c", _SERVER) as (port, _):
            fixed = _wrk(port, ["/bench/fixed"], Path(name))
            search = _wrk(port, paths, Path(name))
            took = _at_rate(port, paths, search / 2)
    print(f"HTTP at {size} articles, {len(paths)} distinct queries")
    print(f"fixed endpoint {fixed:.0f} requests/s, search {search:.0f} requests/s: {search / fixed:.0%} (goal >= 25 %)")
    told = "  ".join(f"p{p} {percentile(took, p):.1f} ms" for p in (50, 95, 99))
    print(f"at half load ({search / 2:.0f} requests/s): {told} (goal p99 <= 20 ms)")


def _wrk(port: int, paths: Sequence[str], folder: Path) -> float:
    """Requests a second that wrk gets answered, asking for ``paths`` in turn."""
    (folder / "paths.txt").write_text("\n".join(paths), "ascii")
    script = folder / "paths.lua"
    script.write_text(_LUA.replace("PATHS", str(folder / "paths.txt")), "utf-8")
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "-s", str(script), f"http://127.0.0.1:{port}"]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in told:
        raise RuntimeError(told)
    return float(re.findall(r"Requests/sec:\s+([\d.]+)", told)[0])


def _at_rate(port: int, paths: Sequence[str], rate: float) -> list[float]:
    """Milliseconds of each of the requests that are due ``rate`` times a second; waiting for a free connection counts."""
    due: SimpleQueue[tuple[float, str] | None] = SimpleQueue()
    took: list[float] = []

    def send() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        while (job := due.get()) is not None:
            at, path = job
            time.sleep(max(0.0, at - time.perf_counter()))
            connection.request("GET", path)
            connection.getresponse().read()
            took.append((time.perf_counter() - at) * 1000)

    began = time.perf_counter() + 0.2
    for number in range(int(rate * SECONDS)):
        due.put((began + number / rate, paths[-1 - number % len(paths)]))
    senders = [threading.Thread(target=send) for _ in range(SENDERS)]
    for sender in senders:
        due.put(None)
        sender.start()
    for sender in senders:
        sender.join()
    return took


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
