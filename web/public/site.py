"""Which file answers this address? The static site of the live release, with moved, gone, stopped and missing pages told apart."""

from __future__ import annotations

import mimetypes
from datetime import UTC, datetime
from pathlib import Path

from flask import Blueprint, Response, request, send_file
from werkzeug.security import safe_join

from records.standing import NoticeText
from web.context import live, urgent
from web.errors import problem
from web.public.posted import SMALL_INDEX, Made, made_page, made_small_index, stopped_page

site = Blueprint("site", __name__, template_folder="../templates")
# For an article that is stopped. It is there no longer, and nothing is said of how long: search engines ask again, and the copies
# that sw.js keeps in browsers are deleted, those of earlier releases too. 503 would have a kept copy shown, 200 would be kept and
# listed itself, 410 says that it is gone for good.
STOPPED = 404


@site.get("/", defaults={"path": ""})
@site.get("/<path:path>")
def page(path: str) -> Response:
    """The page at ``path``; 301 for a moved article, 410 for an archived one, 404 with a page that helps; what a supervisor has
    posted stands on top."""
    now = live()
    if path.startswith("api/"):
        return problem(404, "NOT_FOUND", "没有这个接口", "看 /api/v1/docs")
    file = _file(now.release.site, path)
    if file is not None and file.is_dir():
        if path and not path.endswith("/"):
            return _moved(f"/{path}/")
        file = file / "index.html"
    elif path.endswith("/"):  # a file is no folder
        file = None
    if file is not None and file.is_file():
        article = _article_at(path)
        if article is not None and urgent().stopped(article):
            return _send_made(stopped_page(now, now.articles[article], _notices(article)), "text/html", STOPPED)
        return _send(file, 410 if _is_gone(path) else 200, article)
    moved = _present_address(path)
    if moved and moved != f"/{path}":
        return _moved(moved)
    return _send(now.release.site / "404.html", 404)


def _file(folder: Path, path: str) -> Path | None:
    """The file or folder of the site at ``path``; None for a path that leads out of it or that no file can have."""
    odd = any(part in ("", ".", "..") for part in path.removesuffix("/").split("/")) if path else False
    if odd or "\0" in path or path.endswith(".gz"):
        return None
    joined = safe_join(str(folder), path) if path else str(folder)
    try:
        return Path(joined) if joined and Path(joined).exists() else None
    except OSError:  # a name too long for the file system
        return None


def _is_gone(path: str) -> bool:
    """Whether the page at ``path`` is that of an archived article."""
    parts = path.strip("/").split("/")
    return len(parts) == 2 and parts[1] in live().gone


def _article_at(path: str) -> str | None:
    """The id of the article whose page stands at ``path``."""
    parts = path.removesuffix("index.html").strip("/").split("/")
    return parts[1] if len(parts) == 2 and live().urls.get(parts[1]) == f"/{parts[0]}/{parts[1]}/" else None


def _notices(article: str | None) -> list[NoticeText]:
    return urgent().notices(article, datetime.now(UTC))


def _present_address(path: str) -> str | None:
    """Where an article lives now, when ``path`` is an address of it in another category."""
    parts = path.strip("/").split("/")
    if parts == ["search"]:  # the address of the ask page in earlier releases
        return "/ask/"
    return live().urls.get(parts[1]) if len(parts) == 2 else None


def _moved(url: str) -> Response:
    query = request.query_string.decode("ascii", "ignore")
    headers = {"Location": f"{url}?{query}" if query else url, "Cache-Control": "no-cache"}
    return Response(status=301, headers=headers)


def _made(file: Path, article: str | None) -> Made | None:
    """What ``file`` becomes by what is posted and stopped; None for most."""
    now = live()
    stopped = [now.urls[article].lstrip("/") for article in urgent().stops if article in now.urls]
    if file.suffix == ".html":
        return made_page(file, _notices(article), stopped)
    return made_small_index(file, stopped) if file == now.release.site / SMALL_INDEX else None


def _send_made(made: Made, kind: str, status: int) -> Response:
    packed = request.accept_encodings["gzip"] > 0
    response = Response(made.packed if packed else made.body, status, content_type=f"{kind}; charset=utf-8")
    response.set_etag(f"{made.tag}-gz" if packed else made.tag)
    if packed:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["Cache-Control"] = "no-cache"
    if status == 200:
        response.make_conditional(request)
    return response


def _send(file: Path, status: int, article: str | None = None) -> Response:
    """``file``, its compressed twin where the browser takes it, with an ETag; revalidated on every visit."""
    made = _made(file, article)
    if made is not None:
        return _send_made(made, mimetypes.guess_type(file.name)[0] or "text/html", status)
    twin = file.with_name(file.name + ".gz")
    packed = request.accept_encodings["gzip"] > 0 and twin.is_file()
    kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    response = send_file(twin if packed else file, mimetype=kind, conditional=status == 200, etag=True)
    response.status_code = status if response.status_code == 200 else response.status_code
    if packed:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Vary"] = "Accept-Encoding"
    response.headers.pop("Content-Disposition", None)
    response.headers["Cache-Control"] = "no-cache"
    return response
