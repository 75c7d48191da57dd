"""Who must look at a change of which file? CODEOWNERS made from the ``owner`` of the articles and owners.yml."""

from __future__ import annotations

from collections import Counter, defaultdict

from articles.loading import Kb

_HEAD = """\
# 由 kb owners 生成，请不要手改：改文章的 owner 或 site_config/owners.yml，再运行 kb owners。
"""


def codeowners(kb: Kb, prefix: str = "") -> tuple[str, list[str]]:
    """The text of CODEOWNERS, and the owners that owners.yml gives no handle.

    Each folder belongs to whom most of its articles belong to, so that a new article there needs no new line; files with
    other owners follow. prefix: the way from the top of the repository to the root, with a slash at its end.
    """
    known = {name: owner.handle for name, owner in kb.config.owners.owners.items()}
    owners: dict[str, set[str]] = defaultdict(set)
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    unknown: dict[str, None] = {}
    for entry in kb.entries:
        name = entry.article.owner
        handle = known.get(name, "")
        if name and not handle:
            unknown[name] = None
        if handle:
            owners[entry.path].add(handle)
            votes[entry.path.rpartition("/")[0]][handle] += 1
    lines: list[str] = []
    for folder in sorted(votes):
        most = votes[folder].most_common(1)[0][0]
        lines += ["", _line(f"/{prefix}{folder}/", [most])]
        files = sorted(path for path in owners if path.startswith(f"{folder}/"))
        lines += [_line(f"/{prefix}{path}", sorted(owners[path])) for path in files if owners[path] != {most}]
    return _HEAD + "\n".join([*lines, ""]), list(unknown)


def _line(path: str, handles: list[str]) -> str:
    return f"{path.replace(' ', chr(92) + ' ')} {' '.join(handles)}"
