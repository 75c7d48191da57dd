"""Does anything internal stand in what customers get? (Whether they find what they should is asked in relevance.py.)"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from html import unescape
from pathlib import Path

from articles.loading import Kb
from articles.schema import Article
from core.errors import ReleaseError

_SHORTEST_SECRET = 6
_CLAUSE = re.compile(r"[\n。，；：！？,;:!?|*]+")
_TEXT = {".html", ".json", ".xml", ".txt", ".js", ".css"}


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
