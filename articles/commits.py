"""Who changed the articles, and who looked at it? Commits with their authors, their files and their Reviewed-by trailers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from uuid import uuid4

from articles.git import exported, git, git_line, git_names
from articles.loading import load
from articles.schema import Article
from core.paths import Root

_ADDRESS = re.compile(r"^\s*(.*?)\s*<([^<>]*)>\s*$")


@dataclass(frozen=True)
class Person:
    """As a commit names somebody. The same person when the name or the address is the same."""

    name: str
    email: str

    @classmethod
    def of(cls, text: str) -> Person:
        """``姓名 <邮箱>``, or a name alone."""
        found = _ADDRESS.match(text)
        return cls(found[1].strip(), found[2].strip()) if found else cls(text.strip(), "")

    def is_same(self, other: Person) -> bool:
        """Whether both may be one person; when in doubt, yes."""
        names = self.name.casefold(), other.name.casefold()
        emails = self.email.casefold(), other.email.casefold()
        return (names[0] == names[1] != "") or (emails[0] == emails[1] != "")

    def __str__(self) -> str:
        return f"{self.name} <{self.email}>" if self.name and self.email else self.name or self.email


@dataclass(frozen=True)
class Commit:
    """files: what differs from the first parent, from the top of the repository; empty for an empty commit."""

    hash: str
    parents: tuple[str, ...]
    authors: tuple[Person, ...]
    reviewers: tuple[Person, ...]
    files: tuple[str, ...]


def commits_between(root: Root, old: str, new: str, *more: str) -> list[Commit]:
    """The commits that ``new`` has and ``old`` has not, parents first; more: further options for git log."""
    # What separates the parts of the log is drawn anew each time, so that no commit message can hold it.
    mark = uuid4().hex
    people = f"{mark}%(trailers:key={{}},valueonly,unfold,separator={mark}next)"
    shape = f"--format={mark}commit%H{mark}%P{mark}%aN <%aE>{people.format('Co-authored-by')}{people.format('Reviewed-by')}{mark}"
    names = ("--topo-order", "--reverse", "--no-renames", "--name-only", "-z", "--diff-merges=first-parent")
    log = git(root, "log", *names, *more, shape, f"{old}..{new}" if old else new) or b""
    records = log.decode("utf-8", "surrogateescape").split(f"{mark}commit")[1:]
    return [_commit(record.replace(f"{mark}next", "\0").split(mark)) for record in records]


def _commit(parts: list[str]) -> Commit:
    name, parents, author, others, reviewers, files = parts
    return Commit(
        hash=name,
        parents=tuple(parents.split()),
        authors=(Person.of(author), *_people(others)),
        reviewers=_people(reviewers),
        files=tuple(file.removeprefix("\n") for file in files.split("\0") if file.strip()),
    )


def _people(trailers: str) -> tuple[Person, ...]:
    found = (Person.of(text) for text in trailers.split("\0"))
    return tuple(person for person in found if person.name or person.email)


def under_root(root: Root, commit: Commit) -> list[str]:
    """The files of ``commit`` that lie under ``root``, named from there."""
    prefix = git_line(root, "rev-parse", "--show-prefix")
    return [file.removeprefix(prefix) for file in commit.files if file.startswith(prefix)]


def articles_at(root: Root, commit: str, files: list[str]) -> dict[str, Article]:
    """The articles (by id) that stand in ``files`` of ``commit``; what does not fit the schema is not there."""
    if not files:
        return {}
    with exported(root, commit, files) as old:
        return {article.id: article for article in load(old).articles}


def uncommitted(root: Root, head: str = "HEAD") -> list[str]:
    """Files under kb/ that differ from the commit ``head``, and new ones that git does not know yet."""
    changed = git_names(root, "diff", "-z", "--name-only", "--no-renames", "--relative", head, "--", "kb")
    return changed + git_names(root, "ls-files", "-z", "--others", "--exclude-standard", "--", "kb")
