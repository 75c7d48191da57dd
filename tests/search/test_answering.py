"""Is the reply as sure as the search is, and does it never go round in a circle? The thresholds are set, the search is real."""

from __future__ import annotations

from dataclasses import replace

import pytest

from articles.checking import load_checked
from articles.customer import customer_answers
from articles.public import public_article
from core.paths import Root
from search.answering import STOPPED, Asked, Reply, Shelf, replied
from search.service import SearchService
from search.trail import Trail, extended
from tests.conftest import GOOD

SURE, HALF, UNSURE = (0.0, 0.0), (2.0, 0.0), (2.0, 2.0)


@pytest.fixture(scope="module")
def shelf() -> Shelf:
    kb = load_checked(Root.at(GOOD))
    shown = [a for a in kb.articles if a.audience == "public" and a.status == "published"]
    urls = {a.id: a.url for a in shown}
    public = {a.id: public_article(a, kb.config, urls) for a in shown}
    names = {key: category.name for key, category in kb.config.categories.categories.items()}
    return Shelf(public, customer_answers(shown, kb.config), names)


class Visit:
    """Somebody who asks one thing after the other."""

    def __init__(self, service: SearchService, shelf: Shelf, patch: pytest.MonkeyPatch) -> None:
        self._service, self._shelf, self._patch = service, shelf, patch
        self._trail: Trail = ()

    def ask(self, question: str, band: tuple[float, float], **more: str | None) -> Reply:
        answer, choose = band
        learned = self._service.learned.model_copy(update={"answer": answer, "choose": choose})
        self._patch.setattr(self._service, "learned", learned)
        reply = replied(Asked(question, **more), self._service, self._shelf, self._trail)  # type: ignore[arg-type]
        self._trail = extended(self._trail, reply.turn)
        return reply


@pytest.fixture
def visit(service: SearchService, shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> Visit:
    return Visit(service, shelf, monkeypatch)


def test_sure_gives_the_whole_answer(visit: Visit) -> None:
    reply = visit.ask("我追尾了怎么办", SURE)
    assert (reply.band, reply.message, reply.choices, reply.human_first) == ("answer", "", [], False)
    assert reply.answer is not None
    assert reply.answer.id == "first-steps"
    assert reply.answer.conclusion == "先看人，再拨 40000 报案。"
    assert reply.answer.body.startswith("有人受伤先打 120。")
    assert [step.title for step in reply.answer.steps] == ["停车看人", "查勘"]
    assert [action.tel for action in reply.answer.actions] == ["40000"]
    lines = reply.answer.text.splitlines()
    assert lines[0] == reply.answer.conclusion
    assert "要带：行驶证（原件）" in lines


def test_a_channel_gets_its_own_text_and_nothing_else(visit: Visit) -> None:
    reply = visit.ask("保单丢了怎么补", SURE, channel="phone")
    assert reply.answer is not None
    assert (reply.answer.text, reply.answer.borrowed_from) == ("带身份证申请补发。", "")
    assert (reply.answer.body, reply.answer.steps) == ("", [])


@pytest.mark.parametrize("question", ["退保能退多少钱", " 退保 划算吗？"])
def test_what_an_article_asks_word_for_word_is_answered(visit: Visit, question: str) -> None:
    reply = visit.ask(question, UNSURE)
    assert (reply.band, reply.probability) == ("answer", 1.0)
    assert reply.answer is not None
    assert reply.answer.id == "surrender"


def test_half_sure_gives_choices_and_the_flow_of_the_first_that_has_one(visit: Visit) -> None:
    reply = visit.ask("退保 补发 保单", HALF)
    assert reply.band == "choose"
    assert reply.message == "您想问的是："
    assert 2 <= len(reply.choices) <= 3
    assert reply.answer is None
    assert all(choice.answer and choice.url for choice in reply.choices)
    assert reply.flow is not None
    assert reply.flow.article == "surrender"
    assert [ask.key for ask in reply.flow.ask] == ["when", "kind"]
    assert {choice.id for choice in reply.flow.articles} == {"surrender", "reissue"}


def test_unsure_says_so_and_names_no_article(visit: Visit) -> None:
    reply = visit.ask("退保", UNSURE)
    assert (reply.band, reply.message) == ("unsure", "这个问题我们没有把握，不想答错您。")
    assert (reply.answer, reply.choices, reply.flow) == (None, [], None)


def test_nothing_found_says_so_whatever_the_thresholds(visit: Visit) -> None:
    reply = visit.ask("👍", SURE)
    assert (reply.band, reply.message) == ("unsure", "没有找到。换个说法试试，或者直接找人工。")
    assert reply.guess is None


def test_a_filter_that_changes_the_first_article_is_no_sure_answer(visit: Visit) -> None:
    assert visit.ask("退保能退多少钱", SURE, category="policy").band == "answer"
    reply = visit.ask("退保能退多少钱，赔款几天", SURE, category="claims")
    assert reply.band == "choose"
    assert reply.guess is not None
    assert (reply.guess.key, reply.guess.name, reply.guess.used) == ("claims", "理赔进度", True)
    assert {choice.url.split("/")[1] for choice in reply.choices} == {"claims"}


def test_a_good_guess_narrows_the_choices_unless_that_is_forbidden(
    visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    query = "保单 材料 报案"
    monkeypatch.setattr("search.answering.SURE_OF_CATEGORY", 0.0)
    narrow = visit.ask(query, HALF)
    assert narrow.guess is not None
    assert narrow.guess.used
    assert {choice.url.split("/")[1] for choice in narrow.choices} == {narrow.guess.key}
    wide = visit.ask(query, HALF, category="")
    assert wide.guess is not None
    assert not wide.guess.used
    assert len({choice.url.split("/")[1] for choice in wide.choices}) == 2


def test_what_was_chosen_is_answered(visit: Visit) -> None:
    visit.ask("保单", HALF)
    reply = visit.ask("保单", HALF, article="reissue")
    assert (reply.band, reply.probability) == ("answer", 1.0)
    assert reply.answer is not None
    assert reply.answer.id == "reissue"
    with pytest.raises(KeyError):
        visit.ask("保单", HALF, article="agent-only")


def test_nothing_new_offers_a_human_first(visit: Visit) -> None:
    assert not visit.ask("保单", HALF).human_first
    again = visit.ask("保单怎么办", HALF)
    assert (again.human_first, again.message) == (True, "还是没答上，直接找人工更快。")
    assert again.choices


def test_unsure_twice_offers_a_human_first(visit: Visit) -> None:
    assert not visit.ask("退保", UNSURE).human_first
    assert visit.ask("想退", UNSURE).human_first


def test_unsure_after_choices_is_still_something_new(visit: Visit) -> None:
    visit.ask("保单", HALF)
    assert not visit.ask("退保", UNSURE).human_first


def test_three_without_an_answer_offer_a_human_first_whatever_is_new(visit: Visit) -> None:
    assert not visit.ask("退保", HALF, product="life").human_first
    assert not visit.ask("追尾", HALF, product="motor").human_first
    assert visit.ask("住院", HALF, product="health").human_first


def test_an_answer_ends_the_row(visit: Visit) -> None:
    visit.ask("退保", UNSURE)
    visit.ask("退保能退多少钱", SURE)
    assert not visit.ask("追尾", UNSURE).human_first


def test_the_same_answer_a_third_time_offers_a_human_first(visit: Visit) -> None:
    for question in ("退保能退多少钱", "退保划算吗"):
        assert not visit.ask(question, SURE).human_first
    third = visit.ask("现金价值怎么算", SURE)
    assert third.human_first
    assert third.answer is not None


def test_a_stopped_article_is_no_answer_no_choice_and_no_lead(
    service: SearchService, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit = Visit(service, replace(shelf, stopped=["first-steps"]), monkeypatch)
    reply = visit.ask("刚出车祸，先打给谁？", SURE)
    assert (reply.band, reply.message, reply.human_first) == ("unsure", STOPPED, True)
    assert (reply.answer, reply.choices, reply.flow) == (None, [], None)
    chosen = visit.ask("刚出车祸，先打给谁？", SURE, article="first-steps")
    assert (chosen.band, chosen.message, chosen.answer, chosen.flow) == ("unsure", STOPPED, None, None)
    half = visit.ask("我追尾了怎么办", HALF)
    assert "first-steps" not in {choice.id for choice in half.choices}
    assert visit.ask("保单丢了怎么补", SURE).band == "answer"


def test_choices_of_a_flow_tell_nothing_of_a_stopped_article(
    service: SearchService, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    flow = Visit(service, shelf, monkeypatch).ask("退保", SURE, article="surrender").flow
    assert flow is not None
    gone = next(lead.id for lead in flow.articles if lead.id != "surrender")
    left = Visit(service, replace(shelf, stopped=[gone]), monkeypatch).ask("退保", SURE, article="surrender").flow
    assert left is not None
    assert gone not in {lead.id for lead in left.articles}
