"""Does export, import, export lose nothing? For every field, for every kind of file, and for the repository's own articles."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.checking import check
from articles.config import SiteConfig
from articles.loading import Kb, load
from articles.schema import Article
from articles.tables.columns import COLUMNS
from articles.tables.drafts import read_drafts
from articles.tables.exporting import export
from articles.tables.importing import plan_import
from articles.tables.merging import merged
from articles.tables.reading import read_table
from articles.tables.saving import save
from articles.tables.table import FORMATS, Format
from core.paths import Root
from tests.articles.tables.conftest import ARTICLES, content
from tests.conftest import REPOSITORY

CONFIG = SiteConfig.model_validate(
    {
        "categories": {"categories": {"policy": {"name": "保单查询"}, "claims": {"name": "理赔进度"}}},
        "queues": {"queues": {"motor": {"name": "车险岗"}, "other": {"name": "车险岗"}}},
    }
)


def test_every_field_of_the_schema_has_a_column() -> None:
    assert {column.path[0] for column in COLUMNS} == set(Article.model_fields)


class Held(Kb):
    """Articles that stand in no file."""

    def __init__(self, articles: list[Article]) -> None:
        super().__init__(Root(Path()), CONFIG)
        self.held = articles

    @property
    def articles(self) -> list[Article]:
        return self.held


@settings(max_examples=60, deadline=None)
@given(st.lists(ARTICLES, min_size=1, max_size=3, unique_by=lambda a: a.id), st.sampled_from(FORMATS))
def test_any_article_comes_back_from_any_file(articles: list[Article], kind: Format) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"a.{kind}"
        path.write_bytes(export(Held(articles), kind))
        drafts = read_drafts(read_table(path), CONFIG)
    rows = [merged(draft, None, None, "a", CONFIG) for draft in drafts]
    assert [problem for draft in drafts for problem in draft.problems] == []
    assert {row.article.id: row.article for row in rows if row} == {a.id: a for a in articles}


def emptied(root: Root, folder: Path) -> Root:
    shutil.copytree(root.config, folder / "site_config")
    (folder / "kb").mkdir()
    return Root.at(folder)


def put(root: Root, path: Path) -> None:
    plan = plan_import(load(root), read_table(path), path)
    assert plan.problems == []
    save(plan.changes)


@pytest.mark.parametrize(("source", "kind"), [*(("good", kind) for kind in FORMATS), ("own", "xlsx")])
def test_a_whole_knowledge_base(good: Root, tmp_path: Path, kind: Format, source: str) -> None:
    root = good if source == "good" else Root.at(REPOSITORY)
    kb = load(root)
    first = tmp_path / f"first.{kind}"
    first.write_bytes(export(kb, kind))
    copy = emptied(root, tmp_path / "copy")
    put(copy, first)
    again, found = check(copy)
    assert [p for p in found if p.level == "error"] == []
    assert sorted(again.articles, key=lambda a: a.id) == sorted(kb.articles, key=lambda a: a.id)
    second = tmp_path / f"second.{kind}"
    second.write_bytes(export(again, kind))
    if kind == "xlsx":  # a workbook holds the time at which it was made
        assert read_table(second).rows == read_table(first).rows
    else:
        assert second.read_bytes() == first.read_bytes()
    before = content(copy)
    put(copy, second)
    assert content(copy) == before


@pytest.mark.parametrize("kind", FORMATS)
def test_an_export_that_comes_straight_back_changes_no_file(good: Root, tmp_path: Path, kind: Format) -> None:
    before = content(good)
    path = tmp_path / f"a.{kind}"
    path.write_bytes(export(load(good), kind))
    plan = plan_import(load(good), read_table(path), path)
    assert (plan.problems, plan.changes, len(plan.unchanged)) == ([], [], 8)
    assert content(good) == before
