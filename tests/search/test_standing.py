"""Is everything asked, and of articles that have not changed nothing asked again?"""

from __future__ import annotations

import pytest

from articles.checking import load_checked
from core.paths import Root
from search.corpus import Corpus
from search.evaluation import Labelled
from search.local import open_local
from search.service import SearchService
from search.standing import standing


def opened(root: Root) -> tuple[SearchService, Corpus]:
    service = open_local(load_checked(root))
    folder = next((root.var / "cache").glob("index-*"))
    return service, Corpus.load(folder / "engine")


def test_everything_is_asked(good: Root) -> None:
    service, corpus = opened(good)
    queries = [Labelled("退保划得来吗", frozenset({"surrender"})), Labelled("退保划得来吗？", frozenset({"nothing"}))]
    steps: list[int] = []
    found = standing(service, corpus, queries, progress=steps.append)
    assert (found.asked, found.lost, found.unfit) == (5, {}, [])
    assert len(steps) == 5
    assert set(found.left_out) == {text for record in service.all_records() for text in record.asked}
    assert found.labelled == {"退保划得来吗": 1, "退保划得来吗？": 0}


def test_only_what_changed_and_its_like_are_asked_again(good: Root, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.standing.NEAR", 1)
    service, corpus = opened(good)
    before = standing(service, corpus, [])
    turned = before.model_copy(
        update={
            "lost": {record.question: "别的" for record in service.all_records()},
            "unfit": ["不该搜到的"],
            "left_out": dict.fromkeys(before.left_out, False),
        }
    )
    again = standing(service, corpus, [], turned, {"reissue"})
    asked = {"reissue", *(near.id for near in service.similar("reissue", 1))}
    assert len(asked) == 2
    fresh = [record for record in service.all_records() if record.id in asked]
    assert again.lost.keys() == turned.lost.keys() - {record.question for record in fresh}
    assert {text for text, found in again.left_out.items() if found} <= {text for one in fresh for text in one.asked}
    assert again.unfit == []  # no article has it among its not_for any more
    assert standing(service, corpus, [], turned).lost == {}
