"""May this release go live? Nothing internal in what customers get, and every 标准问 finds its own article first."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from html import unescape
from pathlib import Path

from articles.loading import Kb
from articles.schema import Article
from core.errors import ReleaseError
from search.service import SearchService

LEAST_SELF_FIRST = 0.99
_SHORTEST_SECRET = 6
_CLAUSE = re.compile(r"[\n。，；：！？,;:!?|*]+")
_TEXT = {".html", ".json", ".xml", ".txt", ".js", ".css"}


@dataclass(frozen=True)
class GateReport:
    """self_first: share of 标准问 that find their own article first; lost: those that do not."""

    questions: int
    self_first: float
    lost: list[str]

    def as_dict(self) -> dict[str, object]:
        return asdict(self)


def check_leaks(kb: Kb, public: Path, shown: Iterable[Article]) -> None:
    """Raises ReleaseError when a text that only agents may see stands in a file under ``public``."""
    allowed = "\n".join(_public_text(article) for article in shown)
    secrets = {s for s in _internal(kb.articles) if len(s) >= _SHORTEST_SECRET and s not in allowed}
    leaks: list[str] = []
    for path in sorted(public.rglob("*")):
        if path.is_file() and path.suffix in _TEXT:
            text = unescape(path.read_text("utf-8", errors="replace"))
            leaks += [f"{path.relative_to(public).as_posix()}：{secret[:20]}" for secret in secrets if secret in text]
    if leaks:
        raise ReleaseError("公开内容里有只给客服看的文字：" + "；".join(leaks[:10]), "这是程序的错误，请不要发布")


def _internal(articles: Iterable[Article]) -> Iterator[str]:
    """Every text that customers must never see, clause by clause."""
    for article in articles:
        texts = [article.agent_notes, *article.avoid, article.escalate.leeway if article.escalate else ""]
        if article.audience == "agent" or article.status == "draft":
            texts += [article.question, article.answer, *article.similar, *(s.text for s in article.steps)]
        for text in texts:
            yield from (clause.strip() for clause in _CLAUSE.split(text))


def _public_text(article: Article) -> str:
    """An internal text that an author also wrote into a public field is no leak."""
    return json.dumps(article.model_dump(mode="json", exclude={"agent_notes", "avoid", "escalate"}), ensure_ascii=False)


def check_relevance(
    service: SearchService, shown: list[Article], progress: Callable[[int], None] = lambda _n: None
) -> GateReport:
    """Ask every 标准问.

    Raises ReleaseError when fewer than LEAST_SELF_FIRST of them find their own article first.
    """
    lost: list[str] = []
    for article in shown:
        results = service.search(article.question, limit=1).results
        if not results or results[0].id != article.id:
            lost.append(f"{article.question} → {results[0].question if results else '没有结果'}")
        progress(1)
    share = 1 - len(lost) / len(shown) if shown else 1.0
    if share < LEAST_SELF_FIRST:
        raise ReleaseError(
            f"只有 {share:.1%} 的标准问能先找到自己的文章：" + "；".join(lost[:10]), "把这些标准问改得更有区别"
        )
    return GateReport(len(shown), round(share, 4), lost)
