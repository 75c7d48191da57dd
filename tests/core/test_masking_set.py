"""How much of the labelled personal data is found, and how much that is ordinary is taken for it?

``tests/data/masking.tsv`` was written before the rules: text, personal stretches (kind:text), ordinary stretches, style; all invented.
"""

from __future__ import annotations

from dataclasses import dataclass

from core.masking import LABELS, find, mask
from tests.conftest import REPOSITORY

SET = REPOSITORY / "tests" / "data" / "masking.tsv"
RECALL = 0.99
MISTAKES = 0.01
# A stretch counts as found when it is covered whole, by one of its kind that is hardly longer.
LONGER = 2


@dataclass(frozen=True)
class Line:
    text: str
    personal: list[tuple[str, int, int]]
    ordinary: list[tuple[int, int]]
    style: str


def lines() -> list[Line]:
    rows = [row.split("\t") for row in SET.read_text("utf-8").splitlines()[1:]]
    return [
        Line(text, _personal(text, personal), _places(text, ordinary), style)
        for text, personal, ordinary, style in rows
    ]


def _personal(text: str, labels: str) -> list[tuple[str, int, int]]:
    kinds = [label.split(":", 1)[0] for label in labels.split("|") if label]
    stretches = "|".join(label.split(":", 1)[1] for label in labels.split("|") if label)
    return [(kind, *place) for kind, place in zip(kinds, _places(text, stretches), strict=True)]


def _places(text: str, stretches: str) -> list[tuple[int, int]]:
    places, at = [], 0
    for stretch in filter(None, stretches.split("|")):
        start = text.index(stretch, at)
        at = start + len(stretch)
        places.append((start, at))
    return places


def test_the_set_is_large_and_of_both_sorts() -> None:
    every = lines()
    assert len(every) >= 300
    assert 0.4 < sum(bool(line.personal) for line in every) / len(every) < 0.6
    assert sum(line.style == "unlike" for line in every) >= 100
    assert {kind for line in every for kind, *_ in line.personal} == set(LABELS)


def test_personal_data_is_found() -> None:
    missed: list[str] = []
    total = 0
    for line in lines():
        found = find(line.text)
        for kind, start, end in line.personal:
            total += 1
            covers = (each for each in found if each.kind == kind and each.start <= start and end <= each.end)
            if not any(each.end - each.start <= end - start + LONGER for each in covers):
                missed.append(f"{kind} {line.text[start:end]} in: {line.text}")
    report = "\n".join(missed)
    print(report)
    assert 1 - len(missed) / total >= RECALL, report


def test_amounts_dates_articles_and_service_numbers_stay() -> None:
    masked: list[str] = []
    total = 0
    for line in lines():
        found = find(line.text)
        for start, end in line.ordinary:
            total += 1
            if any(each.start < end and start < each.end for each in found):
                masked.append(f"{line.text[start:end]} in: {line.text}")
    report = "\n".join(masked)
    print(report)
    assert total >= 200
    assert len(masked) / total <= MISTAKES, report


def test_hardly_anything_else_is_taken_for_personal_data() -> None:
    mistaken: list[str] = []
    every = lines()
    for line in every:
        for each in find(line.text):
            if not any(each.start < end and start < each.end for _, start, end in line.personal):
                mistaken.append(f"{each.kind} {line.text[each.start : each.end]} in: {line.text}")
    report = "\n".join(mistaken)
    print(report)
    assert len(mistaken) / len(every) <= MISTAKES, report


def test_masking_each_line_again_changes_nothing() -> None:
    for line in lines():
        assert mask(mask(line.text)) == mask(line.text)
