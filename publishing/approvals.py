"""Has somebody else looked at what changed? Articles on topics that need it carry a ``Reviewed-by:`` of another person.

Asked of what changed since the live release, as commits tell it: after the last change of an article there must be an
approval by somebody who made none of the changes that it covers. It may stand in the commit of the change, in the merge
that brings it, or in a later empty commit.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from articles.commits import Commit, Person, articles_at, commits_between, uncommitted, under_root
from articles.config import SiteConfig
from articles.git import exported, git_line, git_names
from articles.last_commits import LastCommit, last_commits
from articles.loading import Entry, Kb, load
from articles.schema import Article
from core.errors import Problem, ProblemsFound
from core.paths import Root

_CATEGORIES = "site_config/categories.yml"
_HOW = '请另一位同事看过后提交：git commit --allow-empty -m 审核 -m "Reviewed-by: 姓名 <邮箱>"'


@dataclass
class _Article:
    """One article that needs approval: those who changed it since the last approval, and who gave that."""

    now: Entry | None
    was: Article | None
    changed_by: list[Person] = field(default_factory=list)
    approver: Person | None = None


def require_approvals(root: Root, kb: Kb, live_commit: str, revision: str = "HEAD") -> None:
    """Raises ProblemsFound when ``kb``, as it stands at ``revision`` of the repository ``root``, lacks an approval.

    live_commit: as the manifest of the live release names it, also with ``+dirty``: what was not committed then has to be
    committed and approved now.
    """
    problems = check_approvals(
        root, kb, live_commit.removesuffix("+dirty"), git_line(root, "rev-parse", "--verify", "--quiet", revision)
    )
    if problems:
        raise ProblemsFound(problems)


def check_approvals(root: Root, kb: Kb, live_commit: str, head: str) -> list[Problem]:
    """One problem for each article of ``kb`` that changed since ``live_commit`` and needs an approval it has not.

    root: where the repository is; kb: what will be published, the working tree of ``root`` or ``head`` exported;
    live_commit, head: empty when there is no release, or no repository: then nothing can have changed unseen.
    """
    if not live_commit or not head:
        return []
    if not git_line(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{live_commit}^{{commit}}"):
        return sorted(_without_past(kb, live_commit, last_commits(root, head)))
    dirty = uncommitted(root, head) if kb.root.path == root.path else []
    files = sorted(
        {*git_names(root, "diff", "-z", "--name-only", "--no-renames", "--relative", live_commit, head), *dirty}
    )
    wanted = _wanted(root, kb, live_commit, [file for file in files if file.startswith("kb/")])
    if not wanted:
        return []
    committed = articles_at(root, head, files)
    for commit in commits_between(root, live_commit, head):
        _follow(root, commit, wanted)
    return sorted(_problems(wanted, committed))


def _without_past(kb: Kb, live_commit: str, last: Mapping[str, LastCommit]) -> Iterator[Problem]:
    """Nothing tells what changed since the live release, so the last change of every article that needs it must be approved."""
    for entry in kb.entries:
        article = entry.article
        if article.status == "published" and _needs(article, kb.config):
            found = last.get(entry.path)
            if found is None or not found.approvers:
                message = f"“{article.question}”要审核；仓库里没有线上的提交 {live_commit}，看不出它改过没有"
                yield Problem(
                    entry.path,
                    entry.line("id"),
                    "K712",
                    message,
                    f"先 git fetch（浅克隆加 --unshallow）；没有的话，{_HOW}",
                )


def _wanted(root: Root, kb: Kb, live_commit: str, files: list[str]) -> dict[str, _Article]:
    """The articles in ``files`` that read differently from the live ones and need an approval, by the rules of then or now."""
    if not files:
        return {}
    with exported(root, live_commit, [*files, _CATEGORIES]) as old_root:
        old = load(old_root)
    was = {article.id: article for article in old.articles}
    now = {entry.article.id: entry for entry in kb.entries if entry.path in set(files)}
    found: dict[str, _Article] = {}
    for name in [*now, *(i for i in was if i not in now)]:
        entry, before = now.get(name), was.get(name)
        after = entry.article if entry else None
        is_read = any(a is not None and a.status == "published" for a in (before, after))
        if (
            is_read
            and before != after
            and (_needs(after, kb.config) or _needs(before, kb.config) or _needs(before, old.config))
        ):
            found[name] = _Article(entry, before)
    return found


def _needs(article: Article | None, config: SiteConfig) -> bool:
    marked = config.categories.needs_review
    return article is not None and (article.topic in marked or article.category in marked)


def _follow(root: Root, commit: Commit, wanted: dict[str, _Article]) -> None:
    """Note in ``wanted`` what ``commit`` changed, and what it approves."""
    files = [
        file
        for file in under_root(root, commit)
        if file.startswith("kb/") and (PurePosixPath(file).suffix != ".md" or PurePosixPath(file).stem in wanted)
    ]
    after = articles_at(root, commit.hash, files)
    before = [articles_at(root, parent, files) for parent in commit.parents] or [{}]
    for name, article in wanted.items():
        if all(after.get(name) != parent.get(name) for parent in before):  # a merge that only brings it changes nothing
            article.changed_by += commit.authors
            article.approver = None
        if not commit.files or after.get(name) != before[0].get(name):
            _approve(article, commit.reviewers)


def _approve(article: _Article, reviewers: tuple[Person, ...]) -> None:
    others = [r for r in reviewers if not any(r.is_same(author) for author in article.changed_by)]
    if others and article.changed_by:
        article.changed_by, article.approver = [], others[0]


def _problems(wanted: dict[str, _Article], committed: dict[str, Article]) -> Iterator[Problem]:
    for name, article in wanted.items():
        after = article.now.article if article.now else None
        shown = after or article.was
        if shown is None:
            continue
        path, line = (article.now.path, article.now.line("id")) if article.now else (f"kb/{shown.category}", 1)
        title = f"“{shown.question}”要审核"
        if committed.get(name) != after:
            yield Problem(
                path,
                line,
                "K711",
                f"{title}，它的改动还没有提交",
                "先 git commit，再请另一位同事审核",
            )
        elif article.changed_by:
            who = "、".join(dict.fromkeys(person.name for person in article.changed_by))
            yield Problem(path, line, "K710", f"{title}，{who}改过之后还没有别人审核", _HOW)
        elif article.approver is None:
            yield Problem(
                path, line, "K712", f"{title}，但看不出是哪次提交改的", "用 git revert 退回；退回旧发布用 kb rollback"
            )
