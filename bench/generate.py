"""Where do a thousand articles come from? Sentences of kb/, recombined by a seeded generator: the same seed gives the same articles."""

from __future__ import annotations

import json
import random
import re
import shutil
from pathlib import Path

from articles.loading import Kb
from articles.markdown import to_plain
from core.paths import Root

_SENTENCE = re.compile(r"[^。！？\n]+[。！？]")


def generate(kb: Kb, folder: Path, count: int, seed: int = 1) -> Root:
    """A root with ``count`` articles of six questions each, and the configuration of ``kb``."""
    pick = random.Random(seed)
    questions = [q for a in kb.articles for q in a.asked]
    # A sentence that is cut must not lose half of a {{fact}}.
    sentences = [s for a in kb.articles for s in _SENTENCE.findall(to_plain(a.answer)) if "{{" not in s]
    if kb.root.config.is_dir():
        shutil.copytree(kb.root.config, folder / "site_config")
    _without_references(folder / "site_config")
    categories = kb.config.categories.categories
    keys = list(categories)
    for number in range(count):
        key = keys[number % len(keys)]
        fields = {
            "id": f"made-{number}",
            "question": f"{pick.choice(questions).rstrip('？?')}，情形{number}？",
            "similar": [f"{pick.choice(questions)} {_cut(pick.choice(sentences), 12)} {number}-{i}" for i in range(5)],
            "topic": pick.choice(categories[key].topics or [""]),
            "steps": [{"title": f"第{i + 1}步", "text": pick.choice(sentences), "who": "customer"} for i in range(3)],
            "documents": ["身份证", "保单"],
            "sources": [f"第 {number} 号依据"],
            "owner": "测试组",
            "review_by": "2027-06-30",
        }
        body = "\n\n".join(
            [_cut(pick.choice(sentences), 38) + "。", *(" ".join(pick.sample(sentences, 3)) for _ in range(3))]
        )
        path = folder / "kb" / key / f"made-{number}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        # JSON is YAML too, and needs no care about quoting.
        front = "\n".join(f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in fields.items())
        path.write_text(f"---\n{front}\n---\n{body}\n", "utf-8")
    return Root.at(folder)


def _cut(sentence: str, length: int) -> str:
    """The beginning of ``sentence``, without a blank that the cut has left open."""
    return re.sub(r"\{\{?[^}]*\}?$", "", sentence[:length])


def _without_references(config: Path) -> None:
    """The configuration and its labelled queries name articles of kb/; the made ones have other ids."""
    shutil.rmtree(config / "queries", ignore_errors=True)
    for name in ("brand.yml", "categories.yml"):
        path = config / name
        if path.is_file():
            text = re.sub(r"(?ms)^(  moments|  links|featured):.*?(?=^\S|^  \w)", r"\1: []\n", path.read_text("utf-8"))
            text = re.sub(r"(?m)^  process:.*\n", "", text)
            path.write_text(re.sub(r"(?m)^(    article:).*$", r'\1 ""', text), "utf-8")
