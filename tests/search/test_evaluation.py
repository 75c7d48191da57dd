"""Are labelled questions read strictly and counted rightly?"""

from __future__ import annotations

from pathlib import Path

import pytest

from articles.config import Categories, Category
from core.errors import QueryFileError
from search.evaluation import Labelled, evaluate, percentile, read_queries
from search.service import SearchService

CATEGORIES = Categories(categories={"claims": Category(name="理赔进度"), "policy": Category(name="保单查询")})


def write(folder: Path, text: str | bytes) -> Path:
    path = folder / "q.tsv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_finest_label_is_taken_unless_told(tmp_path: Path) -> None:
    path = write(tmp_path, "question\tcategory\ttopic\n退保\t保单查询\t退保|补发\n\n")
    asked = Labelled("退保", frozenset({"退保", "补发"}), category=frozenset({"policy"}))
    assert read_queries(path, None, CATEGORIES) == ("topic", [asked])
    assert read_queries(path, "category", CATEGORIES)[1][0].right == {"policy"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "question"),
        ("q\ttopic\n", "question"),
        ("question\n退保\n", "列"),
        ("question\ttopic\n", "没有问题"),
        ("question\ttopic\n退保\n保单\t\n好\t退保\n", "2、3"),
        (b"\xff\xfe\x00\x00\xff", "UTF-8"),
    ],
)
def test_bad_files_are_refused(tmp_path: Path, text: str | bytes, said: str) -> None:
    with pytest.raises(QueryFileError, match=said):
        read_queries(write(tmp_path, text), None, CATEGORIES)


def test_figures_are_counted(service: SearchService) -> None:
    right = Labelled("退保划算吗", frozenset({"surrender"}))
    wrong = Labelled("退保划算吗", frozenset({"nothing"}))
    report = evaluate(lambda q: service.search(q).results, [right, right, right, wrong], "article")
    assert (report.p_at_1.value, report.recall_at_3.value, report.mrr_at_10.value) == (0.75, 0.75, 0.75)
    assert report.p_at_1.low < 0.75 < report.p_at_1.high
    assert report.missed == ["退保划算吗"]
    shown = report.as_dict()
    assert shown["p_at_1"] == 0.75
    assert set(report.latency_ms) == {"p50", "p95", "p99"}


def test_percentiles_by_nearest_rank() -> None:
    assert [percentile([float(n) for n in range(1, 101)], p) for p in (50, 95, 99, 100)] == [50, 95, 99, 100]
    assert percentile([3.0], 50) == 3.0
