"""How are the pages made? One strict MkDocs build of this code's theme over somebody's kb/."""

from __future__ import annotations

import logging
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, MkDocsException

from articles.loading import Kb
from articles.pages.draft import Draft
from core.errors import ReleaseError

_CONFIG = Path(__file__).parent.parent / "mkdocs.yml"


def build_site(kb: Kb, folder: Path, draft: Draft | None = None) -> None:
    """Build the static site of ``kb``, which has been checked, into ``folder``; draft: draws a preview, with marks.

    Raises ReleaseError with what MkDocs said when the strict build fails.
    """
    heard = _Heard()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(heard)
    try:
        extra = {"kb": kb} if draft is None else {"kb": kb, "kb_draft": draft}
        config = load_config(str(_CONFIG), docs_dir=str(kb.root.kb), site_dir=str(folder), strict=True, extra=extra)
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
