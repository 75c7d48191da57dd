"""What stands around every page? Names and texts for header, footer and the bar, ready for the templates."""

from __future__ import annotations

import re
from dataclasses import dataclass

from markupsafe import Markup, escape

from articles.pages.ask import away
from articles.pages.complain import complaint_rows
from articles.pages.icons import icon
from articles.pages.library import Library
from articles.pages.pieces import ask_form
from articles.pages.words import TERMS


@dataclass(frozen=True)
class Link:
    """address: from the site's root, without a leading slash; about: a few words on what is there."""

    key: str
    name: Markup
    address: str
    about: Markup


class Frame:
    """All texts are HTML, already escaped. Worked out once a build."""

    def __init__(self, library: Library) -> None:
        brand = library.config.brand
        footer = brand.footer
        self.name = escape(brand.name)
        self.site = escape(brand.site)
        self.demo = brand.demo
        self.categories = [
            Link(key, escape(c.name), f"{key}/", escape(c.short or c.hint))
            for key, c in library.config.categories.categories.items()
        ]
        self.links = [
            Link(link.article, escape(link.title), library.link(library.shown[link.article], ""), Markup())
            for link in footer.links
            if link.article in library.shown
        ]
        self.regulator = library.brand_text(footer.regulator)
        self.note = library.brand_text(footer.note)
        self.terms = TERMS if library.words.terms else ""
        self.complain = complaint_rows(library)
        self.icp = escape(footer.icp)
        self.police = escape(footer.police)
        # The register finds a site by the digits of its number.
        self.police_link = f"https://beian.mps.gov.cn/#/query/webSearch?code={re.sub(r'[^0-9]', '', footer.police)}"
        self.has_look = brand.look.is_set
        self.logo = f"assets/brand/{brand.look.logo}" if brand.look.logo else ""
        self.away = away(library)

    def said(self) -> str:
        """The same as long as what stands around pages is the same."""
        return repr({name: value for name, value in vars(self).items() if not name.startswith("_")})

    def icon(self, name: str) -> Markup:
        return icon(name)

    def ask(self, action: str) -> Markup:
        """The question box of the header."""
        return ask_form("top", action, "用自己的话问")
