"""How does somebody complain? Telephone, address and process, in the footer of every page."""

from __future__ import annotations

from markupsafe import Markup

from articles.pages.library import Library
from articles.pages.parts import within
from articles.pages.text import h, join, tel_href
from articles.schema import Step

# Facts of the brand (brand.yml).
_HOURS, _ADDRESS = "hotline_hours", "complaint_address"


def complaint_rows(library: Library) -> list[tuple[str, Markup]]:
    """(what it is, as HTML) for each that brand.yml knows."""
    rows = [("电话", _telephone(library)), ("地址", library.line(library.fact(_ADDRESS))), ("流程", _process(library))]
    return [(name, text) for name, text in rows if text]


def _telephone(library: Library) -> Markup:
    if not library.hotline:
        return Markup()
    hours = library.fact(_HOURS)
    number = h('<a class="tel foot-tel" href="{}">{}</a>', tel_href(library.hotline), library.hotline)
    return number + (h("<span>{}</span>", hours) if hours else Markup())


def _process(library: Library) -> Markup:
    """The sentence of the footer, and the steps of the article that it names, each with its days."""
    footer = library.config.brand.footer
    article = library.shown.get(footer.process or "")
    steps = join(_step(library, step) for step in (article.steps if article else ()))
    said = h("<p>{}</p>", library.brand_text(footer.complaint)) if footer.complaint else Markup()
    return said + (h('<ol class="foot-way">{}</ol>', steps) if steps else Markup())


def _step(library: Library, step: Step) -> Markup:
    title, days = library.config.fill(step.title), f"（{within(step)}）" if step.within else ""
    return h("<li><b>{}{}</b>{}</li>", title, days, h("：{}", library.line(step.text)) if step.text else Markup())
