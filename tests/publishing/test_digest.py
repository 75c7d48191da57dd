"""Does each owner get their own list, and the chat all of it, over real servers?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest

from articles.loading import Kb, load
from core.chat import LONGEST
from core.errors import DeliveryError
from core.paths import Root
from core.settings import Settings
from publishing.digest import digest_due, send_digest
from tests.servers import Letters, Posts, mail_server, web_server

MakeRoot = Callable[[dict[str, str | bytes]], Root]
TODAY = date(2026, 5, 1)
ARTICLES = """
- {id: late, question: 过期的？, answer: 答, owner: 理赔组, review_by: 2026-04-01}
- {id: soon, question: 快到的？, answer: 答, owner: 保全组, review_by: 2026-05-20}
- {id: dateless, question: 没日期的？, answer: 答, owner: 没有地址的组}
"""
OWNERS = """
owners:
  理赔组: {email: claims@example.invalid}
  保全组: {email: policy@example.invalid}
"""


@pytest.fixture
def kb(make_root: MakeRoot) -> Kb:
    return load(make_root({"kb/a/all.yml": ARTICLES, "site_config/owners.yml": OWNERS}))


def settings(letters: Letters | None = None, posts: Posts | None = None, **more: str) -> Settings:
    mail = {"smtp_url": f"smtp://{letters.url}", "mail_from": "kb@example.invalid"} if letters else {}
    chat = {"chat_webhook": f"{posts.url}/send?key=geheim"} if posts else {}
    return Settings.model_validate({**mail, **chat, **more})


def test_each_owner_gets_their_own_and_one_address_all(kb: Kb) -> None:
    with mail_server() as letters:
        sent = send_digest(kb, settings(letters, digest_to="chief@example.invalid, two@example.invalid"), TODAY)
    got = {", ".join(to): message for to, message in letters.got}
    assert set(got) == {
        "chief@example.invalid, two@example.invalid",
        "claims@example.invalid",
        "policy@example.invalid",
    }
    assert sent.articles == 3
    assert sorted(sent.mails) == sorted(", ".join(got).split(", "))
    everything = got["chief@example.invalid, two@example.invalid"]
    assert everything["Subject"] == "客服知识库：3 篇文章要复核，其中 2 篇已过期或没有日期"
    assert all(word in everything.get_content() for word in ("过期的？", "快到的？", "没日期的？", "【没有地址的组】"))
    claims = got["claims@example.invalid"].get_content()
    assert "过期 30 天  过期的？  kb/a/all.yml（late）" in claims
    assert "快到的？" not in claims


def test_an_owner_who_gets_all_gets_one_mail(kb: Kb) -> None:
    with mail_server() as letters:
        send_digest(kb, settings(letters, digest_to="claims@example.invalid"), TODAY)
    assert [to for to, _ in letters.got] == [["claims@example.invalid"], ["policy@example.invalid"]]


def test_the_chat_gets_the_figures_and_the_most_urgent_first(kb: Kb) -> None:
    with web_server() as posts:
        sent = send_digest(kb, settings(posts=posts), TODAY)
    assert (sent.chat, sent.mails) == (True, [])
    assert posts.got[0][1]["text"]["content"].splitlines() == [
        "客服知识库：3 篇文章要复核，其中 2 篇已过期或没有日期",
        "保全组：1 篇文章要复核",
        "没有地址的组：1 篇文章要复核，其中 1 篇已过期或没有日期",
        "理赔组：1 篇文章要复核，其中 1 篇已过期或没有日期",
        "- 过期 30 天 过期的？（late）",
        "- 还有 19 天 快到的？（soon）",
        "- 没有复核日期 没日期的？（dateless）",
    ]


def test_a_long_list_is_cut_to_what_a_robot_takes(make_root: MakeRoot) -> None:
    articles = "".join(f"- {{id: a{n}, question: 第 {n} 个问题怎么办？, answer: 答, owner: 组}}\n" for n in range(200))
    with web_server() as posts:
        send_digest(load(make_root({"kb/a/all.yml": articles})), settings(posts=posts), TODAY)
    text = posts.got[0][1]["text"]["content"]
    assert LONGEST - 100 < len(text.encode()) <= LONGEST
    assert text.endswith("……其余见 kb stale")


def test_nothing_due_nothing_sent(kb: Kb) -> None:
    kb.entries.clear()
    with web_server() as posts, mail_server() as letters:
        assert send_digest(kb, settings(letters, posts), TODAY).articles == 0
    assert (letters.got, posts.got) == ([], [])


def test_what_fails_is_told_and_the_rest_leaves_all_the_same(kb: Kb) -> None:
    with web_server() as posts, mail_server() as letters:
        letters.refused = "policy@example.invalid"
        with pytest.raises(DeliveryError, match=r"policy@example\.invalid"):
            send_digest(kb, settings(letters, posts), TODAY)
        posts.status = 500
        with pytest.raises(DeliveryError, match="共 2 处没有送到") as caught:
            send_digest(kb, settings(letters, posts), TODAY)
    assert "geheim" not in str(caught.value)
    assert [to for to, _ in letters.got] == [["claims@example.invalid"]] * 2
    assert len(posts.got) == 2


def test_refusals(kb: Kb, make_root: MakeRoot) -> None:
    with pytest.raises(DeliveryError, match="没有设置怎么寄"):
        send_digest(kb, settings(), TODAY)
    with pytest.raises(DeliveryError, match="写得不对"):
        send_digest(kb, settings(smtp_url="mail.example.invalid", digest_to="a@b.invalid"), TODAY)
    nobody = load(make_root({"kb/a/all.yml": ARTICLES, "site_config/owners.yml": "owners: {}\n"}))
    with mail_server() as letters, pytest.raises(DeliveryError, match="没有一个收件地址"):
        send_digest(nobody, settings(letters), TODAY)


@pytest.mark.parametrize(
    ("last", "now", "due"),
    [
        (None, "2026-05-06T12:00", True),  # 2026-05-04 is a Monday
        ("2026-05-04T08:05", "2026-05-06T12:00", False),
        ("2026-05-04T08:05", "2026-05-11T07:59", False),
        ("2026-05-04T08:05", "2026-05-11T08:00", True),
        ("2026-05-04T07:59", "2026-05-04T08:00", True),
        ("2026-04-27T08:00", "2026-05-10T23:00", True),  # the worker slept over a Monday
        ("2099-01-01T00:00", "2026-05-06T12:00", True),  # a clock that jumped
    ],
)
def test_once_a_week(last: str | None, now: str, due: bool) -> None:
    sent = datetime.fromisoformat(last).astimezone() if last else None
    assert digest_due(sent, datetime.fromisoformat(now).astimezone()) is due
