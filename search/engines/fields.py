"""Which articles hold a phrase, or a word in one field? Whoosh with its query language, for agents and the terminal.

``标题:退保 "犹豫期内" NOT 类别:claims``. Each article is one document; its words stand at positions, the parts of a long word at the
position of the whole, so that a phrase is found by whole words and a word also inside a longer one.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from whoosh import analysis, fields, index, qparser
from whoosh.query import QueryError

from core.errors import IndexMismatch
from search.tokenizer import Chain, Token

# Field → what it is called in a query; texts hold words, keys are taken as they are.
TEXTS = {"question": ("标题", "标准问"), "similar": ("相似问",), "body": ("正文",)}
KEYS = {"id": ("编号",), "category": ("类别",), "topic": ("子主题",), "product": ("险种",), "tag": ("标签",)}
# Between the forms of a word that stand at one position.
_FORM = "\x1f"


def laid_out(tokens: Iterable[Token]) -> str:
    """A text as the index takes it: its words with spaces between, the parts of a long word joined to the whole."""
    words: list[list[str]] = []
    end = -1
    for token in tokens:
        if token.end <= end and words:
            words[-1].append(token.text)
        else:
            words.append([token.text])
            end = token.end
    return " ".join(_FORM.join(forms) for forms in words)


class _Words(analysis.Analyzer):  # type: ignore[misc]
    """Reads what ``laid_out`` wrote; cuts what is asked with ``chain``."""

    def __init__(self, chain: Chain | None) -> None:
        self._chain = chain

    def __call__(self, value: str, mode: str = "", **_: Any) -> Iterator[analysis.Token]:
        if mode == "query" and self._chain is not None:
            words = [[word] for word in self._chain.segments(value) if any(map(str.isalnum, word))]
        else:
            words = [word.split(_FORM) for word in value.split(" ") if word]
        token = analysis.Token(positions=True, mode=mode)
        token.stopped = False
        token.boost = 1.0
        for place, forms in enumerate(words):
            for form in forms:
                token.original = token.text = form
                token.pos = token.startchar = token.endchar = place
                yield token


def _schema(chain: Chain | None) -> fields.Schema:
    text = {name: fields.TEXT(analyzer=_Words(chain), phrase=True, multitoken_query="phrase") for name in TEXTS}
    keys = {name: fields.KEYWORD(commas=False) for name in KEYS if name != "id"}
    return fields.Schema(id=fields.ID(stored=True, unique=True), **text, **keys)


class FieldIndex:
    """An opened index of fields. Safe to share between threads: each search has a searcher of its own."""

    def __init__(self, folder: Path, chain: Chain) -> None:
        """Raises IndexMismatch when it is damaged or no index."""
        try:
            self._opened = index.open_dir(str(folder), schema=_schema(chain), readonly=True)
            self._opened.searcher().close()
        except Exception as error:  # Whoosh tells a damaged index by whatever its reader stumbles over
            message = f"索引 {folder.name} 打不开（{type(error).__name__}）"
            raise IndexMismatch(message, "运行 kb publish 重建") from error
        plugins = [
            qparser.WhitespacePlugin(),
            qparser.PhrasePlugin(),
            qparser.FieldsPlugin(remove_unknown=True),
            qparser.FieldAliasPlugin({name: list(others) for name, others in (TEXTS | KEYS).items()}),
            qparser.GroupPlugin(),
            qparser.OperatorsPlugin(),
        ]
        self._parser = qparser.MultifieldParser(list(TEXTS), _schema(chain), plugins=plugins)

    @staticmethod
    def write(
        folder: Path, changed: Iterable[Mapping[str, str]], gone: Iterable[str] = (), previous: Path | None = None
    ) -> None:
        """Write the index into ``folder`` (new), on top of what ``previous`` holds without the ids ``gone``.

        changed: documents, field → its text; those of TEXTS as ``laid_out`` gives them.
        """
        if previous is None:
            folder.mkdir(parents=True)
            opened = index.create_in(str(folder), _schema(None))
        else:
            shutil.copytree(previous, folder)
            opened = index.open_dir(str(folder), schema=_schema(None))
        writer = opened.writer(limitmb=256)
        for name in gone:
            writer.delete_by_term("id", name)
        for fresh in changed:
            if previous is None:
                writer.add_document(**fresh)
            else:
                writer.update_document(**fresh)
        writer.commit(merge=True)

    def find(self, query: str, limit: int) -> list[tuple[str, float]]:
        """(id, score) of the articles that ``query`` asks for, best first; none when it cannot be read."""
        try:
            parsed = self._parser.parse(query)
        except Exception:  # Whoosh tells operators without anything between them by whatever its parser stumbles over
            return []
        with self._opened.searcher() as searcher:
            try:
                hits = searcher.search(parsed, limit=limit)
            except QueryError:  # a phrase in a field of keys
                return []
            return [(hit["id"], float(hit.score or 0.0)) for hit in hits]
