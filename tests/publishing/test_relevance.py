"""Does the gate stop a release that finds worse than the live one, say what got worse, and let a good one pass?"""

from __future__ import annotations

import json

import pytest

from core.errors import ReleaseError
from core.paths import Root
from publishing.build import publish
from publishing.layout import current
from publishing.relevance import judge
from search.standing import Standing

QUERIES = "question\tgroup\tarticle\n退保划得来不\tshort\tsurrender\n追尾咋办呀\tshort\tfirst-steps\n"


def copied(root: Root) -> None:
    """An editor has copied an article and its ways to ask, so that the copy answers what the first one should."""
    asked = ", ".join("退保能退多少钱" + particle for particle in "呀啊呢哦嘛噢哈呗咧喽")
    twin = f"- id: twin\n  question: 退保能退多少钱吧？\n  similar: [{asked}]\n  answer: 退保能退多少钱，看现金价值。\n"
    (root.kb / "policy" / "twin.yml").write_text(twin, "utf-8")


def test_a_good_release_says_what_it_finds(good: Root) -> None:
    (good.config / "queries").mkdir()
    (good.config / "queries" / "dev.tsv").write_text(QUERIES, "utf-8")
    gate = publish(good)[0].manifest()["gate"]
    assert (gate["questions"], gate["self_first"], gate["lost"], gate["refused"]) == (5, 1.0, [], [])
    assert gate["labelled_first"] == 1.0
    kept = json.loads((publish(good)[0].path / "standing.json").read_text("utf-8"))
    assert kept["labelled"] == {"退保划得来不": 1, "追尾咋办呀": 1}


def test_a_question_that_another_article_wins_is_refused_unless_forced(good: Root) -> None:
    live, _ = publish(good)
    copied(good)
    with pytest.raises(ReleaseError, match="标准问") as refused:
        publish(good)
    assert "退保能退多少钱？" in str(refused.value)
    assert "--force" in str(refused.value)
    assert current(good) == live
    forced, _ = publish(good, force="先上线再改")
    manifest = forced.manifest()
    assert manifest["forced"] == "先上线再改"
    assert any("标准问" in reason for reason in manifest["gate"]["refused"])


def test_a_labelled_question_that_is_lost_is_named(good: Root) -> None:
    (good.config / "queries").mkdir()
    (good.config / "queries" / "dev.tsv").write_text(QUERIES, "utf-8")
    publish(good)
    thief = "- id: thief\n  question: 退保划得来不划得来？\n  similar: [退保划得来不]\n  answer: 看情况。\n"
    (good.kb / "policy" / "thief.yml").write_text(thief, "utf-8")
    with pytest.raises(ReleaseError, match="标注的问题比线上少对 1 条：「退保划得来不」"):
        publish(good)


def stood(**changes: object) -> Standing:
    whole: dict[str, object] = {
        "asked": 200,
        "lost": {},
        "unfit": [],
        "left_out": {f"问法{n}": True for n in range(200)},
        "labelled": {"甲": 1, "乙": 1, "丙": 2},
    }
    return Standing.model_validate(whole | changes)


def test_what_stands_as_before_passes() -> None:
    assert judge(stood(), stood()).refused == []
    assert judge(stood(), None).refused == []
    assert judge(stood(lost={"一": "二", "三": "四"}), None).refused == []


def test_phrasings_may_turn_a_little_but_not_much() -> None:
    before = stood()
    one = stood(left_out=before.left_out | {"问法0": False})
    assert judge(one, before).refused == []
    assert judge(one, before).worse == ["问法0"]
    two = stood(left_out=before.left_out | {"问法0": False, "问法1": False})
    assert "少找到 2 条：「问法0」；「问法1」" in judge(two, before).refused[0]
    new = stood(left_out=before.left_out | {f"新问法{n}": False for n in range(50)})
    assert judge(new, before).refused == []  # what was never asked before cannot have got worse


def test_labelled_questions_may_change_places_but_not_become_fewer() -> None:
    before = stood()
    turned = judge(stood(labelled={"甲": 2, "乙": 1, "丙": 1}), before)
    assert (turned.refused, turned.worse) == ([], ["甲"])
    assert judge(stood(labelled={"甲": 2, "乙": 1, "丙": 2}), before).refused
    assert judge(stood(labelled={"乙": 1}), before).refused == []


def test_what_an_article_is_not_for_may_not_come_first() -> None:
    assert "not_for" in judge(stood(unfit=["车险能退吗"]), None).refused[0]
    assert "等 30 条" in judge(stood(unfit=[f"问{n}" for n in range(30)]), None).refused[0]
