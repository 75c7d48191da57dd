"""How do the pages get into MkDocs? Thin hooks: read the articles, hand over the pages, nothing of its own."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page as MkDocsPage

from articles.checking import load_checked
from articles.loading import Kb
from articles.logo import BadLogo
from articles.pages import Library, Page, site_pages
from articles.pages.data import small_index
from articles.pages.draft import Draft
from articles.pages.frame import Frame
from core.errors import KbError, ProblemsFound
from core.paths import Root
from publishing.shell import brand_style, kept_hash, kept_pages, set_name, shared_place
from publishing.widget import widget_script
from publishing.wrapping import Cut, words_kept

_THEME = Path(__file__).parent / "theme"
_STYLES = Path(__file__).parent / "styles"
_SMALL_INDEX = "assets/search/small.json"
_IMAGES = {".png", ".svg", ".jpg", ".webp"}
_PREVIEW_STYLE = Path(__file__).parent / "preview.css"
_GIVEN, _LIBRARY, _PAGES, _LISTED, _DRAFT = "kb", "kb_library", "kb_pages", "kb_listed", "kb_draft"
_SET, _FILES, _KEPT = "kb_set", "kb_files", "kb_kept"
_DAY, _TO_MAKE, _MADE, _CUT = "kb_day", "kb_to_make", "kb_made", "kb_cut"


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Read and check the articles once a build, unless the caller hands them over; the brand names the site."""
    kb: Kb = config.extra.get(_GIVEN) or _load(Path(config.docs_dir).parent)
    library = Library.of(kb, config.extra.get(_DAY) or date.today())
    brand = library.config.brand
    config.site_name = f"{brand.name} {brand.site}"
    config.site_url = brand.url
    config.extra[_LIBRARY] = library
    try:
        config.extra[_SET] = set_name(library.config, _setup(config))
    except BadLogo as error:
        raise PluginError(f"{error.message}。{error.fix}") from error
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Nothing of kb/ is copied: our theme's assets and the pages are all that there is.

    A publish says which pages are to be made; it takes the others from the last release.
    """
    library: Library = config.extra[_LIBRARY]
    draft: Draft | None = config.extra.get(_DRAFT)
    every = list(draft.pages(library) if draft else site_pages(library))
    config.extra[_LISTED] = [f"{config.site_url}{page.path}" for page in every if page.listed]
    to_make = config.extra.get(_TO_MAKE) or _all
    ours = Files([f for f in files if f.abs_src_path and Path(f.abs_src_path).is_relative_to(_THEME)])
    pages: dict[str, Page] = {f"{page.path}index.md": page for page in to_make(library, every)}
    config.extra[_PAGES] = pages
    for source in pages:
        level = InclusionLevel.INCLUDED if source == "index.md" else InclusionLevel.NOT_IN_NAV
        ours.append(File.generated(config, source, content="", inclusion=level))
    ours.append(File.generated(config, _SMALL_INDEX, content=small_index(library)))
    ours.append(File.generated(config, "widget.js", content=widget_script(library)))
    ours.append(File.generated(config, "robots.txt", content=_robots(str(config.site_url))))
    ours.append(File.generated(config, "assets/site.css", content=_stylesheet()))
    for name, path in _codes(library, _setup(config)):
        ours.append(File.generated(config, f"assets/brand/{name}", abs_src_path=str(path)))
    logo = library.config.brand.look.logo
    if logo:
        ours.append(File.generated(config, f"assets/brand/{logo}", abs_src_path=str(_setup(config) / logo)))
    if library.config.brand.look.is_set:
        style = brand_style(library.config, _setup(config))
        ours.append(File.generated(config, "assets/brand.css", content=style))
    if draft:
        style = _PREVIEW_STYLE.read_text("utf-8") + draft.stylesheet()
        ours.append(File.generated(config, "assets/preview.css", content=style))
    for file in list(ours):
        _into_set(ours, file, config.extra[_SET])
    shared = sorted(file.dest_uri for file in ours if file.dest_uri.startswith(config.extra[_SET]))
    config.extra[_FILES] = [*shared, f"assets/brand/{logo}" if logo else str(config.theme["favicon"])]
    config.extra[_KEPT] = kept_pages(library.config, every)
    return ours


def on_page_markdown(markdown: str, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001
    """What the templates need to know of a page; its body is no Markdown."""
    ours: Page = config.extra[_PAGES][page.file.src_uri]
    page.meta = {
        "title": ours.title,
        "description": ours.description,
        "kind": ours.kind,
        "category": ours.category,
        "listed": ours.listed,
    }
    return ""


def on_page_content(html: str, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001
    """The body."""
    ours: Page = config.extra[_PAGES][page.file.src_uri]
    (config.extra.get(_MADE) or _silent)(1)
    cut: Cut | None = config.extra.get(_CUT)
    return words_kept(str(ours.draw()), cut) if cut else str(ours.draw())


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:  # noqa: ARG001
    """What header, footer and the site map need."""
    env.globals["frame"] = Frame(config.extra[_LIBRARY])
    env.globals["is_preview"] = _DRAFT in config.extra
    env.globals["listed"] = config.extra[_LISTED]
    env.globals["shell"] = config.extra[_SET]
    env.globals["shell_files"] = config.extra[_FILES]
    env.globals["kept_pages"] = [page.path for page in config.extra[_KEPT]]
    env.globals["kept_hash"] = kept_hash(Frame(config.extra[_LIBRARY]).said(), config.extra[_KEPT])
    return env


def _setup(config: MkDocsConfig) -> Path:
    return Path(config.docs_dir).parent / "site_config"


def _into_set(files: Files, file: File, name: str) -> None:
    """Move a script or style that all pages share into the set of this release."""
    place = shared_place(file.dest_uri, name)
    if place != file.dest_uri:
        files.remove(file)
        file.dest_uri = place
        files.append(file)


def _all(_library: Library, pages: list[Page]) -> list[Page]:
    return pages


def _silent(_made: int) -> None:
    pass


def _load(folder: Path) -> Kb:
    """Raises PluginError with every problem, one a line."""
    try:
        return load_checked(Root.at(folder))
    except ProblemsFound as error:
        raise PluginError("\n".join([str(error), *map(str, error.problems)])) from error
    except KbError as error:
        raise PluginError(str(error)) from error


def _robots(site_url: str) -> str:
    return f"User-agent: *\nDisallow:\n\nSitemap: {site_url}sitemap.xml\n"


def _stylesheet() -> str:
    """One file for the browser of those in styles/, in the order of their names."""
    return "\n".join(path.read_text("utf-8") for path in sorted(_STYLES.glob("*.css")))


def _codes(library: Library, folder: Path) -> list[tuple[str, Path]]:
    """The QR codes that actions name, with their files in ``folder``. Raises PluginError for one that is not there."""
    names = {action.qr for action in library.config.brand.actions.values() if action.is_set and action.qr}
    found = [(name, folder / name) for name in sorted(names)]
    for name, path in found:
        if Path(name).name != name or path.suffix not in _IMAGES or not path.is_file():
            raise PluginError(f"site_config/ 里没有二维码图片“{name}”。把图片放进去，或删掉 brand.yml 里的 qr")
    return found
