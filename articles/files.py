"""Can this file be read at all? Encoding and size."""

from __future__ import annotations

from pathlib import Path

from charset_normalizer import from_bytes

from core.errors import Problem

MAX_BYTES = 1024 * 1024
_COMMON = ["gb18030", "big5", "utf_16", "shift_jis"]


def read_text(path: Path, shown: str) -> str | Problem:
    """The text of ``path`` with BOM and CRLF taken away, or what is wrong with it; shown: how messages name it."""
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            return Problem(shown, 1, "K102", f"文件有 {size / 1024 / 1024:.1f} MiB，超过 1 MiB", "拆成几个文件")
        raw = path.read_bytes()
    except OSError as error:
        return Problem(shown, 1, "K105", f"文件读不出来（{error.strerror}）", "检查文件和它的权限")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return Problem(shown, line, "K101", f"文件不是 UTF-8，看起来是 {looks_like(raw)}", "另存为 UTF-8")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def looks_like(raw: bytes) -> str:
    """Which encoding these bytes seem to be in, as people call it."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "UTF-16"
    best = from_bytes(raw[:65536], cp_isolation=_COMMON).best()
    return {"gb18030": "GBK/GB18030", "big5": "Big5"}.get(best.encoding, best.encoding) if best else "二进制文件"
