"""Which pages does a customer see, and what has to be asked to see each? For pictures and figures of the site."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import urlopen

# Where results are shown, from the site's root.
RESULTS = "ask/?q="
BANDS = ("answer", "choose", "unsure")


@dataclass(frozen=True)
class Visited:
    """name: what kind of page it is; path: from the site's root, None when this site has none."""

    name: str
    path: str | None


def results_of(question: str) -> str:
    """The address of what is found for ``question``, from the site's root."""
    return RESULTS + quote(question)


def measured_pages(articles: Iterable[str]) -> dict[str, str]:
    """The four kinds of pages that have goals; articles: ``category/id/`` of each, the first one is measured."""
    article = next(iter(articles))
    return {
        "home": "",
        "category": article.split("/")[0] + "/",
        "article": article,
        "results": results_of("退保能退多少钱"),
    }


def every_kind(url: str, questions: Iterable[str]) -> list[Visited]:
    """One page of each kind on the running site at ``url`` (with a slash at its end), looked up there."""
    articles = sorted(_articles(url), key=lambda row: (len(row[1]), row[0]))
    longest, shortest = articles[-1][0], articles[0][0]
    with_flow = next((path for path, html in reversed(articles) if "part--flow" in html), None)
    asked = questions_by_band(url, questions)
    found = [Visited("home", ""), Visited("category", longest.split("/")[0] + "/")]
    found += [Visited(f"results-{band}", results_of(asked[band]) if band in asked else None) for band in BANDS]
    found += [Visited("article-long", longest), Visited("article-short", shortest), Visited("flow", with_flow)]
    for name, path in (
        ("human", "human/"),
        ("widget", "widget-demo/"),
        ("privacy", "privacy/"),
        ("offline", "offline/"),
    ):
        found.append(Visited(name, path if _get(url + path) is not None else None))
    return [*found, Visited("missing", "no/such/page/")]


def questions_by_band(url: str, questions: Iterable[str]) -> dict[str, str]:
    """The first of ``questions`` that the site answers in each band."""
    found: dict[str, str] = {}
    for question in questions:
        told = _get(f"{url}api/v1/search?limit=1&q={quote(question)}")
        if told is not None:
            found.setdefault(json.loads(told)["band"], question)
        if len(found) == len(BANDS):
            break
    return found


def labelled_questions(folder: Path) -> list[str]:
    """Questions with an answer and without, taken in turn, of site_config/queries/ in ``folder``."""
    lists = []
    for name in ("dev.tsv", "none_dev.tsv"):
        with (folder / "queries" / name).open(encoding="utf-8") as file:
            rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            lists.append([row["question"] for row in rows])
    pairs = zip(*lists, strict=False)
    return [question for pair in pairs for question in pair]


def _articles(url: str) -> list[tuple[str, str]]:
    """(path, HTML) of every article."""
    rows = json.loads(_get(f"{url}assets/search/small.json") or "[]")
    return [(row["u"], _get(url + row["u"]) or "") for row in rows]


def _get(url: str) -> str | None:
    """What stands at ``url``; None for an error of the client's."""
    try:
        with urlopen(url, timeout=30) as response:  # an address of ours, or one that the caller was given
            body: bytes = response.read()
    except HTTPError as error:
        if error.code < 500:
            return None
        raise
    return body.decode("utf-8")
