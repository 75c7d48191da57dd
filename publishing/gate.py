"""Can customers get at anything internal? (Whether they find what they should is asked in relevance.py.)"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from html import unescape
from pathlib import Path

from articles.loading import Kb
from articles.schema import Article
from core.errors import ReleaseError
from publishing.files import walk
from publishing.layout import Release

_SHORTEST_SECRET = 6
_CLAUSE = re.compile(r"[\n。，；：！？,;:!?|*]+")
_TEXT = {".html", ".json", ".jsonl", ".xml", ".txt", ".js", ".css"}


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


def check_apart(release: Release) -> None:
    """Raises ReleaseError when an address of the site could lead out of ``public``: a link in it, or a file of the desk's articles.

    Anonymous routes open nothing but files under ``public``, so what is not there cannot be fetched. The index of the desk may be
    the public one; never the other way round.
    """
    inner = {path.stat().st_ino for path in walk(release.desk_data)}
    wrong = [
        path.relative_to(release.path).as_posix()
        for path in release.public.rglob("*")
        if path.is_symlink() or path.stat().st_ino in inner
    ]
    if wrong:
        raise ReleaseError("公开的文件夹里有通到外面的文件：" + "；".join(wrong[:10]), "这是程序的错误，请不要发布")


def _internal(articles: Iterable[Article]) -> Iterator[str]:
    """Every text that customers must never see, clause by clause."""
    for article in articles:
        texts = [article.agent_notes, *article.avoid, article.escalate.leeway if article.escalate else ""]
        if article.audience == "agent" or article.status == "draft":
            texts += [article.question, article.answer, *article.similar, *(s.text for s in article.steps)]
            texts += article.answers.model_dump().values()
        for text in texts:
            yield from (clause.strip() for clause in _CLAUSE.split(text))


def _public_text(article: Article) -> str:
    """An internal text that an author also wrote into a public field is no leak."""
    return json.dumps(article.model_dump(mode="json", exclude={"agent_notes", "avoid", "escalate"}), ensure_ascii=False)
