"""Where does an imported article go? Into the file where it stands, line by line; a new one into kb/<category>/imported.yml.

Nothing is saved here: what comes out are texts, each read back to see that it says what it should.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from articles.files import MAX_BYTES
from articles.loading import Entry, Kb, front_matter, read_articles
from articles.schema import Article
from articles.tables.merging import RowEntry
from articles.tables.saving import Change
from articles.yaml_editing import FieldEdit, edit_list, edit_mapping
from articles.yaml_writing import yaml_fields, yaml_item

# When a file that import fills is full: well below what the loader accepts (1 MiB, 2,000 brackets), so that editors can add to it.
_FULL = MAX_BYTES // 2
_MOST_BRACKETS = 1_500
_HEAD = "# kb import 写入的文章，可以照常编辑\n"


class CannotPlace(Exception):
    """Rows whose articles cannot be written where they belong; message and fix in Chinese."""

    def __init__(self, rows: Iterable[int], message: str, fix: str) -> None:
        super().__init__(message)
        self.rows, self.message, self.fix = set(rows), message, fix


def place(kb: Kb, rows: Sequence[RowEntry]) -> list[Change]:
    """What has to be saved so that every row's article stands in kb/ as the row has it; rows without news are left alone.

    Raises CannotPlace for rows that do not fit, OSError when a file cannot be read.
    """
    desk = _Desk(kb)
    new: dict[str, list[RowEntry]] = defaultdict(list)
    lists: dict[str, list[RowEntry]] = defaultdict(list)
    for row in rows:
        if row.before is None:
            new[row.article.category].append(row)
        elif row.before.article == row.article:
            continue
        elif row.before.path.endswith(".md"):
            desk.edit_markdown(row, row.before)
        else:
            lists[row.before.path].append(row)
            if row.before.article.category != row.article.category:
                new[row.article.category].append(row)
    for path, edited in lists.items():
        desk.edit_list(path, edited)
    for category, added in new.items():
        desk.append(category, added)
    desk.read_back()
    return desk.changes()


def _edit(before: Article, after: Article) -> FieldEdit:
    old, new = yaml_fields(before), yaml_fields(after)
    changed = {name for name in old | new if old.get(name) != new.get(name)}
    # The folder says the category; a field that says it too would be wrong after a move.
    moved = {"category"} if before.category != after.category else set()
    return FieldEdit(new, frozenset(changed | moved))


class _Desk:
    """Files as they shall be: path from the root → text, and the articles that have to be found in it."""

    def __init__(self, kb: Kb) -> None:
        self.kb = kb
        self.raw: dict[str, bytes | None] = {}
        self.texts: dict[str, str | None] = {}
        self.expected: dict[str, dict[str, Article]] = defaultdict(dict)
        self.rows: dict[str, set[int]] = defaultdict(set)
        for entry in kb.entries:
            self.expected[entry.path][entry.article.id] = entry.article

    def text(self, path: str) -> str:
        """The text of a file as it is by now, "" when there is none."""
        if path not in self.texts:
            file = self.kb.root.path / path
            self.raw[path] = raw = file.read_bytes() if file.exists() else None
            text = (raw or b"").decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
            self.texts[path] = text if raw is not None else None
        return self.texts[path] or ""

    def edit_markdown(self, row: RowEntry, before: Entry) -> None:
        path, article = before.path, row.article
        text = self.text(path)
        front = front_matter(text)
        assert front is not None, path
        edit = _edit(before.article, article)
        fields = {name: value for name, value in edit.fields.items() if name != "answer"}
        if edit.changed - {"answer"}:
            top = edit_mapping(front[1], FieldEdit(fields, edit.changed - {"answer"}))
            top = text[: front.start(1)] + top + text[front.end(1) : front.end()]
        else:
            top = text[: front.end()]
        body = text[front.end() :]
        if "answer" in edit.changed:
            body = body[: len(body) - len(body.lstrip())] + article.answer + "\n"
        target = path
        if article.category != before.article.category:
            target = f"kb/{article.category}/{article.id}.md"
            if self.text(target):
                raise CannotPlace([row.row], f"{target} 已经有了", "先删掉或改名那个文件")
            self.texts[path] = None
        self.texts[target] = top + body
        self._expect(target, row)

    def edit_list(self, path: str, rows: Sequence[RowEntry]) -> None:
        edits: dict[int, FieldEdit | None] = {}
        for row in rows:
            before = row.before
            assert before is not None
            position = before.at[0]
            assert isinstance(position, int)
            if before.article.category == row.article.category:
                edits[position] = _edit(before.article, row.article)
                self._expect(path, row)
            else:
                edits[position] = None
                del self.expected[path][row.article.id]
                self.rows[path].add(row.row)
        text = edit_list(self.text(path), edits)
        if text is None:
            text = "".join(yaml_item(yaml_fields(article)) for article in self.expected[path].values())
        self.texts[path] = text if text.strip() else None

    def append(self, category: str, rows: Sequence[RowEntry]) -> None:
        """New articles at the end of the category's first file with room."""
        waiting = [(row, yaml_item(yaml_fields(row.article))) for row in rows]
        number = 0
        while waiting:
            number += 1
            path = f"kb/{category}/imported{'' if number == 1 else f'-{number}'}.yml"
            text = self.text(path)
            parts = [text if text.endswith("\n") else text + "\n"] if text else [_HEAD]
            size, brackets = len(text.encode()), _brackets(text)
            taken = 0
            for row, item in waiting:
                size, brackets = size + len(item.encode()), brackets + _brackets(item)
                # An article too big for any file gets one of its own, where reading back says what is wrong.
                if (size > _FULL or brackets > _MOST_BRACKETS) and (text or taken):
                    break
                parts.append(item)
                self._expect(path, row)
                taken += 1
            if taken:
                self.texts[path] = "".join(parts)
                waiting = waiting[taken:]

    def _expect(self, path: str, row: RowEntry) -> None:
        self.expected[path][row.article.id] = row.article
        self.rows[path].add(row.row)

    def read_back(self) -> None:
        """Each text is read as the loader will read it, and has to give exactly the articles that were meant."""
        for path, text in self.texts.items():
            if text is None or not self.rows[path]:
                continue
            if len(text.encode()) > MAX_BYTES:
                raise CannotPlace(self.rows[path], f"写进 {path} 就超过 1 MiB 了", "删短，或先把那个文件拆成几个")
            read = Kb(self.kb.root, self.kb.config)
            read_articles(read, text.replace("\r\n", "\n").replace("\r", "\n"), path)
            if read.problems or read.articles != list(self.expected[path].values()):
                why = f"（{read.problems[0].message}）" if read.problems else ""
                raise CannotPlace(self.rows[path], f"写不进 {path}{why}", "这一篇请直接在那个文件里改")

    def changes(self) -> list[Change]:
        found = []
        for path, text in self.texts.items():
            raw = self.raw[path]
            after = None if text is None else _bytes(text, raw)
            if after != raw:
                found.append(Change(self.kb.root.path / path, raw, after))
        return found


def _brackets(text: str) -> int:
    return text.count("[") + text.count("{")


def _bytes(text: str, raw: bytes | None) -> bytes:
    """The text with the line ends and the mark that the file had, so that lines that nobody changed stay the same bytes."""
    encoded = text.encode()
    if raw is None:
        return encoded
    if raw.count(b"\r\n") == raw.count(b"\n") > 0:
        encoded = encoded.replace(b"\n", b"\r\n")
    return b"\xef\xbb\xbf" + encoded if raw.startswith(b"\xef\xbb\xbf") else encoded
