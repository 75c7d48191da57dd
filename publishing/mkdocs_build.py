"""How are the pages made? One strict MkDocs build of this code's theme over somebody's kb/."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import date
from functools import partial
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, MkDocsException

from articles.loading import Kb
from articles.pages.draft import Draft
from core.errors import ReleaseError
from publishing.progress import PAGES, SILENT, Progress
from publishing.reuse import Reuse
from search.dictionaries import read_dictionaries

_CONFIG = Path(__file__).parent.parent / "mkdocs.yml"


def build_site(
    kb: Kb,
    folder: Path,
    day: date | None = None,
    reuse: Reuse | None = None,
    progress: Progress = SILENT,
    draft: Draft | None = None,
) -> None:
    """Build the static site of ``kb``, which has been checked, into ``folder``; what ``reuse`` has is taken from there.

    day: the site as of that day, by default today; draft: draws a preview, with marks.
    Raises ReleaseError with what MkDocs said when the strict build fails.
    """
    move = progress.step(PAGES, len(kb.entries))
    given: dict[str, object] = {
        "kb": kb,
        "kb_day": day,
        "kb_to_make": partial(reuse.to_make, move) if reuse else None,
        "kb_made": move,
        "kb_cut": read_dictionaries(kb.root).chain(kb.root.var / "cache").segmenter.cut,
    }
    _run_mkdocs(kb, folder, given if draft is None else given | {"kb_draft": draft})
    if reuse:
        reuse.take()


def _run_mkdocs(kb: Kb, folder: Path, given: Mapping[str, object]) -> None:
    heard = _Heard()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(heard)
    try:
        config = load_config(str(_CONFIG), docs_dir=str(kb.root.kb), site_dir=str(folder), strict=True, extra=given)
        config.plugins.on_startup(command="build", dirty=False)
        try:
            build(config)
        finally:
            config.plugins.on_shutdown()
    except (MkDocsException, Abort) as error:
        said = "；".join(heard.lines[:10]) or str(error)
        raise ReleaseError(f"网页没有生成成功：{said}", "按上面的提示改好再发布") from error
    finally:
        logger.removeHandler(heard)


class _Heard(logging.Handler):
    """Keeps what MkDocs warned of."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())
