"""How long does a search take over HTTP? Against the real server, one request at a time on a connection that stays open."""

from __future__ import annotations

import http.client
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from urllib.parse import quote

from core.paths import Root
from search.evaluation import percentile


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def served(root: Root, *start: str, **settings: str) -> Iterator[tuple[int, float]]:
    """``kb serve`` on a free port, or what Python is to ``start`` before the root's path: (port, seconds until it answered).

    Without rate limits; settings: ``KB_…`` for the server.
    """
    port = free_port()
    began = time.perf_counter()
    command = [sys.executable, *(start or ("-m", "cli", "serve", "--root")), str(root.path)]
    process = subprocess.Popen(
        [
            "env",
            f"KB_PORT={port}",
            "KB_LOG_LEVEL=error",
            "KB_LIMITS=0",
            *(f"{k}={v}" for k, v in settings.items()),
            *command,
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while True:
            if process.poll() is not None:
                raise RuntimeError(f"kb serve ended with {process.returncode}")
            try:
                connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
                connection.request("GET", "/readyz")
                if connection.getresponse().status == 200:
                    break
            except OSError:
                time.sleep(0.05)
        yield port, time.perf_counter() - began
    finally:
        process.terminate()
        process.wait(timeout=20)


def search_latency(port: int, queries: Sequence[str]) -> dict[str, float]:
    """Milliseconds of GET /api/v1/search, each query once."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    took: list[float] = []
    for query in queries:
        start = time.perf_counter()
        connection.request("GET", f"/api/v1/search?q={quote(query)}")
        response = connection.getresponse()
        response.read()
        took.append((time.perf_counter() - start) * 1000)
        if response.status != 200:
            raise RuntimeError(f"{response.status} for {query}")
    return {f"p{p}": round(percentile(took, p), 2) for p in (50, 95, 99)}
