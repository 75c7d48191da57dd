"""Does an agent see all of an article, with facts filled in, and does every article's reply fit its channel as it comes?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from articles.desk.reply import Known, compose
from articles.desk.view import DeskArticle, DeskSetup, agents_see, desk_article, desk_setup
from articles.loading import load
from core.paths import Root
from tests.conftest import GOOD, REPOSITORY

GOOD_KB = load(Root.at(GOOD))
DAY = date(2026, 11, 25)


def seen(name: str) -> DeskArticle:
    article = next(a for a in GOOD_KB.articles if a.id == name)
    return desk_article(article, GOOD_KB.config, agents_see(GOOD_KB, DAY))


def test_channels_have_their_parts_and_their_blanks() -> None:
    texts = seen("first-steps").texts
    assert texts["phone"].opening == "人没事最要紧，您先别急。"
    assert texts["phone"].blanks == ["报案号"]
    assert (texts["chat"].body, texts["chat"].borrowed_from, texts["chat"].blanks) == (
        "先看人有没有受伤，再拨 40000。",
        "",
        [],
    )
    assert texts["wechat"].borrowed_from == "chat"
    # A public reply does not borrow a text with a blank.
    assert (texts["social"].body, texts["social"].borrowed_from) == ("先看人，再拨 40000 报案。", "web")


def test_beside_the_answer() -> None:
    article = seen("first-steps")
    assert (article.conclusion, article.related) == ("先看人，再拨 40000 报案。", ["claim-days"])
    assert article.avoid == ["千万不要承诺一定全赔这句话"]
    assert article.escalate is not None
    assert (article.escalate.when, article.escalate.to, article.escalate.queue) == ("有人受伤", "motor", "车险岗")
    assert seen("claim-days").promises[0].since == "达成赔付协议"
    assert [ask.key for ask in seen("surrender").ask] == ["when", "kind"]


def test_what_is_stored_is_what_is_read() -> None:
    for article in GOOD_KB.articles:
        view = seen(article.id)
        assert DeskArticle.model_validate_json(view.model_dump_json(exclude_defaults=True)) == view
    setup = desk_setup(load(Root.at(REPOSITORY)).config)
    assert DeskSetup.model_validate_json(setup.model_dump_json(by_alias=True)) == setup
    assert "{{" not in "".join(channel.closing for channel in setup.channels.values())


def test_every_article_can_be_copied_on_every_channel_as_it_comes() -> None:
    kb = load(Root.at(REPOSITORY))
    setup, ids = desk_setup(kb.config), agents_see(kb, DAY)
    live = [desk_article(article, kb.config, ids) for article in kb.articles if article.live_on(DAY)]
    for article in live:
        for channel in setup.channels:
            known = Known(blanks={name: blank.example for name, blank in setup.placeholders.items()})
            assert compose([article], channel, setup, known, DAY).copied(), (article.id, channel)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("years: [{year: 2026, source: 通知, off: [{name: 元旦, from: 2026-01-03, to: 2026-01-01}]}]", "元旦"),
        ("years: [{year: 2026, source: 通知, off: [{name: 元旦, from: 2025-12-31, to: 2026-01-01}]}]", "不在 2026 年"),
        (
            "years: [{year: 2026, source: 通知, off: [{name: 元旦, from: 2026-01-01, to: 2026-01-03}], work: [2026-01-05]}]",
            "本来就是周一到周五",
        ),
        (
            "years: [{year: 2026, source: 一, off: [{name: 元旦, from: 2026-01-01, to: 2026-01-03}]},"
            " {year: 2026, source: 二, off: [{name: 元旦, from: 2026-01-01, to: 2026-01-03}]}]",
            "同一年写了两次",
        ),
        ("years: [{year: 2026, source: 通知, off: []}]", "至少 1 项"),
    ],
)
def test_holidays_that_cannot_be(make_root: Callable[[dict[str, str | bytes]], Root], text: str, code: str) -> None:
    found = load(make_root({"site_config/holidays.yml": text})).problems
    assert len(found) == 1
    assert found[0].path == "site_config/holidays.yml"
    assert code in found[0].message


@pytest.mark.parametrize(
    ("blank", "said"),
    [
        ('{ label: 号, pattern: "[A-Z" }', "不是正则表达式"),
        ('{ label: 号, pattern: "[A-Z]+", example: a1 }', "不合 pattern"),
    ],
)
def test_blanks_that_nobody_could_fill(
    make_root: Callable[[dict[str, str | bytes]], Root], blank: str, said: str
) -> None:
    found = load(make_root({"site_config/channels.yml": f"placeholders:\n  号: {blank}\n"})).problems
    assert [said in one.message for one in found] == [True]
