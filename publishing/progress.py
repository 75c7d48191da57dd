"""What does a publish tell while it works? Its steps, how far it is, and what somebody should know."""

from __future__ import annotations

from collections.abc import Callable

CHECK, PAGES, INDEX, GATE, PACK, SWITCH, PRUNE = STEPS = (
    "检查文章",
    "生成网页",
    "建索引",
    "过关检查",
    "压缩和登记",
    "切换",
    "清理旧发布",
)


class Progress:
    """Hears what a publish is doing. This one keeps quiet; commands/progress.py shows it, worker.py logs it."""

    def step(self, name: str, length: int = 0) -> Callable[[int], None]:
        """The step ``name`` (one of STEPS) begins; gives the function that says how many of ``length`` are done."""
        del name, length
        return lambda _done: None

    def note(self, text: str) -> None:
        """One Chinese sentence that the editor should know."""
        del text


SILENT = Progress()
