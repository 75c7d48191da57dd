"""Are texts cut into the words that customers mean?"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import jieba
from hypothesis import given
from hypothesis import strategies as st

from search.tokenizer import Chain
from search.tokenizer.segment import Segmenter
from search.tokenizer.stages import fold


@given(st.text(st.characters(codec=None)))
def test_joined_segments_equal_the_folded_text(chain: Chain, text: str) -> None:
    assert "".join(chain.segments(text)) == fold(text).text


@given(st.text(st.characters(codec=None)))
def test_tokens_lie_in_the_original(chain: Chain, text: str) -> None:
    for token in chain.tokens(text):
        assert 0 <= token.start < token.end <= len(text)


def test_words_of_the_dictionary_stay_whole_and_give_their_parts(chain: Chain) -> None:
    assert [t.text for t in chain.tokens("百万医疗能报吗")][:3] == ["百万医疗", "百万", "医疗"]


def test_offsets_are_those_of_the_text_as_typed(chain: Chain) -> None:
    text = "我的ＡＢＣ保單"
    assert {text[t.start : t.end] for t in chain.tokens(text)} >= {"ＡＢＣ", "保單"}


def test_stop_words_are_marked_and_punctuation_is_no_word(chain: Chain) -> None:
    assert [(t.text, t.stop) for t in chain.tokens("怎么退？！👍")] == [("怎么", True), ("退", False)]


def test_the_process_wide_jieba_changes_nothing(caches: Path) -> None:
    ours = Segmenter(["甲乙丙丁"], caches)
    jieba.dt.tmp_dir = str(caches)
    jieba.add_word("丙丁戊己")
    assert ours.cut("甲乙丙丁戊己") == ["甲乙丙丁", "戊", "己"]


def test_cache_lies_in_the_folder_that_was_given(tmp_path: Path) -> None:
    code = f"from pathlib import Path; from search.tokenizer.segment import Segmenter; Segmenter([], Path({str(tmp_path / 'c')!r}))"
    shared = tmp_path / "shared"
    shared.mkdir()
    subprocess.run([sys.executable, "-c", code], check=True, env={**os.environ, "TMPDIR": str(shared)})
    assert [p.name for p in (tmp_path / "c").iterdir()] == ["jieba.cache"]
    assert list(shared.iterdir()) == []


def test_a_number_is_one_word_in_either_script_and_lies_where_it_is_written(chain: Chain) -> None:
    spelled, typed = "犹豫期一百八十天", "犹豫期180天"
    assert [t.text for t in chain.tokens(spelled)] == [t.text for t in chain.tokens(typed)]
    assert "一百八十" in {spelled[t.start : t.end] for t in chain.tokens(spelled)}
