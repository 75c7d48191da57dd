"""Does one visitor have one vote on an article, which they may change, and is what they write kept as text without their data?"""

from __future__ import annotations

import threading
from collections import Counter

import pytest
from sqlalchemy import select

from core.errors import DatabaseError
from records.database import Database
from records.service import Records
from records.tables import VoteRow

ANNE, BERT = "anne-0123456789abcdefghij", "bert-0123456789abcdefghij"


def rows(database: Database) -> list[tuple[object, ...]]:
    with database.reading() as connection:
        found = connection.execute(
            select(VoteRow.article, VoteRow.solved, VoteRow.reason, VoteRow.words).order_by(VoteRow.id)
        )
        return [tuple(row) for row in found]


def test_a_vote_and_another_mind(records: Records, database: Database) -> None:
    first, new = records.vote(ANNE, "a", False, "unclear", "第三步看不懂")
    assert new
    assert (first.article, first.solved, first.reason, first.words) == ("a", False, "unclear", "第三步看不懂")
    assert first.at == first.changed_at
    second, new = records.vote(ANNE, "a", True)
    assert new
    assert (second.solved, second.reason, second.words) == (True, None, None)
    assert second.at == first.at < second.changed_at
    records.vote(BERT, "a", True)
    records.vote(ANNE, "b", True)
    assert rows(database) == [("a", True, None, None), ("a", True, None, None), ("b", True, None, None)]


def test_the_same_again_changes_nothing(records: Records) -> None:
    first, _ = records.vote(ANNE, "a", False, "human", "打给我")
    again, new = records.vote(ANNE, "a", False, "human", "打给我")
    assert (again, new) == (first, False)


def test_a_reason_is_only_kept_for_what_was_not_solved(records: Records) -> None:
    assert records.vote(ANNE, "a", True, "unclear", "谢谢")[0].reason is None


def test_a_storm_of_one_visitor_is_one_vote(records: Records, database: Database) -> None:
    outcomes: Counter[bool] = Counter()
    start = threading.Barrier(20)

    def tap() -> None:
        start.wait()
        for _ in range(5):
            outcomes[records.vote(ANNE, "a", False, "outdated", "去年的")[1]] += 1

    threads = [threading.Thread(target=tap) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes == {True: 1, False: 99}
    assert rows(database) == [("a", False, "outdated", "去年的")]


def test_the_token_is_not_in_the_database(records: Records, database: Database) -> None:
    records.vote(ANNE, "a", True)
    with database.reading() as connection:
        assert ANNE not in connection.execute(select(VoteRow.visitor)).scalar_one()


HOSTILE = [
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "{{ 7*7 }}{% for x in y %}${jndi:ldap://x}#{7*7}",
    '=HYPERLINK("http://evil.example","点")',
    "+cmd|' /C calc'!A0",
    "'; DROP TABLE votes; --",
    "👍🏽 𠮷野家 ‮abc",
]


@pytest.mark.parametrize("words", HOSTILE)
def test_words_are_kept_as_they_are(records: Records, database: Database, words: str) -> None:
    assert records.vote(ANNE, "a", False, None, words)[0].words == words
    assert rows(database) == [("a", False, None, words)]


def test_words_are_masked_and_without_control_characters(records: Records, database: Database) -> None:
    stands, _ = records.vote(ANNE, "a", False, "human", " 我的手机13812345678\0请\x1b[31m回电\n谢谢 ")
    assert stands.words == "我的手机〔手机号〕 请 [31m回电\n谢谢"
    assert "13812345678" not in str(rows(database))
    assert records.vote(ANNE, "a", False, "human", " \0 ")[0].words is None


def test_without_tables_a_vote_says_so(records: Records, database: Database) -> None:
    with database.writing() as connection:
        VoteRow.__table__.drop(connection)  # type: ignore[attr-defined]
    with pytest.raises(DatabaseError) as caught:
        records.vote(ANNE, "a", True, None, "我的话")
    assert caught.value.reason == "missing"
    assert "我的话" not in str(caught.value) + str(caught.value.__cause__)
