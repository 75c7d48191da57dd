"""What do all pages share, and how does it never mix with that of another release? Scripts and styles lie in assets/<name>/.

The name is a hash of everything that pages share, so a page can only ask for the files that it was made with, whatever is cached on
the way. A release carries along the set of the one before (reuse.py): a page that was open when it went live still finds its own.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from pathlib import Path

from articles.config import SiteConfig
from articles.logo import logo_ratio
from articles.look import stylesheet
from articles.pages.page import Page
from publishing.files import walk

_SITE = Path(__file__).parent / "site"
_LENGTH = 12
_SHARED = re.compile(r"^assets/(?!search/|brand/|preview\.css).+\.(?:css|js)$")
# What every visitor may need without a network, from the site's root; a page that this site does not have is left out.
_KEPT = ("", "offline/", "human/")


def set_name(config: SiteConfig, folder: Path) -> str:
    """``assets/<name>/`` for what the theme and the brand's look in ``folder`` (site_config/) make of all pages."""
    digest = hashlib.sha256(brand_style(config, folder).encode())
    for path in walk(_SITE):
        if "__pycache__" not in path.parts:
            digest.update(path.relative_to(_SITE).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    if config.brand.look.logo:
        digest.update((folder / config.brand.look.logo).read_bytes())
    return f"assets/{digest.hexdigest()[:_LENGTH]}/"


def brand_style(config: SiteConfig, folder: Path) -> str:
    """What brand.css says; empty when brand.yml changes nothing of the look. Raises BadLogo."""
    look = config.brand.look
    return stylesheet(look, logo_ratio(folder / look.logo) if look.logo else None) if look.is_set else ""


def shared_place(path: str, name: str) -> str:
    """Where a file of the site goes: scripts and styles that pages share into the set ``name``, all others stay."""
    return name + path.removeprefix("assets/") if _SHARED.match(path) else path


def kept_pages(config: SiteConfig, pages: Iterable[Page]) -> list[Page]:
    """The pages that can be read without a network after one visit of any page."""
    urgent = config.brand.home.urgent
    guide = urgent.article if urgent and urgent.article else ""
    return [page for page in pages if page.path in _KEPT or (guide and page.path.endswith(f"/{guide}/"))]


def kept_hash(around: str, pages: Iterable[Page]) -> str:
    """Another one when one of ``pages`` would look different. around: what stands around every page."""
    digest = hashlib.sha256(around.encode())
    for page in pages:
        digest.update(repr((page.path, page.title, str(page.draw()))).encode())
    return digest.hexdigest()[:_LENGTH]
