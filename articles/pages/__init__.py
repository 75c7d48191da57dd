"""What does each page of the site say? Bodies as HTML, made from articles and site_config; no MkDocs here.

``Library.of`` chooses what customers may see, ``site_pages`` lists every page, each page draws itself when asked.
"""

from articles.pages.library import Library
from articles.pages.page import Page
from articles.pages.site import site_pages

__all__ = ["Library", "Page", "site_pages"]
