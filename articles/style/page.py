"""How do editors read the rules? The page docs/editors/style-rules.md, made from the code."""

from __future__ import annotations

from articles.style.registry import Rule

_HEAD = """\
# 文风规则

<!-- 由 python -m articles.style 写成，不要手改：规则和例子在 articles/style/ 里。 -->

`kb check` 每次都查这些规则。`K` 开头的是错误，改好才能上线；`W` 开头的是提醒，`kb check --strict` 时也算错误。
例子只写有关的字段，其余照常。规则说得不对的地方，请告诉维护的人改规则，不要绕着写。
"""
_TAIL = """\
## W622 相似问先找到自己的文章

把每条相似问原样拿去搜，先出来的却是别的文章，这条相似问就帮了倒忙。它要建索引，比较慢，所以只在 `kb check --search` 时查。
"""
_LEVELS = {"K": "错误", "W": "提醒"}


def page(rules: dict[str, Rule]) -> str:
    """The whole page: every rule in the order of its code, with the good and the bad example that the tests run."""
    return "\n".join([_HEAD, *(_section(rules[code]) for code in sorted(rules)), _TAIL])


def _section(rule: Rule) -> str:
    level = "提示" if rule.level == "notice" else _LEVELS[rule.code[0]]
    parts = [f"## {rule.code} {rule.title}", f"{level}。{rule.why}"]
    if rule.beside:
        parts.append(f"另一篇已经写了：\n\n{_block(rule.beside)}")
    parts += [f"不要这样写：\n\n{_block(rule.bad)}", f"这样写：\n\n{_block(rule.good)}"]
    return "\n\n".join(parts) + "\n"


def _block(example: str) -> str:
    return f"```yaml\n{example}\n```"
