"""Is YAML read without surprises, with the line of every part?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.yaml_lines import YamlProblem, read_yaml


def test_scalars_stay_text() -> None:
    text = "a: 0123\nb: 2027-02-30\nc: yes\nd: 1.0\ne: true\nf:\ng: 'true'\n"
    assert read_yaml(text).value == {
        "a": "0123",
        "b": "2027-02-30",
        "c": "yes",
        "d": "1.0",
        "e": True,
        "f": None,
        "g": "true",
    }


def test_lines_count_from_the_first_line_of_the_file() -> None:
    located = read_yaml("a: 1\nb:\n  - x\n  - c: y\n", first_line=10)
    assert located.line(("a",)) == 10
    assert located.line(("b", 1, "c")) == 13
    assert located.line(("b", 1, "nothing", "deeper")) == 13


def test_deep_nesting_is_refused() -> None:
    with pytest.raises(YamlProblem) as raised:
        read_yaml("[" * 5000)
    assert raised.value.code == "K201"


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        read_yaml(text)
    except YamlProblem as problem:
        assert problem.line >= 1
        assert problem.fix
