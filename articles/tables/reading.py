"""What does this file hold? A table from whichever of the three kinds of file, or one sentence on why not."""

from __future__ import annotations

from pathlib import Path

from articles.tables.csv_file import read_csv
from articles.tables.jsonl_file import read_jsonl
from articles.tables.table import MAX_FILE, Table
from articles.tables.workbook import read_workbook
from core.errors import TableError

_READERS = {".xlsx": read_workbook, ".csv": read_csv, ".jsonl": read_jsonl}


def read_table(path: Path) -> Table:
    """The table in ``path``, by its ending.

    Raises TableError when there is none that can be read safely.
    """
    reader = _READERS.get(path.suffix.casefold())
    if reader is None:
        raise TableError(f"不认识 {path.name} 这种文件", "另存为 .xlsx 或 .csv（.xls、.xlsm、.et 也要另存为 .xlsx）")
    try:
        size = path.stat().st_size
        if size > MAX_FILE:
            raise TableError(f"{path.name} 有 {size / 1024 / 1024:.0f} MiB，最多 64 MiB", "拆成几个文件，分几次导入")
        return reader(path)
    except OSError as error:
        raise TableError(f"{path.name} 读不出来（{error.strerror}）", "检查文件名和文件的权限") from error
