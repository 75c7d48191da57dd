"""Is a site that takes over unchanged pages the same, to the byte, as one that is made from nothing?"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from core.paths import Root
from publishing.build import publish
from publishing.layout import Release, current
from tests.publishing.sites import answer


def files(release: Release) -> dict[str, bytes]:
    return {p.relative_to(release.site).as_posix(): p.read_bytes() for p in release.site.rglob("*") if p.is_file()}


def same_files(a: Release, b: Release) -> set[str]:
    """Pages that are one file in both."""
    pages = {p.relative_to(a.site).as_posix() for p in a.site.rglob("index.html")}
    return {n for n in pages if (b.site / n).is_file() and (a.site / n).samefile(b.site / n)}


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def stop_word(root: Root) -> None:
    (root.config / "dictionaries" / "stop.txt").write_text("呢\n", "utf-8")


def archive(root: Root) -> None:
    replace(root.kb / "policy" / "surrender.md", "id: surrender\n", "id: surrender\nstatus: archived\n")


EDITS: dict[str, Callable[[Root], None]] = {
    "an answer": lambda root: replace(root.kb / "policy" / "reissue.md", "带身份证", "带护照"),
    "a new article": lambda root: answer(root, "打电话改"),
    "a question that other pages list": lambda root: replace(
        root.kb / "policy" / "surrender.md", "question: ", "question: 请问"
    ),
    "an article that is taken down": archive,
    "a name in every header": lambda root: replace(root.config / "brand.yml", "name: ", "name: 新"),
    "a fact in some answers": lambda root: replace(root.config / "brand.yml", "40000", "40001"),
    "a dictionary": stop_word,
}


@pytest.mark.parametrize("edit", EDITS)
def test_taken_over_or_made_anew_it_is_the_same(live: Root, edit: str) -> None:
    EDITS[edit](live)
    partly, built = publish(live)
    assert built
    wholly, built = publish(live, rebuild=True)
    assert built
    assert files(partly) == files(wholly)
    assert not same_files(partly, wholly)


def test_one_changed_article_leaves_the_others_as_they_are(live: Root) -> None:
    before = current(live)
    assert before is not None
    EDITS["an answer"](live)
    after = publish(live)[0]
    kept = same_files(before, after)
    assert "policy/reissue/index.html" not in kept
    assert {"claims/first-steps/index.html", "policy/surrender/index.html", "ask/index.html"} <= kept
    twin = "policy/surrender/index.html.gz"
    assert (before.site / twin).samefile(after.site / twin)
    assert (before.source / "kb/policy/surrender.md").samefile(after.source / "kb/policy/surrender.md")


def test_pages_of_a_damaged_release_are_not_taken_over(live: Root) -> None:
    before = current(live)
    assert before is not None
    (before.site / "policy" / "surrender" / "index.html").write_text("cut off", "utf-8")
    EDITS["an answer"](live)
    assert "cut off" not in (publish(live)[0].site / "policy" / "surrender" / "index.html").read_text("utf-8")


def test_the_scripts_and_styles_of_one_release_before_are_carried_along(live: Root) -> None:
    """A page that was open, or half loaded, at the switch still finds what it was made with; never two releases back."""

    def sets(release: Release) -> set[str]:
        return {p.name for p in (release.site / "assets").iterdir() if len(p.name) == 12}

    first = current(live)
    assert first is not None
    brand = live.config / "brand.yml"
    brand.write_text(brand.read_text("utf-8") + "look: { scale: 1.1 }\n", "utf-8")
    second = publish(live)[0]
    (old,) = sets(first)
    assert len(sets(second)) == 2
    assert old in sets(second)
    assert (second.site / "assets" / old / "site.css.gz").samefile(first.site / "assets" / old / "site.css.gz")
    assert old not in (second.site / "index.html").read_text("utf-8")
    EDITS["an answer"](live)
    assert sets(publish(live)[0]) == sets(second) - {old}
