"""How are the pages made? One strict MkDocs build of this code's theme over somebody's kb/."""

from __future__ import annotations

import logging
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, MkDocsException

from core.errors import ReleaseError
from core.paths import Root

_CONFIG = Path(__file__).parent.parent / "mkdocs.yml"


def build_site(root: Root, folder: Path) -> None:
    """Build the static site of ``root`` into ``folder``.

    Raises ReleaseError with what MkDocs said when the strict build fails.
    """
    heard = _Heard()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(heard)
    try:
        config = load_config(str(_CONFIG), docs_dir=str(root.kb), site_dir=str(folder), strict=True)
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
