"""Does the bench of /desk press real keys, read the clipboard back, and tell what failed? A small site; no time is judged."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
from pathlib import Path

from bench.desk_questions import QUESTIONS, read_questions
from core.paths import Root
from tests.conftest import REPOSITORY

_QUESTIONS = """question	articles	channel	blanks
退保能退多少钱	surrender	chat
刚出车祸	first-steps	phone	报案号=RD000001
怎么补保单	reissue	wechat
保单丢了怎么补	policy-nowhere	sms
"""


def test_a_small_run_tells_every_figure_and_what_failed(good: Root, tmp_path: Path) -> None:
    asked = tmp_path / "asked.tsv"
    asked.write_text(_QUESTIONS, "utf-8")
    options = ["--root", str(good.path), "--articles", "0", "--questions", str(asked)]
    command = [sys.executable, "-m", "bench.desk", *options]
    told = subprocess.run(command, cwd=REPOSITORY, check=True, capture_output=True, text=True).stdout
    letters = sum(len(one.words) for one in read_questions(asked))
    assert f" articles, {letters} keys: p50 " in told
    assert "NOTHING" not in told
    assert "4 questions: slowest " in told
    assert "1 failed (goal 0)" in told
    assert re.search(r"\d s +2 keys +chat +surrender ", told)
    assert re.search(r"\d s +5 keys +phone +first-steps ", told)
    assert re.search(r"FAILED: 没有这一篇 .* policy-nowhere ", told)
    assert not (good.path / "var").exists(), "the accounts of the site that is measured are left alone"


def test_the_questions_are_those_of_customers() -> None:
    with (REPOSITORY / "site_config" / "queries" / "dev.tsv").open(encoding="utf-8") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        labelled = {row["question"]: set(row["article"].split("|")) for row in rows}
    questions = read_questions(QUESTIONS)
    assert len(questions) == 10
    for one in questions:
        assert set(one.articles) <= labelled[one.words], one.words
    assert {len(one.articles) for one in questions} == {1, 2}
    assert any(one.blanks for one in questions)
    assert sum(len(one.words) for one in questions) >= 100, "the keys that are timed"
