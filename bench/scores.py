"""What does Lighthouse say of a page? Four scores of a phone with a slow network, and what is wrong where one is short."""

from __future__ import annotations

import json
import shutil
import statistics
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

GOALS = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}
_TIMED = {
    "FCP": "first-contentful-paint",
    "LCP": "largest-contentful-paint",
    "TBT": "total-blocking-time",
    "CLS": "cumulative-layout-shift",
}
_CLI = Path(__file__).parent / "lighthouse" / "node_modules" / "lighthouse" / "cli" / "index.js"


@dataclass(frozen=True)
class Scores:
    """scores: by category, 0 to 100, the middle one of the runs; wrong: titles of audits that cost points; facts: what was timed."""

    scores: dict[str, int]
    wrong: list[str]
    facts: str


def is_installed() -> bool:
    """Whether scripts/lighthouse.sh has been here."""
    return _CLI.is_file() and shutil.which("node") is not None


def scores(url: str, runs: int) -> Scores:
    """Lighthouse's mobile scores of ``url``. Raises CalledProcessError when it cannot be run."""
    reports = [_run(url) for _ in range(runs)]
    told = {
        name: round(100 * statistics.median(r["categories"][name]["score"] or 0 for r in reports)) for name in GOALS
    }
    wrong = [line for name in GOALS if told[name] < GOALS[name] for line in _wrong(reports[-1], name)]
    audits = reports[-1]["audits"]
    facts = "  ".join(f"{short} {audits[name]['displayValue']}" for short, name in _TIMED.items())
    return Scores(told, wrong, facts)


def _run(url: str) -> dict[str, Any]:
    command = [
        "env",
        f"CHROME_PATH={shutil.which('chromium')}",
        "node",
        str(_CLI),
        url,
        "--quiet",
        "--output=json",
        f"--only-categories={','.join(GOALS)}",
        "--chrome-flags=--headless=new --no-sandbox --disable-gpu",
    ]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def _wrong(report: dict[str, Any], category: str) -> list[str]:
    """The audits of ``category`` that count and are not passed, the worst first."""
    audits = report["audits"]
    counted = [ref["id"] for ref in report["categories"][category]["auditRefs"] if ref["weight"]]
    short = [audits[i] for i in counted if audits[i]["score"] is not None and audits[i]["score"] < 0.9]
    return [
        f"{category}: {audit['title']} {audit.get('displayValue', '')}".strip()
        for audit in sorted(short, key=lambda a: a["score"])
    ]
