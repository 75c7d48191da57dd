"""Does a search find, filter, count and explain?"""

from __future__ import annotations

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.service import SearchService


def ids(service: SearchService, query: str) -> list[str]:
    return [r.id for r in service.search(query).results]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("我追尾了怎么办", "first-steps"),
        ("赔款几天到账", "claim-days"),
        ("住院", "hospital"),
        ("退", "surrender"),
        ("退保划算吗", "surrender"),
        ("保單丟了", "reissue"),
        ("ＢＡＩ　百万医疗", "hospital"),
        ("报销", "hospital"),
    ],
)
def test_finds_the_right_article(service: SearchService, query: str, first: str) -> None:
    assert ids(service, query)[0] == first


def test_tells_which_question_matched_and_by_which_words(service: SearchService) -> None:
    result = service.search("追尾先报警吗").results[0]
    assert (result.matched.kind, result.matched.text) == ("similar", "追尾以后先报警还是先报保险")
    assert set(result.matched.words) >= {"追尾", "报警"}
    assert service.search("刚出车祸，先打给谁").results[0].matched.kind == "standard"


def test_match_in_the_body_shows_its_own_question(service: SearchService) -> None:
    result = next(r for r in service.search("双闪").results)
    assert (result.id, result.matched.kind, result.matched.text) == ("first-steps", "article", "刚出车祸，先打给谁？")
    assert "<mark>双闪</mark>" in result.snippet


def test_internal_drafts_and_archived_are_not_found(service: SearchService) -> None:
    for query in ("加急登记入口", "草稿里的新规定", "旧的补发办法登报", "内部口径驻点查勘员", "壹千圆整"):
        assert not {"agent-only", "draft-one", "old-reissue"} & set(ids(service, query))
        assert "壹千" not in str(service.search(query).results)
    assert service.suggest("客服怎么登记") == []
    assert service.suggest("草稿") == []


def test_filters_and_facets(service: SearchService) -> None:
    everything = service.search("保险 材料 多少钱 保单")
    assert everything.total == len(everything.results) == sum(everything.categories.values())
    only = service.search("保险 材料 多少钱 保单", category="claims")
    assert {r.category for r in only.results} == {"claims"}
    assert only.categories == everything.categories  # the other categories can still be chosen
    health = service.search("材料", product="health")
    assert [r.id for r in health.results] == ["hospital"]
    assert service.search("材料", product="nothing").total == 0


def test_limit_cuts_results_not_the_total(service: SearchService) -> None:
    found = service.search("保险 材料 多少钱 保单", limit=1)
    assert len(found.results) == 1
    assert found.total > 1


def test_explain_adds_up(service: SearchService) -> None:
    result = service.search("退保能退多少", explain=True).results[0]
    assert result.score == pytest.approx(sum(r.question + r.article for r in result.explain), abs=0.02)
    assert {r.kind for r in result.explain} == {"word", "pair", "character"}
    assert service.search("退保能退多少").results[0].explain == []


def test_says_which_word_stood_for_which(service: SearchService) -> None:
    result = next(r for r in service.search("理赔要带什么材料", explain=True).results if r.id == "hospital")
    assert ("报销", "synonym") in {(r.text, r.kind) for r in result.explain}
    assert result.matched.synonyms == {"理赔": "报销"}


def test_fields_and_phrases(service: SearchService) -> None:
    assert [r.id for r in service.find("标题:退保")] == ["surrender"]
    assert [r.id for r in service.find('"先报警还是先报保险"')] == ["first-steps"]
    assert service.find('"报警先"') == []
    assert {r.category for r in service.find("类别:claims")} == {"claims"}
    assert "surrender" not in [r.id for r in service.find("保单 NOT 退保")]
    assert service.find("编号:agent-only") == []
    assert {r.id for r in service.find("类别:claims", product="motor")} == {"first-steps"}
    assert service.find("类别:claims", category="policy") == service.find("类别:claims", product="none") == []


@pytest.mark.parametrize(
    "query",
    [
        "",
        "((((",
        '"',
        "标题:",
        "NOT",
        "没有这个字段:x",
        "a" * 500,
        "\x00",
        "*",
        "[a TO b]",
        "NOT NOT NOT",
        'NOT OR "',
        "REQUIRE ANDNOT 标题:",
        '险种:"车 险"',
        '?险种:"编号:[a TO b](\x00"\\',
    ],
)
def test_odd_field_queries_find_nothing_or_something_but_never_fail(service: SearchService, query: str) -> None:
    assert isinstance(service.find(query), list)


def test_similar_articles_are_others_that_may_be_seen(service: SearchService) -> None:
    found = [s.id for s in service.similar("surrender")]
    assert found
    assert not {"surrender", "agent-only", "draft-one", "old-reissue"} & set(found)
    assert service.similar("no-such-article") == []


def test_guesses_the_category(service: SearchService) -> None:
    guess = service.search("追尾了先报警吗").guess
    assert next(iter(guess)) == "claims"
    assert sum(guess.values()) == pytest.approx(1, abs=0.01)


def test_nothing_found_is_unsure(service: SearchService) -> None:
    found = service.search("asdfgh", literal=True)
    assert (found.results, found.probability) == ([], 0.0)


def test_question_words_alone_still_search(service: SearchService) -> None:
    assert service.search("怎么办").total >= 0
    assert service.search("怎么").total > 0


@pytest.mark.parametrize(
    "query", ["", " ", "👍", "？？？", "\x00", "\ud800", '*:()"~^[]{}', "的" * 500, "a" * 500, "AND OR NOT"]
)
def test_odd_queries_are_text(service: SearchService, query: str) -> None:
    assert service.search(query).total >= 0
    assert isinstance(service.suggest(query), list)


@given(st.text(st.characters(codec=None), max_size=80))
def test_no_query_crashes_and_snippets_are_safe(service: SearchService, query: str) -> None:
    for result in service.search(query).results:
        bare = result.snippet.replace("<mark>", "").replace("</mark>", "")
        assert "<" not in bare
        assert ">" not in bare


def test_threads_may_search_at_once(service: SearchService) -> None:
    wanted = ids(service, "退保能退多少钱")
    wrong: list[object] = []

    def ask() -> None:
        for _ in range(20):
            try:
                if ids(service, "退保能退多少钱") != wanted:
                    wrong.append("other")
            except Exception as error:
                wrong.append(error)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_suggestions_begin_at_any_word(service: SearchService) -> None:
    assert service.suggest("退保")[0].text == "退保能退多少钱？"
    assert "住院报销要带什么材料？" in [s.text for s in service.suggest("报销")]
    assert [s.id for s in service.suggest("保單丟")] == ["reissue"]
    assert service.suggest("  ") == []
    assert len(service.suggest("保", limit=1)) == 1


def test_suggestions_by_pinyin_and_by_first_letters(service: SearchService) -> None:
    for typed in ("tuibao", "tui bao", "tb"):
        assert service.suggest(typed)[0].text == "退保能退多少钱？"


@pytest.mark.parametrize(
    ("typed", "meant", "first"),
    [
        ("tuibao hua suan ma", "退保划算吗", "surrender"),
        ("baodanzhaobudao", "保单找不到", "reissue"),
        ("保但丢了", "保单丢了", "reissue"),
        ("百万一疗报销", "百万医疗报销", "hospital"),
    ],
)
def test_pinyin_and_characters_that_only_sound_right(
    service: SearchService, typed: str, meant: str, first: str
) -> None:
    found = service.search(typed)
    assert (found.corrected, found.results[0].id) == (meant, first)
    assert service.search(typed, literal=True).corrected is None


@pytest.mark.parametrize(
    "query", ["退保能退多少钱", "追尾以后先报警还是先报保险", "保单丢了怎么补", "120", "ok", "住院 APP"]
)
def test_what_finds_enough_is_left_alone(service: SearchService, query: str) -> None:
    assert service.search(query).corrected is None


def test_a_question_that_an_article_is_not_for_ranks_it_last(service: SearchService) -> None:
    found = service.search("车险能退吗")
    assert found.total > 1
    assert found.results[-1].id == "surrender"


def test_any_two_adjacent_characters_of_a_title_find_it(service: SearchService) -> None:
    for question, article in (("住院报销要带什么材料", "hospital"), ("退保能退多少钱", "surrender")):
        for i in range(len(question) - 1):
            found = service.search(question[i : i + 2], limit=50)
            assert article in [r.id for r in found.results], question[i : i + 2]


@pytest.mark.parametrize("query", ["asdfgh", "zxcv qwrt", "<script>alert(x)</script>"])
def test_nonsense_finds_nothing(service: SearchService, query: str) -> None:
    assert service.search(query, literal=True).total == 0


def test_what_is_withheld_is_not_found_and_nothing_else_is_the_answer(service: SearchService) -> None:
    question = "刚出车祸，先打给谁？"
    plain = service.search(question)
    assert (plain.band, plain.results[0].id, plain.withheld) == ("answer", "first-steps", None)
    found = service.search(question, withheld=["first-steps", "none"])
    assert "first-steps" not in {result.id for result in found.results}
    assert (found.band, found.probability, found.withheld) == ("unsure", 0.0, "first-steps")
    assert found.total == plain.total - 1
    assert sum(found.categories.values()) == sum(plain.categories.values()) - 1


def test_what_is_withheld_does_not_disturb_other_questions(service: SearchService) -> None:
    question = "交齐材料后多久赔到账？"
    plain, found = service.search(question), service.search(question, withheld=["first-steps"])
    assert (found.band, found.results[0].id, found.withheld) == ("answer", plain.results[0].id, None)
    assert service.search("👍", withheld=service.ids).withheld is None


def test_what_is_withheld_is_neither_suggested_nor_similar(service: SearchService) -> None:
    assert "first-steps" in {s.id for s in service.suggest("出")}
    assert "first-steps" not in {s.id for s in service.suggest("出", withheld=["first-steps"])}
    near = [s.id for s in service.similar("claim-days")]
    assert near[0] not in {s.id for s in service.similar("claim-days", withheld=near[:1])}
