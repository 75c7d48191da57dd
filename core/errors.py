"""Which mistakes can happen, and how is each one told? One tree, stable codes, the place and the fix."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Literal

Level = Literal["error", "warning", "notice"]


@dataclass(frozen=True, order=True)
class Problem:
    """One finding in a file that an editor wrote.

    path: relative to the root, with forward slashes; line: 1-based (1 when the finding is about the whole file);
    code: stable, ``K…`` for errors and ``W…`` for style; message: Chinese, what is wrong; fix: Chinese, what to do.
    level: an error stops a release; a warning is style; a notice is due with time and never stops anything.
    """

    path: str
    line: int
    code: str
    message: str
    fix: str
    level: Level = "error"

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.code} {self.message}。{self.fix}"

    def as_dict(self) -> dict[str, str | int]:
        return asdict(self)


class KbError(Exception):
    """Base of every error that a person can do something about: a stable code, one Chinese sentence, the fix.

    passes: whether trying again later may help although nobody has changed anything.
    """

    code = "KB"
    passes = False

    def __init__(self, message: str, fix: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.fix = fix

    def __str__(self) -> str:
        return f"{self.message}。{self.fix}" if self.fix else self.message


class ProblemsFound(KbError):
    """The content has errors; nothing was built. ``problems`` holds every one of them."""

    code = "CONTENT"

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(problems)
        super().__init__(f"内容有 {len(self.problems)} 处错误", "逐条改好后再来一次")


class SettingsError(KbError):
    """An environment variable has a value that cannot be used."""

    code = "SETTINGS"


class RootError(KbError):
    """``--root`` names no knowledge base."""

    code = "ROOT"


class IndexMismatch(KbError):
    """An index was built by other code or with other dictionaries, or is damaged."""

    code = "INDEX"


class ReleaseError(KbError):
    """No release to serve, or one that cannot be made or opened."""

    code = "RELEASE"


class DiskError(ReleaseError):
    """A release cannot be written: a full disk, a folder without permission. Trying again later may help."""

    code = "DISK"
    passes = True


class GitError(KbError):
    """A repository cannot be read: not there, without what was asked for, the network away."""

    code = "GIT"
    passes = True


class HookError(KbError):
    """A hook cannot be installed."""

    code = "HOOK"


class ReplyRefused(KbError):
    """A reply must not be copied as it stands: an unfilled blank, an expired article, too long for its channel."""

    code = "REPLY"


class WorkerError(KbError):
    """A worker cannot start: another one runs."""

    code = "WORKER"


class QueryFileError(KbError):
    """A file of labelled queries cannot be used."""

    code = "QUERIES"


class TableError(KbError):
    """A spreadsheet, CSV or JSON-lines file cannot be read or written as a whole."""

    code = "TABLE"


class PreviewError(KbError):
    """The preview cannot start: another one runs, the port is taken, the folder cannot be written."""

    code = "PREVIEW"


class ServeError(KbError):
    """The server cannot start: an address in use, a folder that cannot be written."""

    code = "SERVE"


class HistoryError(KbError):
    """The history cannot be written or read, or does not know what is asked of it."""

    code = "HISTORY"


class DeliveryError(KbError):
    """A mail or a chat message did not reach its server. Never holds an address with a secret in it."""

    code = "DELIVERY"


class DatabaseError(KbError):
    """What people did cannot be written or read.

    reason: ``locked``, ``disk``, ``missing`` (a file, table or server), ``newer`` (a schema that the code does not know)
    or ``other``; a label in the metrics.
    """

    code = "DATABASE"
    passes = True

    def __init__(self, message: str, fix: str = "", reason: str = "other") -> None:
        super().__init__(message, fix)
        self.reason = reason


class AccountError(KbError):
    """An account cannot be made, changed or used like this. Never holds a password."""

    code = "ACCOUNT"


class ContactError(KbError):
    """A contact cannot be closed like this: another agent has it."""

    code = "CONTACT"


class DeskError(KbError):
    """What somebody at the desk wants to keep, mark or answer cannot be taken like this."""

    code = "DESK"


class UrgentRefused(KbError):
    """A stop or a notice cannot be taken like this. wrong: every finding, the field that it is about and a sentence with the fix."""

    code = "URGENT"

    def __init__(self, wrong: Iterable[tuple[str, str]]) -> None:
        self.wrong = list(wrong)
        super().__init__("；".join(sentence.rstrip("。") for _, sentence in self.wrong))
