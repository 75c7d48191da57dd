"""Which commit last changed each article file, and who approved that? Read from git, in one pass over its log.

A commit approves what it changes; a merge what it brings; an empty commit all that came before it. The first approval
after a change counts, and nobody approves a change of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from articles.commits import Commit, Person, commits_between, uncommitted, under_root
from articles.git import git_line
from core.paths import Root


@dataclass(frozen=True)
class LastCommit:
    """commit: its full name; approvers: who approved it, in order; none when nobody did."""

    commit: str
    authors: tuple[Person, ...] = ()
    approvers: tuple[str, ...] = ()


def last_commits(root: Root, revision: str = "HEAD") -> dict[str, LastCommit]:
    """File under kb/ (named from ``root``) → the commit of ``revision`` that last changed it.

    A file that differs from what was committed is left out: nobody has approved it. Without git nothing is known.
    """
    head = git_line(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    # Combined: of a merge only what differs from all that it brings together, so that bringing is no change.
    commits = commits_between(root, "", head, "--diff-merges=combined") if head else []
    parents = {commit.hash: commit.parents for commit in commits}
    found: dict[str, LastCommit] = {}
    for commit in commits:
        for file in under_root(root, commit):
            if file.startswith("kb/"):
                found[file] = LastCommit(commit.hash, commit.authors, _others(commit, commit.authors))
        if commit.reviewers and (not commit.files or len(commit.parents) > 1):
            _approve(found, commit, _covered(commit, parents))
    for file in uncommitted(root):
        found.pop(file, None)
    return found


def _approve(found: dict[str, LastCommit], commit: Commit, covered: set[str]) -> None:
    """Note in ``found`` whom ``commit`` names for changes of others that nobody had approved."""
    for file, last in found.items():
        if not last.approvers and last.commit in covered:
            found[file] = LastCommit(last.commit, last.authors, _others(commit, last.authors))


def _others(commit: Commit, authors: Iterable[Person]) -> tuple[str, ...]:
    """The reviewers of ``commit`` who are none of ``authors``, without what would steer a terminal."""
    people = [str(r) for r in commit.reviewers if not any(r.is_same(author) for author in authors)]
    return tuple("".join(c for c in person if c.isprintable()) for person in people)


def _covered(commit: Commit, parents: Mapping[str, tuple[str, ...]]) -> set[str]:
    """The commits that ``commit`` brings, when it is a merge; else all before it."""
    first, *brought = commit.parents or ("",)
    if not brought:
        return _before(first, parents)
    return set().union(*(_before(name, parents) for name in brought)) - _before(first, parents)


def _before(name: str, parents: Mapping[str, tuple[str, ...]]) -> set[str]:
    """``name`` and all its ancestors."""
    seen: set[str] = set()
    waiting = [name]
    while waiting:
        one = waiting.pop()
        if one in parents and one not in seen:
            seen.add(one)
            waiting += parents[one]
    return seen
