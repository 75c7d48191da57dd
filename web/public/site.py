"""Which file answers this address? The static site of the live release, with moved, gone and missing pages told apart."""

from __future__ import annotations

import mimetypes
from pathlib import Path

from flask import Blueprint, Response, request, send_file
from werkzeug.security import safe_join

from web.context import live
from web.errors import problem

site = Blueprint("site", __name__)


@site.get("/", defaults={"path": ""})
@site.get("/<path:path>")
def page(path: str) -> Response:
    """The page at ``path``; 301 for a moved article, 410 for an archived one, 404 with a page that helps."""
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
        return _send(file, 410 if _is_gone(path) else 200)
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


def _send(file: Path, status: int) -> Response:
    """``file``, its compressed twin where the browser takes it, with an ETag; revalidated on every visit."""
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
