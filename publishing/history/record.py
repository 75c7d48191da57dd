"""What has changed since the last line of the history? Compares the live release with it, and appends what differs.

Called after every switch, and before it too: what a crash between a switch and its record left out is made good then.
A rollback is recorded like any other switch: the texts as they became live again.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from core.errors import HistoryError, ReleaseError
from core.paths import Root
from publishing.history.entries import Gone, Live, Switch, Version
from publishing.history.store import append, last_line, read_lines, writing
from publishing.layout import Release, current
from publishing.texts import ReleaseTexts, Said, read_texts


def record_live(root: Root) -> None:
    """Bring the history of ``root`` up to the live release. Does nothing when it already is.

    Raises HistoryError when it cannot be written; nothing is half written then, and the next call makes it good.
    """
    live = current(root)
    if live is None:
        return
    try:
        with writing(root):
            catch_up(root)
    except OSError as error:
        message = f"{live.name} 已经上线，但历史没有写下（{error.strerror or error}）"
        raise HistoryError(message, "腾出空间或改好权限，再运行一次 kb publish，会自动补上") from error


def catch_up(root: Root) -> None:
    """``record_live`` for one who is inside ``store.writing``."""
    live, last = current(root), last_line(root)
    if live is None or (isinstance(last, Switch) and last.release == live.name):
        return
    texts = read_texts(live)
    switch = Switch(
        seq=last.seq + 1 if last else 1,
        time=_switched(root),
        release=live.name,
        commit=_commit(live),
        known=texts is not None,
    )
    changes = _changes(_state(root), texts, switch) if texts else []
    append(root, [*changes, switch.model_copy(update={"seq": switch.seq + len(changes)})])


def _state(root: Root) -> dict[str, Version]:
    """Article id → its last line."""
    return {line.article: line for line in read_lines(root).lines if not isinstance(line, Switch)}


def _changes(state: Mapping[str, Version], texts: ReleaseTexts, switch: Switch) -> list[Version]:
    """One line for each article that says something else than before, or nothing any more."""
    found: list[Version] = []

    def line() -> dict[str, object]:
        return {**switch.model_dump(exclude={"kind", "known"}), "seq": switch.seq + len(found)}

    for said in texts.said:
        before = state.get(said.id)
        old = before.said if isinstance(before, Live) else None
        if old is None or _told(old) != _told(said) or _is_firmer(old, said):
            found.append(Live.model_validate({**line(), "changed": _changed(old, said), "said": said}))
    here = {said.id for said in texts.said}
    for article, version in state.items():
        if isinstance(version, Live) and article not in here:
            reason = texts.absent.get(article, "deleted")
            found.append(Gone.model_validate({**line(), "article": article, "reason": reason}))
    return found


def _told(said: Said) -> tuple[object, ...]:
    """What makes a version: another commit or approver alone changes no word."""
    texts = {channel: text.text for channel, text in said.texts.items()}
    return said.question, said.category, said.path, said.audience, said.owner, said.sources, texts


def _is_firmer(old: Said, new: Said) -> bool:
    """Whether the same words have meanwhile been committed, or approved."""
    return (not old.article_commit and bool(new.article_commit)) or (not old.approvers and bool(new.approvers))


def _changed(old: Said | None, new: Said) -> list[str]:
    before = old.texts if old else {}
    return [c for c, text in new.texts.items() if c not in before or before[c].text != text.text]


def _switched(root: Root) -> datetime:
    """When the live release became that: the symlink was made at that moment."""
    return datetime.fromtimestamp((root.var / "current").lstat().st_mtime, UTC)


def _commit(release: Release) -> str:
    try:
        return str(release.manifest().get("commit", ""))
    except ReleaseError:
        return ""
